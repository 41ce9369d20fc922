using System.Collections;
using System.Runtime.CompilerServices;

namespace HlDynamic.Runtime;

/// <summary>A Haxe <c>haxe.io.Bytes</c>: the module's class derives from this. For .NET programs it is a list of bytes, and a span of them.</summary>
public abstract class HlBytesObject : HlObject, IReadOnlyList<byte>
{
    private byte[]? buffer;

    /// <summary><see cref="HlBytes.Near"/> of the field.</summary>
    internal byte[]? near;

    private int offset;

    // The names of this and the next are those of the fields in bytecode.
    internal int length;

    internal HlBytes b
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(buffer, offset);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            buffer = value.Buffer;
            offset = value.Offset;
            near = value.Near;
        }
    }

    internal HlBytesObject() { }

    /// <summary>The number of bytes.</summary>
    public int Count => Math.Max(0, length);

    /// <summary>A byte.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such byte.</exception>
    public byte this[int index]
    {
        get => AsSpan()[index];
        set => AsSpan()[index] = value;
    }

    /// <summary>The bytes themselves, without a copy.</summary>
    public Span<byte> AsSpan() => Count == 0 ? default : b.Span(0, Count);

    /// <inheritdoc cref="AsSpan"/>
    public Memory<byte> AsMemory()
    {
        // Asked first, since it checks that they lie in their block.
        int count = AsSpan().Length;
        return count == 0 ? default : buffer.AsMemory(offset, count);
    }

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => AsSpan().ToArray();

    /// <inheritdoc/>
    public IEnumerator<byte> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gives a new object its bytes, which are shared, not copied.</summary>
    internal void Set(byte[] bytes)
    {
        b = new HlBytes(bytes);
        length = bytes.Length;
    }
}
