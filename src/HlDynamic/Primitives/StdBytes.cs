using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Blocks of bytes (HashLink std/bytes.c).</summary>
internal static class StdBytes
{
    [HlPrimitive("std", "alloc_bytes")]
    public static HlBytes AllocBytes(int size) => size < 0
        ? throw HaxeError.Text($"Can't allocate {size} bytes")
        : HlBytes.Allocate(size);

    [HlPrimitive("std", "bytes_blit")]
    public static void BytesBlit(HlBytes target, int position, HlBytes source, int sourcePosition, int length)
    {
        // Empty copies from or to null are common: an empty Haxe string need not have bytes.
        if (length != 0)
            source.Span(sourcePosition, length).CopyTo(target.Span(position, length));
    }

    [HlPrimitive("std", "bytes_compare")]
    public static int BytesCompare(HlBytes a, int aPosition, HlBytes b, int bPosition, int length)
    {
        if (length == 0)
            return 0;
        // Bytes past the end of a block count only if all before are equal: haxe.Resource compares names of any lengths.
        int common = (int)Math.Min(length, Math.Min((long)a.Available - aPosition, (long)b.Available - bPosition));
        if (common > 0 && common < length && a.Span(aPosition, common).SequenceCompareTo(b.Span(bPosition, common)) is var order && order != 0)
            return order;
        return a.Span(aPosition, length).SequenceCompareTo(b.Span(bPosition, length));
    }

    [HlPrimitive("std", "bytes_compare16")]
    public static int BytesCompare16(HlBytes a, HlBytes b, int length) => length <= 0
        ? 0
        : ((ReadOnlySpan<char>)a.Chars(0, length)).SequenceCompareTo(b.Chars(0, length));

    // Compares bytes, not characters: the low byte of a character counts first.
    [HlPrimitive("std", "string_compare")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int StringCompare(HlBytes a, HlBytes b, int length) => length == 1
        ? BinaryPrimitives.ReverseEndianness(a.Get<ushort>(0)) - BinaryPrimitives.ReverseEndianness(b.Get<ushort>(0))
        : BytesCompare(a, 0, b, 0, length * 2);

    [HlPrimitive("std", "bytes_find")]
    public static int BytesFind(HlBytes where, int position, int length, HlBytes which, int whichPosition, int whichLength)
    {
        if (length < whichLength)
            return -1;
        if (whichLength == 0)
            return position;
        int found = where.Span(position, length).IndexOf(which.Span(whichPosition, whichLength));
        return found < 0 ? -1 : found + position;
    }

    [HlPrimitive("std", "bytes_rfind")]
    public static int BytesRfind(HlBytes where, int length, HlBytes which, int whichLength)
    {
        if (whichLength > length)
            return -1;
        return whichLength == 0 ? length : where.Span(0, length).LastIndexOf(which.Span(0, whichLength));
    }

    [HlPrimitive("std", "bytes_fill")]
    public static void BytesFill(HlBytes bytes, int position, int length, int value)
    {
        if (length != 0)
            bytes.Span(position, length).Fill((byte)value);
    }

    [HlPrimitive("std", "bytes_offset")]
    public static HlBytes BytesOffset(HlBytes bytes, int offset) => bytes.Add(offset);

    [HlPrimitive("std", "bytes_subtract")]
    public static int BytesSubtract(HlContext context, HlBytes a, HlBytes b) => ReferenceEquals(a.Buffer, b.Buffer)
        ? a.Offset - b.Offset
        : (int)(BytesAddress64(context, a) - BytesAddress64(context, b));

    [HlPrimitive("std", "bytes_get_memsize")]
    public static int BytesGetMemsize(HlBytes bytes) => bytes.Buffer?.Length ?? -1;

    [HlPrimitive("std", "bytes_address")]
    public static int BytesAddress(HlContext context, HlBytes bytes, ref int high)
    {
        long address = BytesAddress64(context, bytes);
        high = (int)(address >> 32);
        return (int)address;
    }

    [HlPrimitive("std", "bytes_from_address")]
    public static HlBytes BytesFromAddress(HlContext context, int low, int high) =>
        BytesFromAddress64(context, (long)high << 32 | (uint)low);

    [HlPrimitive("std", "bytes_address64")]
    public static long BytesAddress64(HlContext context, HlBytes bytes) =>
        bytes.Buffer is null ? 0 : context.State<HlAddresses>().Of(bytes.Buffer, bytes.Buffer.Length) + bytes.Offset;

    [HlPrimitive("std", "bytes_from_address64")]
    public static HlBytes BytesFromAddress64(HlContext context, long address)
    {
        if (address == 0)
            return default;
        return context.State<HlAddresses>().Find(address) is (byte[] buffer, long offset)
            ? new HlBytes(buffer, (int)offset)
            : throw HaxeError.Text($"There are no bytes at address 0x{address:X}");
    }

    [HlPrimitive("std", "bsort_i32")]
    public static void BsortI32(HlBytes bytes, int position, int length, Func<int, int, int> compare) =>
        new MergeSort<int>(bytes, position, length, compare).Sort(0, length);

    [HlPrimitive("std", "bsort_f64")]
    public static void BsortF64(HlBytes bytes, int position, int length, Func<double, double, int> compare) =>
        new MergeSort<double>(bytes, position, length, compare).Sort(0, length);

    [HlPrimitive("std", "bsort_i64")]
    public static void BsortI64(HlBytes bytes, int position, int length, Func<long, long, int> compare) =>
        new MergeSort<long>(bytes, position, length, compare).Sort(0, length);

    /// <summary>
    /// Sorts stably. Runs of a few elements are sorted by insertion, then merged from a copy; a comparison that
    /// contradicts itself gives some order, never an error.
    /// </summary>
    private sealed class MergeSort<T> where T : unmanaged
    {
        private const int InsertionLimit = 12;
        private readonly HlBytes items;
        private readonly T[] copy;
        private readonly Func<T, T, int> compare;

        public MergeSort(HlBytes bytes, int position, int length, Func<T, T, int> compare)
        {
            items = bytes.Add(position);
            copy = length < InsertionLimit ? [] : new T[length];
            this.compare = compare;
        }

        private T this[int index]
        {
            get => items.Get<T>(index * Unsafe.SizeOf<T>());
            set => items.Set(index * Unsafe.SizeOf<T>(), value);
        }

        public void Sort(int from, int to)
        {
            if (to - from < InsertionLimit)
            {
                SortByInsertion(from, to);
                return;
            }
            int middle = from + (to - from) / 2;
            Sort(from, middle);
            Sort(middle, to);
            Merge(from, middle, to);
        }

        private void SortByInsertion(int from, int to)
        {
            for (int i = from + 1; i < to; i++)
            {
                T item = this[i];
                int k = i;
                for (; k > from && compare(item, this[k - 1]) < 0; k--)
                    this[k] = this[k - 1];
                this[k] = item;
            }
        }

        private void Merge(int from, int middle, int to)
        {
            int size = Unsafe.SizeOf<T>();
            MemoryMarshal.Cast<byte, T>(items.Span(from * size, (middle - from) * size)).CopyTo(copy);
            int left = 0, leftEnd = middle - from, right = middle, target = from;
            while (left < leftEnd && right < to)
                this[target++] = compare(this[right], copy[left]) < 0 ? this[right++] : copy[left++];
            while (left < leftEnd)
                this[target++] = copy[left++];
        }
    }
}
