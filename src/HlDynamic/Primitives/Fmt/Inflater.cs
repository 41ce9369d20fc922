using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Fmt;

/// <summary>
/// Expands deflated data (RFC 1951), plain or in the formats of zlib (RFC 1950) or gzip (RFC 1952). It stops wherever
/// input or room for output ends, and takes no byte of input before it needs it, so that what follows the data stays
/// unread: what .NET's own streams cannot do.
/// </summary>
internal sealed partial class Inflater : ZipStream
{
    private const int WindowSize = 1 << 15;
    private const int NoSymbol = -1, NotYet = -2;

    private readonly int windowBits;
    private readonly Format format;
    private readonly IEnumerator<Wait> steps;
    private readonly byte[] window = new byte[WindowSize];
    private ArraySegment<byte> source, target;
    private int sourceAt, targetAt;
    private ulong hold;
    private int bits;

    // How much was ever written, and up to where the checksum goes in the target at hand.
    private long total;
    private int summed;
    private uint sum;
    private bool sumIsCrc;
    private HaxeException? failure;
    private bool isAtEnd, isClosed;

    public Inflater(int windowBits)
    {
        int size = Math.Abs(windowBits);
        format = windowBits < 0 ? Format.Raw : size < 16 ? Format.Zlib : size < 32 ? Format.Gzip : size < 48 ? Format.Either : throw Error(StreamError);
        this.windowBits = format == Format.Raw ? size : size & 15;
        if (this.windowBits is < 8 or > 15 && !(format != Format.Raw && this.windowBits == 0))
            throw Error(StreamError);
        steps = Steps().GetEnumerator();
    }

    public override bool Run(ArraySegment<byte> source, ArraySegment<byte> target, out int read, out int written)
    {
        if (isClosed)
            throw Error(StreamError);
        if (failure is not null)
            throw failure;
        (this.source, this.target, sourceAt, targetAt, summed) = (source, target, 0, 0, 0);
        try
        {
            isAtEnd = isAtEnd || !steps.MoveNext();
            Sum();
        }
        catch (HaxeException e)
        {
            failure = e;
            throw;
        }
        finally
        {
            this.source = this.target = default;
        }
        (read, written) = (sourceAt, targetAt);
        if (!isAtEnd && (Flush == ZipFlush.Finish || (read == 0 && written == 0)))
            throw Error(BufferError);
        return isAtEnd;
    }

    public override void Close() => isClosed = true;

    // The whole decoder: each "yield" is a place where it may have to wait for the next run.
    private IEnumerable<Wait> Steps()
    {
        foreach (Wait wait in Header())
            yield return wait;
        bool isLast = false;
        for (bool isFirst = true; !isLast; isFirst = false)
        {
            if (Flush == ZipFlush.Block && (!isFirst || format != Format.Raw))
                yield return Wait.Block;
            while (!Need(3))
                yield return Wait.Input;
            isLast = Take(1) == 1;
            foreach (Wait wait in Take(2) switch
            {
                0 => Stored(),
                1 => Compressed(FixedCodes.Literals, FixedCodes.Distances),
                2 => Dynamic(),
                _ => throw Damaged("invalid block type"),
            })
                yield return wait;
        }
        if (Flush == ZipFlush.Block)
            yield return Wait.Block;
        foreach (Wait wait in Trailer())
            yield return wait;
    }

    private IEnumerable<Wait> Stored()
    {
        DropToByte();
        while (!Need(32))
            yield return Wait.Input;
        int length = Take(16);
        if (length != (ushort)~Take(16))
            throw Damaged("invalid stored block lengths");
        while (length > 0)
        {
            int count = Math.Min(length, Math.Min(source.Count - sourceAt, target.Count - targetAt));
            if (count == 0)
            {
                yield return Wait.Either;
                continue;
            }
            for (int i = 0; i < count; i++)
                Put(source[sourceAt++]);
            length -= count;
        }
    }

