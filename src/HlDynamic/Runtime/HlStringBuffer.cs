using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HlDynamic.Runtime;

/// <summary>A Haxe <c>StringBuf</c>: the module's class derives from this.</summary>
internal abstract class HlStringBuffer : HlObject
{
    private const int MaxSize = 1 << 29, Least = 32, QuickTo = 1 << 16;

    // The names are those of the fields in bytecode: the block, its size and how much of it is used, in bytes.
    internal HlBytes b;
    internal int size;
    internal int pos;

    internal HlStringBuffer() { }

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
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryAddText(HlStringBuffer buffer, HlString? text) =>
        text is not null && (uint)text.length <= MaxSize / 2 && TryAppend(buffer, text.bytes.Buffer, text.bytes.Offset, text.length * 2);

    /// <summary>The same with an integer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryAddInt(HlStringBuffer buffer, int number)
    {
        const int Most = 8;
        int start = buffer.pos;
        byte[]? target = buffer.b.Buffer;
        uint first = (uint)(buffer.b.Offset + start);
        if ((uint)number >= 10_000 || target is null || buffer.size - Most < start || (ulong)first + Most > (uint)target.Length)
            return AddLongInt(buffer, number);
        // Four characters lie in the block.
        ref byte at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), first);
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
        buffer.pos = end;
        return true;
    }

    private static bool AddLongInt(HlStringBuffer buffer, int number)
    {
        int start = buffer.pos, count = HlText.CountDigits(number) * 2;
        if (buffer.size < start + count)
            buffer.Grow(start + count);
        HlText.WriteDigits(number, buffer.b.Chars(start, count / 2));
        buffer.pos = start + count;
        return true;
    }

    /// <summary>What Haxe's own <c>addChar</c> does with most characters; false for others, of which nothing is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryAddChar(HlStringBuffer buffer, int code)
    {
        int start = buffer.pos;
        if ((uint)code >= FirstSurrogate)
            return false;
        if (buffer.size < start + 2)
            buffer.Grow(start + 2);
        HlBytes.Write(buffer.b, start, (ushort)code);
        buffer.pos = start + 2;
        return true;
    }

    private const uint FirstSurrogate = 0xD800;

    /// <summary>What Haxe's own <c>addSub</c> does where there is something to add; else false.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryAddSub(HlStringBuffer buffer, HlString? text, int position, int length) =>
        text is not null && (uint)position < (uint)text.length && (uint)text.length <= MaxSize / 2 && length > 0
        && TryAppend(buffer, text.bytes.Buffer, text.bytes.Offset + (position * 2), Math.Min(length, text.length - position) * 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryAppend(HlStringBuffer buffer, byte[]? source, int offset, int count)
    {
        int start = buffer.pos, end = start + count;
        byte[]? target = buffer.b.Buffer;
        uint first = (uint)(buffer.b.Offset + start);
        if ((uint)(count - 4) > 32 - 4 || source is null || target is null || buffer.size < end
            || (ulong)(uint)offset + (uint)count > (uint)source.Length || (ulong)first + (uint)count > (uint)target.Length)
            return TryAppendMany(buffer, source, offset, count);
        // Both ranges lie in their blocks. A few characters are moved by two moves that may overlap, without a call.
        ref byte from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(source), offset);
        ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), first);
        if (count >= 16)
            Move<Vector128<byte>>(ref from, ref to, count - 16);
        else if (count >= 8)
            Move<ulong>(ref from, ref to, count - 8);
        else
            Move<uint>(ref from, ref to, count - 4);
        buffer.pos = end;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move<T>(ref byte from, ref byte to, int last) where T : unmanaged
    {
        T head = Unsafe.ReadUnaligned<T>(ref from), tail = Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref from, last));
        Unsafe.WriteUnaligned(ref to, head);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, last), tail);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAppendMany(HlStringBuffer buffer, byte[]? source, int offset, int count)
    {
        if (source is null || (ulong)(uint)offset + (uint)count > (uint)source.Length)
            return false;
        int end = buffer.pos + count;
        if (buffer.size < end)
            buffer.Grow(end);
        source.AsSpan(offset, count).CopyTo(count == 0 ? default : buffer.b.Span(buffer.pos, count));
        buffer.pos = end;
        return true;
    }

    // By half, as Haxe does; small ones more quickly, as each growth copies.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int least)
    {
        int grown = Math.Max(size < QuickTo ? size * 2 : size * 3 >> 1, Math.Max(least, Least));
        byte[] block = GC.AllocateUninitializedArray<byte>(grown);
        int used = pos;
        if (used != 0)
            b.Span(0, used).CopyTo(block);
        block.AsSpan(used).Clear();
        b = new HlBytes(block);
        size = grown;
    }
}
