namespace HlDynamic.Primitives.Fmt;

// What is before and after the data: sizes and checksums.
internal sealed partial class Inflater
{
    private const int Deflated = 8;

    private IEnumerable<Wait> Header()
    {
        if (format == Format.Raw)
            yield break;
        while (!Need(16))
            yield return Wait.Input;
        if (format != Format.Zlib && (hold & 0xFFFF) == 0x8B1F)
        {
            foreach (Wait wait in GzipHeader())
                yield return wait;
            yield break;
        }
        if (format == Format.Gzip || ((hold & 0xFF) << 8 | hold >> 8 & 0xFF) % 31 != 0)
            throw Damaged("incorrect header check");
        if (Take(4) != Deflated)
            throw Damaged("unknown compression method");
        if (Take(4) + 8 is var size && size > (windowBits == 0 ? 15 : windowBits))
            throw Damaged("invalid window size");
        bool needsDictionary = (Take(8) & 0x20) != 0;
        sum = 1;
        if (!needsDictionary)
            yield break;
        while (!Need(32))
            yield return Wait.Input;
        // There is no way to give one.
        while (true)
            yield return Wait.Input;
    }

    private IEnumerable<Wait> GzipHeader()
    {
        const int HasText = 1, HasCrc = 2, HasExtra = 4, HasName = 8, HasComment = 16;
        sumIsCrc = true;
        uint headerSum = 0;
        Take(16);
        headerSum = Checksums.Crc32(headerSum, [0x1F, 0x8B]);
        while (!Need(16))
            yield return Wait.Input;
        int method = Take(8), flags = Take(8);
        headerSum = Checksums.Crc32(headerSum, [(byte)method, (byte)flags]);
        if (method != Deflated)
            throw Damaged("unknown compression method");
        if ((flags & ~(HasText | HasCrc | HasExtra | HasName | HasComment)) != 0)
            throw Damaged("unknown header flags set");
        // Time, flags and system.
        for (int i = 0; i < 6; i++)
        {
            while (!Need(8))
                yield return Wait.Input;
            headerSum = Checksums.Crc32(headerSum, [(byte)Take(8)]);
        }
        if ((flags & HasExtra) != 0)
        {
            while (!Need(16))
                yield return Wait.Input;
            int length = Take(16);
            headerSum = Checksums.Crc32(headerSum, [(byte)length, (byte)(length >> 8)]);
            for (; length > 0; length--)
            {
                while (!Need(8))
                    yield return Wait.Input;
                headerSum = Checksums.Crc32(headerSum, [(byte)Take(8)]);
            }
        }
        for (int texts = ((flags & HasName) != 0 ? 1 : 0) + ((flags & HasComment) != 0 ? 1 : 0); texts > 0;)
        {
            while (!Need(8))
                yield return Wait.Input;
            byte c = (byte)Take(8);
            headerSum = Checksums.Crc32(headerSum, [c]);
            if (c == 0)
                texts--;
        }
        if ((flags & HasCrc) != 0)
        {
            while (!Need(16))
                yield return Wait.Input;
            if (Take(16) != (ushort)headerSum)
                throw Damaged("header crc mismatch");
        }
    }

    private IEnumerable<Wait> Trailer()
    {
        DropToByte();
        if (format == Format.Raw)
            yield break;
        while (!Need(32))
            yield return Wait.Input;
        Sum();
        uint stored = (uint)hold;
        Take(32);
        if (stored != (sumIsCrc ? sum : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(sum)))
            throw Damaged("incorrect data check");
        if (!sumIsCrc)
            yield break;
        while (!Need(32))
            yield return Wait.Input;
        stored = (uint)hold;
        Take(32);
        if (stored != (uint)total)
            throw Damaged("incorrect length check");
    }

    // Adds what was written since the last time.
    private void Sum()
    {
        ReadOnlySpan<byte> written = target.AsSpan(summed, targetAt - summed);
        if (format != Format.Raw)
            sum = sumIsCrc ? Checksums.Crc32(sum, written) : Checksums.Adler32(sum, written);
        summed = targetAt;
    }
}