    private IEnumerable<Wait> Dynamic()
    {
        while (!Need(14))
            yield return Wait.Input;
        int literals = Take(5) + 257, distances = Take(5) + 1, codes = Take(4) + 4;
        if (literals > 286 || distances > 30)
            throw Damaged("too many length or distance symbols");
        byte[] lengths = new byte[19];
        for (int i = 0; i < codes; i++)
        {
            while (!Need(3))
                yield return Wait.Input;
            lengths[LengthOrder[i]] = (byte)Take(3);
        }
        HuffmanCode lengthCode = HuffmanCode.Create(lengths, mayBeSingle: false) ?? throw Damaged("invalid code lengths set");
        lengths = new byte[literals + distances];
        for (int i = 0; i < lengths.Length;)
        {
            int symbol;
            while ((symbol = Next(lengthCode)) == NotYet)
                yield return Wait.Input;
            if (symbol < 16)
            {
                // A code without symbols reads as zeros.
                lengths[i++] = (byte)Math.Max(symbol, 0);
                continue;
            }
            int extra = symbol switch
            {
                16 => 2,
                17 => 3,
                _ => 7,
            };
            while (!Need(extra))
                yield return Wait.Input;
            if (symbol == 16 && i == 0)
                throw Damaged("invalid bit length repeat");
            byte repeated = symbol == 16 ? lengths[i - 1] : (byte)0;
            int count = Take(extra) + (symbol == 18 ? 11 : 3);
            if (i + count > lengths.Length)
                throw Damaged("invalid bit length repeat");
            lengths.AsSpan(i, count).Fill(repeated);
            i += count;
        }
        if (lengths[EndOfBlock] == 0)
            throw Damaged("invalid code -- missing end-of-block");
        HuffmanCode literalCode = HuffmanCode.Create(lengths.AsSpan(0, literals), mayBeSingle: true) ?? throw Damaged("invalid literal/lengths set");
        HuffmanCode distanceCode = HuffmanCode.Create(lengths.AsSpan(literals), mayBeSingle: true) ?? throw Damaged("invalid distances set");
        foreach (Wait wait in Compressed(literalCode, distanceCode))
            yield return wait;
    }

    private IEnumerable<Wait> Compressed(HuffmanCode literals, HuffmanCode distances)
    {
        while (true)
        {
            int symbol;
            while ((symbol = Next(literals)) == NotYet)
                yield return Wait.Input;
            if (symbol is NoSymbol or > 285)
                throw Damaged("invalid literal/length code");
            if (symbol == EndOfBlock)
                yield break;
            if (symbol < EndOfBlock)
            {
                while (targetAt == target.Count)
                    yield return Wait.Output;
                Put((byte)symbol);
                continue;
            }
            symbol -= EndOfBlock + 1;
            while (!Need(LengthExtra(symbol)))
                yield return Wait.Input;
            int count = LengthBase(symbol) + Take(LengthExtra(symbol));
            while ((symbol = Next(distances)) == NotYet)
                yield return Wait.Input;
            if (symbol is NoSymbol or > 29)
                throw Damaged("invalid distance code");
            while (!Need(DistanceExtra(symbol)))
                yield return Wait.Input;
            int distance = DistanceBase(symbol) + Take(DistanceExtra(symbol));
            if (distance > total)
                throw Damaged("invalid distance too far back");
            while (count > 0)
            {
                if (targetAt == target.Count)
                    yield return Wait.Output;
                else
                    count -= Repeat(distance, count);
            }
        }
    }

    // Takes the next symbol, as soon as there are bits enough.
    private int Next(HuffmanCode code)
    {
        while (true)
        {
            int symbol = code.Decode(hold, bits, out int length);
            if (length != 0)
            {
                Take(Math.Abs(length));
                return length < 0 ? NoSymbol : symbol;
            }
            if (!Pull())
                return NotYet;
        }
    }

    // Makes sure of that many bits, as far as there is input.
    private bool Need(int count)
    {
        while (bits < count)
            if (!Pull())
                return false;
        return true;
    }

    private bool Pull()
    {
        if (sourceAt == source.Count)
            return false;
        hold |= (ulong)source.Array![source.Offset + sourceAt++] << bits;
        bits += 8;
        return true;
    }

    private int Take(int count)
    {
        int result = (int)(hold & ((1UL << count) - 1));
        hold >>= count;
        bits -= count;
        return result;
    }

    private void DropToByte() => Take(bits & 7);

    private void Put(byte value)
    {
        window[total++ & (WindowSize - 1)] = value;
        target.Array![target.Offset + targetAt++] = value;
    }

    private int Repeat(int distance, int count)
    {
        count = Math.Min(count, target.Count - targetAt);
        for (int i = 0; i < count; i++)
            Put(window[(total - distance) & (WindowSize - 1)]);
        return count;
    }

    private static HaxeException Damaged(string message) => Error(DataError, message);

    private enum Format
    {
        Raw,
        Zlib,
        Gzip,
        Either,
    }

    private enum Wait
    {
        Input,
        Output,
        Either,
        Block,
    }
}
