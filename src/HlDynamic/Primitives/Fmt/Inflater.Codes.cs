namespace HlDynamic.Primitives.Fmt;

// The tables of RFC 1951.
internal sealed partial class Inflater
{
    private const int EndOfBlock = 256;

    private static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    // The last length has a code of its own, without the extra bits it would take.
    private static int LengthExtra(int code) => code is < 8 or 28 ? 0 : code / 4 - 1;

    private static int LengthBase(int code) => code < 8 ? code + 3 : code == 28 ? 258 : (4 + code % 4 << code / 4 - 1) + 3;

    private static int DistanceExtra(int code) => code < 4 ? 0 : code / 2 - 1;

    private static int DistanceBase(int code) => code < 4 ? code + 1 : (2 + code % 2 << code / 2 - 1) + 1;

    /// <summary>The codes of blocks that bring none.</summary>
    private static class FixedCodes
    {
        public static readonly HuffmanCode Literals = Create(288, static i => i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
        public static readonly HuffmanCode Distances = Create(32, static _ => 5);

        private static HuffmanCode Create(int count, Func<int, int> length)
        {
            byte[] lengths = new byte[count];
            for (int i = 0; i < count; i++)
                lengths[i] = (byte)length(i);
            return HuffmanCode.Create(lengths, mayBeSingle: false) ?? throw new InvalidOperationException("The fixed codes are complete.");
        }
    }
}
