using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HlDynamic.Runtime;

/// <summary>
/// A pointer into a block of bytes, what Haxe calls <c>hl.Bytes</c>: a buffer and an offset into it. Moving it is
/// free, and every access is checked against the buffer; strings are UTF-16, little-endian, ended by a zero.
/// </summary>
public readonly struct HlBytes : IEquatable<HlBytes>
{
    internal readonly byte[]? Buffer;
    internal readonly int Offset;

    /// <summary>Points to byte <paramref name="offset"/> of <paramref name="buffer"/>, which is shared, not copied.</summary>
    /// <param name="buffer">The block; null makes a null pointer.</param>
    /// <param name="offset">In bytes. It may lie outside; only access is checked.</param>
    public HlBytes(byte[]? buffer, int offset = 0)
    {
        Buffer = buffer;
        Offset = offset;
    }

    /// <summary>Whether this points nowhere.</summary>
    public bool IsNull => Buffer is null;

    /// <summary>How many bytes there are from here to the end of the block; negative if this points past it.</summary>
    public int Available => Buffer is null ? 0 : Buffer.Length - Offset;

    private static readonly byte[] Elsewhere = [];

    /// <summary>The block, if this points to its start, else an empty one: what lies in it can be reached without the offset.</summary>
    internal byte[]? Near => Offset == 0 ? Buffer : Elsewhere;

    /// <summary>A new block of zeros.</summary>
    /// <param name="size">In bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is negative.</exception>
    public static HlBytes Allocate(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new HlBytes(new byte[size]);
    }

    /// <summary>A new block that holds <paramref name="text"/> in UTF-16, ended by a zero.</summary>
    public static HlBytes FromString(ReadOnlySpan<char> text)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(checked((text.Length + 1) * 2));
        MemoryMarshal.AsBytes(text).CopyTo(buffer);
        buffer[^2] = buffer[^1] = 0;
        return new HlBytes(buffer);
    }

    /// <summary>A new block that holds <paramref name="bytes"/>.</summary>
    public static HlBytes Copy(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>The pointer moved by <paramref name="bytes"/>; a null pointer stays null.</summary>
    public HlBytes Add(int bytes) => new(Buffer, Offset + bytes);

    /// <summary>The bytes from here on.</summary>
    /// <param name="position">Where to start, in bytes from here.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="HaxeException">They do not lie in the block, or this is null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Span(int position, int length)
    {
        byte[]? buffer = Buffer;
        uint start = (uint)(Offset + position);
        if (buffer is null || (ulong)start + (uint)length > (uint)buffer.Length)
            throw NotThere(buffer, Offset, position, length);
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(buffer), start), length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static HaxeException NotThere(byte[]? buffer, int offset, int position, int length) =>
        buffer is null ? HaxeError.NullAccess() : OutOfRange(buffer.Length - offset, position, length);

    /// <summary>Everything from here to the end of the block.</summary>
    /// <exception cref="HaxeException">This is null or lies outside of its block.</exception>
    public Span<byte> Span() => Span(0, Available);

    /// <summary>The text from here to the next zero (or the end of the block), in UTF-16.</summary>
    public override string ToString() => Buffer is null ? "null" : new string(Chars());

    /// <summary>The characters from here to the next zero, or the end of the block.</summary>
    internal ReadOnlySpan<char> Chars()
    {
        ReadOnlySpan<char> all = AsChars(Span());
        int end = all.IndexOf('\0');
        return end < 0 ? all : all[..end];
    }

    /// <summary>Whether there is a zero at a position in bytes.</summary>
    internal bool EndsAt(int position)
    {
        uint start = (uint)(Offset + position);
        return Buffer is { } buffer && (ulong)start + 2 <= (uint)buffer.Length
            && Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(buffer), start)) == 0;
    }

    /// <summary>The characters from here to the end of the block, past any zero.</summary>
    internal ReadOnlySpan<char> Characters() => AsChars(Span());

    // What MemoryMarshal.Cast does; .NET has no code ready for that with these types, and each program comes here.
    internal static Span<char> AsChars(Span<byte> bytes) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, char>(ref MemoryMarshal.GetReference(bytes)), bytes.Length / sizeof(char));

    /// <summary>Whether two texts are equal up to their zeros (or the end of their blocks).</summary>
    internal static bool SameText(HlBytes left, HlBytes right)
    {
        ReadOnlySpan<char> a = left.Characters(), b = right.Characters();
        int i = 0;
        for (; i < a.Length && i < b.Length && a[i] == b[i]; i++)
            if (a[i] == 0)
                return true;
        return (i == a.Length || a[i] == 0) && (i == b.Length || b[i] == 0);
    }

    /// <summary><paramref name="length"/> characters from <paramref name="position"/> (in bytes) on.</summary>
    internal Span<char> Chars(int position, int length) =>
        AsChars(Span(position, checked(length * 2)));

    /// <summary>Reads at a pointer that is passed by value: code whose locals are never addressed is optimised better.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Read<T>(HlBytes bytes, int position) where T : unmanaged => bytes.Get<T>(position);

    /// <summary>Writes at a pointer that is passed by value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Write<T>(HlBytes bytes, int position, T value) where T : unmanaged => bytes.Set(position, value);

    // In both, a null buffer ends as NullReferenceException, which Haxe code sees as a null access. The error is made
    // from copies, for a method called on the pointer itself would force the JIT to keep it in memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T Get<T>(int position) where T : unmanaged
    {
        byte[] buffer = Buffer!;
        long start = (uint)(Offset + position);
        if (start > (long)buffer.Length - Unsafe.SizeOf<T>())
            throw OutOfRange(buffer, start, position, Unsafe.SizeOf<T>());
        return Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(buffer), (nint)start));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set<T>(int position, T value) where T : unmanaged
    {
        byte[] buffer = Buffer!;
        long start = (uint)(Offset + position);
        if (start > (long)buffer.Length - Unsafe.SizeOf<T>())
            throw OutOfRange(buffer, start, position, Unsafe.SizeOf<T>());
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(buffer), (nint)start), value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static HaxeException OutOfRange(byte[] buffer, long start, int position, int length) =>
        OutOfRange(buffer.Length - ((int)start - position), position, length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static HaxeException OutOfRange(int available, int position, int length) => HaxeError.Text(
        $"Access of {length} bytes at {position} of a block of {available}");

    /// <summary>Whether both point to the same place.</summary>
    public bool Equals(HlBytes other) => ReferenceEquals(Buffer, other.Buffer) && (Offset == other.Offset || Buffer is null);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HlBytes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Buffer is null ? 0 : RuntimeHelpers.GetHashCode(Buffer) ^ Offset;

    /// <summary>Whether both point to the same place.</summary>
    public static bool operator ==(HlBytes left, HlBytes right) => left.Equals(right);

    /// <summary>Whether they point to different places.</summary>
    public static bool operator !=(HlBytes left, HlBytes right) => !left.Equals(right);
}
