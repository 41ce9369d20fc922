using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    internal static bool TryAddText(HlStringBuffer buffer, HlString? text)
    {
        if (text is null || (uint)text.length > MaxSize / 2)
            return false;
        ReadOnlySpan<byte> bytes = text.length == 0 ? default : text.bytes.Span(0, text.length * 2);
        bytes.CopyTo(buffer.Extend(bytes.Length));
        return true;
    }

    /// <summary>The same with an integer.</summary>
    internal static bool TryAddInt(HlStringBuffer buffer, int number)
    {
        HlText.WriteDigits(number, MemoryMarshal.Cast<byte, char>(buffer.Extend(HlText.CountDigits(number) * 2)));
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
    internal static bool TryAddSub(HlStringBuffer buffer, HlString text, int position, int length)
    {
        if (text is null || (uint)position >= (uint)text.length || (uint)text.length > MaxSize / 2 || length <= 0)
            return false;
        ReadOnlySpan<byte> bytes = text.bytes.Span(position * 2, Math.Min(length, text.length - position) * 2);
        bytes.CopyTo(buffer.Extend(bytes.Length));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Extend(int count)
    {
        int start = pos, end = start + count;
        if (size < end)
            Grow(end);
        Span<byte> added = count == 0 ? default : b.Span(start, count);
        pos = end;
        return added;
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
