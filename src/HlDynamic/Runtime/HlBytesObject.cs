using System.Collections;

namespace HlDynamic.Runtime;

/// <summary>A Haxe <c>haxe.io.Bytes</c>: the module's class derives from this. For .NET programs it is a list of bytes, and a span of them.</summary>
public abstract class HlBytesObject : HlObject, IReadOnlyList<byte>
{
    // The names are those of the fields in bytecode.
    internal HlBytes b;
    internal int length;

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
        return count == 0 ? default : b.Buffer.AsMemory(b.Offset, count);
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
