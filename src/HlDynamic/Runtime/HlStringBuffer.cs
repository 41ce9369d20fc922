using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HlDynamic.Runtime;

/// <summary>
/// A Haxe <c>StringBuf</c>: the module's class derives from this. What has been added lies in several blocks, so that growing
/// moves nothing; Haxe code that asks for its fields gets one block that holds everything, and zeros behind.
/// </summary>
internal abstract class HlStringBuffer : HlObject
{
    private const int MaxSize = 1 << 29, Least = 32, MaxBlock = 16_000;

    // So much is rather copied to a larger block.
    private const int Small = 1024;

    // Smaller blocks are cleared when they are made.
    private const int Uncleared = 2048;

    // A text shares the buffer's block if it leaves no more than this unused.
    private const int MaxUnused = 128;

    private static readonly byte[] None = new byte[0];

    // The last block, all of which may be filled, how much of it is, and what is in the blocks before it. Not negative.
    private byte[] block = None;
    private int used;
    private int before;
    private Block? earlier;

    // The fields as Haxe code knows them; what has been added counts as before the last block, which is none then.
    private byte[]? raw;
    private int rawOffset;
    private int rawSize;
    private bool isRaw;

    // Whether there is more behind what is used than zeros.
    private bool isUnclear;
    private bool isRead;

    private sealed class Block(byte[] bytes, int count, Block? earlier)
    {
        public readonly byte[] Bytes = bytes;
        public readonly int Count = count;
        public readonly Block? Earlier = earlier;
    }

    internal HlStringBuffer() { }

    // The names are those of the fields in bytecode: the block, its size and how much of it is used, in bytes.
    internal HlBytes b
    {
        get
        {
            Publish();
            return new HlBytes(raw, rawOffset);
        }
        set
        {
            Publish();
            (raw, rawOffset) = (value.Buffer, value.Offset);
        }
    }

    internal int size
    {
        get
        {
            Publish();
            return rawSize;
        }
        set
        {
            Publish();
            rawSize = value;
        }
    }

    internal int pos
    {
        get => before + used;
        set
        {
            Publish();
            before = value;
        }
    }

    /// <summary>What Haxe's own <c>toString</c> returns; null where it takes more to say.</summary>
    internal static HlString? ToText(HlStringBuffer buffer, HlTexts texts)
    {
        if (buffer.isRaw && !buffer.TryTakeBack())
            return null;
        int count = buffer.before + buffer.used;
        byte[] whole = buffer.block;
        if (buffer is { earlier: { Earlier: null } only, used: 0 } && only.Bytes.Length == count + 2)
        {
            whole = only.Bytes;
        }
        else if (buffer.earlier is null && buffer.used + 2 <= whole.Length && (buffer.isRead || whole.Length - buffer.used <= MaxUnused))
        {
            buffer.Clear();
        }
        else if (!buffer.isRead)
        {
            // What is added from now on goes elsewhere, so that the text is all there is in its block.
            whole = buffer.Gather(count + 2);
            buffer.SetBlock(None, 0, count, new Block(whole, count, null));
        }
        else
        {
            whole = buffer.Gather(count + (count >> 1) + 2);
            buffer.SetBlock(whole, count, 0, null);
        }
        buffer.isRead = true;
        whole[count] = whole[count + 1] = 0;
        return texts.Create(new HlBytes(whole), count >> 1);
    }

