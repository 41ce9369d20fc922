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
        {
            int count = text.length;
            if ((uint)count > MaxSize / 2)
                return false;
            ReadOnlySpan<byte> bytes = count == 0 ? default : text.bytes.Span(0, count * 2);
            Span<byte> target = buffer.Extend(bytes.Length);
            bytes.CopyTo(target);
            return true;
        }
        if (value is not int number)
            return false;
        HlText.WriteDigits(number, MemoryMarshal.Cast<byte, char>(buffer.Extend(HlText.CountDigits(number) * 2)));
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
