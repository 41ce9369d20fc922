namespace HlDynamic.Primitives.Fmt;

/// <summary>
/// A canonical Huffman code (RFC 1951). Codes of up to ten bits are found by one look into a table, longer ones by
/// going through the lengths.
/// </summary>
internal sealed class HuffmanCode
{
    public const int MaximumLength = 15;
    private const int TableBits = 10;

    // An entry is the symbol and, in the lowest four bits, the length of its code; 0 for codes that are longer.
    private readonly ushort[] table = new ushort[1 << TableBits];
    private readonly ushort[] counts = new ushort[MaximumLength + 1];
    private readonly ushort[] symbols;

    private HuffmanCode(int size) => symbols = new ushort[size];

    /// <summary>The length of the longest code; 0 if there is none.</summary>
    public int LongestLength { get; private set; }

    /// <summary>Makes the code that has these lengths; null if no such code exists or it leaves sequences unused.</summary>
    /// <param name="lengths">The length of each symbol's code, 0 for none.</param>
    /// <param name="mayBeSingle">Whether a single code of one bit will do.</param>
    public static HuffmanCode? Create(ReadOnlySpan<byte> lengths, bool mayBeSingle)
    {
        var code = new HuffmanCode(lengths.Length);
        foreach (byte length in lengths)
            code.counts[length]++;
        code.counts[0] = 0;
        int left = 1;
        Span<int> next = stackalloc int[MaximumLength + 2], first = stackalloc int[MaximumLength + 2];
        next[1] = first[1] = 0;
        for (int length = 1; length <= MaximumLength; length++)
        {
            left = left * 2 - code.counts[length];
            if (left < 0)
                return null;
            if (code.counts[length] != 0)
                code.LongestLength = length;
            next[length + 1] = next[length] + code.counts[length];
            first[length + 1] = (first[length] + code.counts[length]) * 2;
        }
        // A code of nothing is made all the same, since its symbols may never be asked for.
        if (left > 0 && code.LongestLength > 0 && !(mayBeSingle && code.LongestLength == 1))
            return null;
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
                continue;
            code.symbols[next[length]++] = (ushort)symbol;
            int bits = first[length]++;
            if (length <= TableBits)
                for (int i = Reverse(bits, length); i < code.table.Length; i += 1 << length)
                    code.table[i] = (ushort)(symbol << 4 | length);
        }
        return code;
    }

    /// <summary>Decodes a symbol: its length is negative if there is none for these bits, 0 if they are too few.</summary>
    /// <param name="bits">The bits at hand, the next one lowest.</param>
    /// <param name="available">How many they are.</param>
    /// <param name="length">How many bits the symbol takes.</param>
    public int Decode(ulong bits, int available, out int length)
    {
        int entry = table[(int)bits & ((1 << TableBits) - 1)];
        length = entry & 15;
        if (length != 0)
        {
            if (length > available)
                length = 0;
            return entry >> 4;
        }
        int code = 0, first = 0, index = 0;
        for (int tried = 1; tried <= LongestLength; tried++)
        {
            if (tried > available)
                return 0;
            code |= (int)(bits >> (tried - 1)) & 1;
            int count = counts[tried];
            if (code - count < first)
            {
                length = tried;
                return symbols[index + (code - first)];
            }
            index += count;
            first = (first + count) * 2;
            code *= 2;
        }
        // Even to see that there is no symbol takes a bit.
        length = available == 0 ? 0 : -1;
        return 0;
    }

    private static int Reverse(int bits, int length)
    {
        int result = 0;
        for (; length > 0; length--, bits >>= 1)
            result = result << 1 | bits & 1;
        return result;
    }
}
