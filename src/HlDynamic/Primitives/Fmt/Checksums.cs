namespace HlDynamic.Primitives.Fmt;

/// <summary>The two checksums of compressed data, which go on from the sum of what came before.</summary>
internal static class Checksums
{
    private static readonly uint[] CrcTable = CreateCrcTable();

    /// <summary>CRC-32 (RFC 1952), starting from 0.</summary>
    public static uint Crc32(uint sum, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~sum;
        foreach (byte b in bytes)
            crc = CrcTable[(byte)(crc ^ b)] ^ crc >> 8;
        return ~crc;
    }

    /// <summary>Adler-32 (RFC 1950), starting from 1.</summary>
    public static uint Adler32(uint sum, ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65521;
        // The most bytes whose sums fit 32 bits.
        const int Run = 5552;
        uint a = sum & 0xFFFF, b = sum >> 16;
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> run = bytes[..Math.Min(Run, bytes.Length)];
            foreach (byte value in run)
            {
                a += value;
                b += a;
            }
            a %= Modulus;
            b %= Modulus;
            bytes = bytes[run.Length..];
        }
        return b << 16 | a;
    }

    private static uint[] CreateCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ value >> 1 : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
