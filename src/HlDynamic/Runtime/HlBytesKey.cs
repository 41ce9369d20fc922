using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HlDynamic.Runtime;

/// <summary>Keys of <c>hl.types.BytesMap</c>: UTF-16 text up to its zero, hashed and compared four characters at a time.</summary>
internal readonly struct HlBytesKey : IHlMapKey<HlBytes, HlHashedBytes>
{
    private const ulong Factor = 0x9E3779B97F4A7C15, LowBits = 0x0001000100010001, HighBits = 0x8000800080008000;

    public static bool InOrderOfAddition => false;

    /// <summary>An odd number.</summary>
    public static uint Hash(HlBytes key)
    {
        Span<byte> all = key.Span();
        ref byte text = ref MemoryMarshal.GetReference(all);
        int length = all.Length & ~1;
        if (length < 8)
            return HashShort(all);
        ulong hash = 0, four;
        int i = 0;
        do
        {
            four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, i));
            if (Zeros(four) is not 0 and var zeros)
                return Fold(Mix(hash, BeforeZero(four, zeros)));
            hash = Mix(hash, four);
            i += 8;
        }
        while (i <= length - 8);
        if (i < length)
        {
            // The last four characters, without those that have been hashed; zeros take their place.
            four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, length - 8)) >> (8 * (8 - (length - i)));
            hash = Mix(hash, BeforeZero(four, Zeros(four)));
        }
        return Fold(hash);
    }

    private static uint HashShort(ReadOnlySpan<byte> text)
    {
        ulong four = 0;
        for (int i = 0; i + 1 < text.Length && MemoryMarshal.Read<char>(text[i..]) is var c and not '\0'; i += 2)
            four |= (ulong)c << (8 * i);
        return Fold(Mix(0, four));
    }

    public static bool Normalize(ref HlBytes key, ref uint hash) => false;

    public static HlHashedBytes Keep(HlBytes key, uint hash) => new(key, hash);

    public static HlBytes Key(HlHashedBytes kept) => kept.Text;

    public static uint KeptHash(HlHashedBytes kept) => kept.Hash;

    public static uint CellHash(HlHashedBytes kept)
    {
        ReadOnlySpan<char> text = kept.Text.Characters();
        uint h = 0;
        int i = 0;
        // Two characters at a time, as each step waits for the one before.
        for (; i + 1 < text.Length && text[i] != 0 && text[i + 1] != 0; i += 2)
            h = unchecked(223 * 223 * h + 223 * (uint)text[i] + text[i + 1]);
        if (i < text.Length && text[i] != 0)
            h = unchecked(223 * h + text[i]);
        return (uint)((int)h % 0x1FFFFF7B);
    }

    public static bool Matches(in HlHashedBytes kept, HlBytes key, uint hash) =>
        kept.Hash == hash && (kept.Text == key || SameText(kept.Text, key));

    private static bool SameText(HlBytes left, HlBytes right)
    {
        ReadOnlySpan<byte> a = left.Span(), b = right.Span();
        int position = 0;
        for (; position + 8 <= a.Length && position + 8 <= b.Length; position += 8)
        {
            ulong four = Read(a[position..]), other = Read(b[position..]), zeros = Zeros(four);
            if (zeros != 0)
                return BeforeZero(four, zeros) == BeforeZero(other, zeros) && ((four ^ other) & ZeroItself(zeros)) == 0;
            if (four != other)
                return false;
        }
        return HlBytes.SameText(left.Add(position), right.Add(position));
    }

    private static ulong Read(ReadOnlySpan<byte> text) => Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(text));

    // A high bit for the first character that is zero, and perhaps for some behind it.
    private static ulong Zeros(ulong four) => unchecked(four - LowBits) & ~four & HighBits;

    // The characters before that; the first is in the lowest bits.
    private static ulong BeforeZero(ulong four, ulong zeros) => four & ((1UL << (BitOperations.TrailingZeroCount(zeros) - 15)) - 1);

    private static ulong ZeroItself(ulong zeros) => 0xFFFFUL << (BitOperations.TrailingZeroCount(zeros) - 15);

    // Nothing is no part of a text: its zero may be the first of four characters, or lie at the end of the block.
    private static ulong Mix(ulong hash, ulong four) => four == 0 ? hash : unchecked(BitOperations.RotateLeft(hash, 29) ^ four) * Factor;

    // Odd, so that who keeps it can tell it from nothing and from what is to be looked at again.
    private static uint Fold(ulong hash) => (uint)(hash >> 32) ^ (uint)hash | 1;
}

/// <summary>Bytes and their hash, in the space that <see cref="HlBytes"/> alone take.</summary>
internal readonly struct HlHashedBytes(HlBytes text, uint hash)
{
    private readonly byte[]? buffer = text.Buffer;
    private readonly int offset = text.Offset;

    public readonly uint Hash = hash;

    public HlBytes Text => new(buffer, offset);
}