    private void Publish()
    {
        if (!isRaw)
            MakeRaw();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRaw()
    {
        int count = before + used;
        if (earlier is null)
            Clear();
        byte[] whole = earlier is null ? block : Gather(count + (count >> 1));
        SetBlock(None, 0, count, null);
        (raw, rawOffset, rawSize, isRaw) = (whole, 0, whole.Length, true);
    }

    // The end of what Haxe code may have set; false if it is nothing that this class would have.
    private bool TryTakeBack()
    {
        if (raw is not { } whole || rawOffset != 0 || (uint)rawSize > (uint)whole.Length || (uint)before > (uint)rawSize || before > MaxSize)
            return false;
        (raw, isRaw) = (null, false);
        SetBlock(whole, before, 0, null);
        return true;
    }

    private void SetBlock(byte[] last, int count, int countBefore, Block? blocks)
    {
        block = last;
        used = count;
        before = countBefore;
        earlier = blocks;
        isUnclear = false;
    }

    private void Clear()
    {
        if (isUnclear)
            block.AsSpan(used).Clear();
        isUnclear = false;
    }

    // Everything in one block, and zeros behind.
    private byte[] Gather(int length)
    {
        byte[] whole = GC.AllocateUninitializedArray<byte>(length);
        block.AsSpan(0, used).CopyTo(whole.AsSpan(before));
        int start = before;
        for (Block? next = earlier; next is not null; next = next.Earlier)
        {
            start -= next.Count;
            next.Bytes.AsSpan(0, next.Count).CopyTo(whole.AsSpan(start));
        }
        whole.AsSpan(before + used).Clear();
        return whole;
    }

    private byte[] Copy(int length)
    {
        var copy = new byte[length];
        block.AsSpan(0, used).CopyTo(copy);
        return copy;
    }

    // Whether there is room for so much more in the last block, perhaps a new one; not in what Haxe code has set.
    private bool HasRoom(int count)
    {
        if ((isRaw && !TryTakeBack()) || count > MaxSize - (before + used))
            return false;
        if (count <= block.Length - used)
            return true;
        int total = before + used;
        if (total < Small)
        {
            int larger = Math.Max(total + count, Math.Max(total * 2, Least));
            SetBlock(earlier is null ? Copy(larger) : Gather(larger), total, 0, null);
            return true;
        }
        int size = Math.Max(count, Math.Min(total, MaxBlock));
        SetBlock(size < Uncleared ? new byte[size] : GC.AllocateUninitializedArray<byte>(size), 0, total, used == 0 ? earlier : new Block(block, used, earlier));
        isUnclear = size >= Uncleared;
        return true;
    }

    /// <summary>What Haxe's own <c>add</c> does with strings and integers; false for other values, of which nothing is added.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="value">The value.</param>
    /// <param name="text">The value again, if it is a string of the module's class.</param>
    internal static bool TryAdd(HlStringBuffer buffer, object? value, HlString? text)
    {
        if (text is not null)
            return TryAddText(buffer, text);
        return value is int number && TryAddInt(buffer, number);
    }

    /// <summary>The same with a string.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryAddText(HlStringBuffer buffer, HlString? text) =>
        text is not null && TryAppend(buffer, text, 0, text.length);

    /// <summary>The same with an integer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryAddInt(HlStringBuffer buffer, int number)
    {
        const int Most = 8;
        int start = buffer.used;
        byte[] target = buffer.block;
        if ((uint)number >= 10_000 || !Lies(start, Most, target))
            return AddLongInt(buffer, number);
        // Four characters lie in the block.
        ref byte at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), (uint)start);
        int high = number / 100, low = number - (high * 100), end = start;
        if (high != 0)
        {
            end += HlText.WriteTwoDigits(ref at, high);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, end - start), HlText.TwoDigits(low));
            end += 4;
        }
        else
        {
            end += HlText.WriteTwoDigits(ref at, low);
        }
        buffer.used = end;
        return true;
    }

    private static bool AddLongInt(HlStringBuffer buffer, int number)
    {
        int count = HlText.CountDigits(number) * 2;
        if (!buffer.HasRoom(count))
            return false;
        HlText.WriteDigits(number, HlBytes.AsChars(buffer.block.AsSpan(buffer.used, count)));
        buffer.used += count;
        return true;
    }

    /// <summary>What Haxe's own <c>addChar</c> does with most characters; false for others, of which nothing is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryAddChar(HlStringBuffer buffer, int code)
    {
        int start = buffer.used;
        byte[] target = buffer.block;
        if ((uint)code >= FirstSurrogate || !Lies(start, 2, target))
            return TryAddCharSlowly(buffer, code);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), (uint)start), (ushort)code);
        buffer.used = start + 2;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAddCharSlowly(HlStringBuffer buffer, int code) =>
        (uint)code < FirstSurrogate && buffer.HasRoom(2) && TryAddChar(buffer, code);

    private const uint FirstSurrogate = 0xD800;

    /// <summary>What Haxe's own <c>addSub</c> does where there is something to add; else false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryAddSub(HlStringBuffer buffer, HlString? text, int position, int length) =>
        text is not null && (uint)position < (uint)text.length && (uint)text.length <= MaxSize / 2 && length > 0
        && TryAppend(buffer, text, position, Math.Min(length, text.length - position));

    // So many characters of a text from one that is not negative on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryAppend(HlStringBuffer buffer, HlString text, int position, int length)
    {
        // In 64 bits no sum is too large, whatever it is: threads that share a buffer may see halves of what others do.
        HlBytes bytes = text.bytes;
        byte[]? source = bytes.Buffer;
        ulong offset = (uint)bytes.Offset + ((ulong)(uint)position << 1), start = (uint)buffer.used, count = (ulong)(uint)length << 1;
        byte[] target = buffer.block;
        if ((uint)(length - 2) > 16 - 2 || source is null || start + count > (uint)target.Length || offset + count > (uint)source.Length)
            return TryAppendMany(buffer, text, position, length);
        // Both ranges lie in their blocks. A few characters are moved by two moves that may overlap, without a call.
        ref byte from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(source), (nuint)offset);
        ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), (nuint)start);
        if (count >= 16)
            Move<Vector128<byte>>(ref from, ref to, (nuint)count - 16);
        else if (count >= 8)
            Move<ulong>(ref from, ref to, (nuint)count - 8);
        else
            Move<uint>(ref from, ref to, (nuint)count - 4);
        buffer.used = (int)(start + count);
        return true;
    }

    // The same in 64 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Lies(int start, int count, byte[] bytes) => (ulong)(uint)start + (uint)count <= (uint)bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move<T>(ref byte from, ref byte to, nuint last) where T : unmanaged
    {
        T head = Unsafe.ReadUnaligned<T>(ref from), tail = Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref from, last));
        Unsafe.WriteUnaligned(ref to, head);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, last), tail);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAppendMany(HlStringBuffer buffer, HlString text, int position, int length)
    {
        HlBytes bytes = text.bytes;
        if (bytes.Buffer is not { } source || (uint)length > MaxSize / 2)
            return false;
        int offset = bytes.Offset + (position * 2), count = length * 2;
        if (!Lies(offset, count, source) || !buffer.HasRoom(count))
            return false;
        source.AsSpan(offset, count).CopyTo(buffer.block.AsSpan(buffer.used));
        buffer.used += count;
        return true;
    }
}
