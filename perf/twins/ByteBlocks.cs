using System.Buffers.Binary;

namespace Twins;

internal static class ByteBlocks
{
    private static int Adler(byte[] bytes)
    {
        int a = 1, b = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            a = (a + bytes[i]) % 65521;
            b = (b + a) % 65521;
        }
        return (b << 16) | a;
    }

    public static int Run(int n)
    {
        var bytes = new byte[n * 4];
        for (int i = 0; i < n; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * 4), i * unchecked((int)0x9E3779B1));
        var copy = new byte[n * 4];
        int sum = 0;
        for (int pass = 0; pass < 4; pass++)
        {
            Buffer.BlockCopy(bytes, 0, copy, 0, n * 4);
            for (int i = 0; i < n * 4; i++)
                copy[i] = (byte)(copy[i] ^ (i >> 2));
            for (int i = 0; i < n; i++)
                sum = sum * 31 + (BinaryPrimitives.ReadInt32LittleEndian(copy.AsSpan(i * 4)) ^ BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(i * 2)));
            sum ^= Adler(copy);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, sum);
        }
        return sum;
    }
}
