using System.Buffers.Binary;

namespace HlDynamic.Primitives.Fmt;

/// <summary>Sixteen pixels of the formats DXT1, DXT3 and DXT5, decoded to red, green, blue, alpha.</summary>
internal static class DxtBlock
{
    public static void Decode(ReadOnlySpan<byte> block, int format, Span<uint> pixels)
    {
        ReadOnlySpan<byte> colors = format == 1 ? block : block[8..];
        Span<byte> alphas = stackalloc byte[16];
        if (format == 2)
            ReadAlphas(block, alphas);
        else if (format == 3)
            BlendAlphas(block, alphas);
        else
            alphas.Fill(255);
        Color first = Color.Read(colors), second = Color.Read(colors[2..]);
        uint choices = BinaryPrimitives.ReadUInt32LittleEndian(colors[4..]);
        for (int i = 0; i < pixels.Length; i++, choices >>= 2)
            pixels[i] = Choose(first, second, (int)choices & 3, alphas[i]);
    }

    private static uint Choose(Color first, Color second, int choice, byte alpha) => choice switch
    {
        0 => first.Pack(alpha),
        1 => second.Pack(alpha),
        2 when first.Code > second.Code => Color.Mix(first, 2, second, 1).Pack(alpha),
        2 => Color.Mix(first, 1, second, 1).Pack(alpha),
        _ when first.Code > second.Code => Color.Mix(second, 2, first, 1).Pack(alpha),
        _ => 0,
    };

    private static void ReadAlphas(ReadOnlySpan<byte> block, Span<byte> alphas)
    {
        // The upper half of a byte counts first, which is HashLink's order.
        for (int i = 0; i < alphas.Length; i++)
            alphas[i] = (byte)(17 * ((i & 1) == 0 ? block[i / 2] >> 4 : block[i / 2] & 15));
    }

    private static void BlendAlphas(ReadOnlySpan<byte> block, Span<byte> alphas)
    {
        int a = block[0], b = block[1];
        ulong choices = BinaryPrimitives.ReadUInt64LittleEndian(block) >> 16;
        int steps = a > b ? 7 : 5;
        for (int i = 0; i < alphas.Length; i++, choices >>= 3)
        {
            int choice = (int)choices & 7;
            alphas[i] = (byte)(choice switch
            {
                0 => a,
                1 => b,
                6 when steps == 5 => 0,
                7 when steps == 5 => 255,
                _ => ((steps + 1 - choice) * a + (choice - 1) * b) / steps,
            });
        }
    }

    /// <summary>A colour, and the number it is stored as, which says how the two of a block are mixed.</summary>
    private readonly record struct Color(int Code, int Red, int Green, int Blue)
    {
        public static Color Read(ReadOnlySpan<byte> bytes)
        {
            int code = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            return new Color(code, Widen(code >> 11, 31), Widen(code >> 5 & 63, 63), Widen(code & 31, 31));
        }

        public static Color Mix(Color a, int partsA, Color b, int partsB)
        {
            int parts = partsA + partsB;
            return new Color(0, (a.Red * partsA + b.Red * partsB) / parts, (a.Green * partsA + b.Green * partsB) / parts,
                (a.Blue * partsA + b.Blue * partsB) / parts);
        }

        public uint Pack(byte alpha) => (uint)(alpha << 24 | Blue << 16 | Green << 8 | Red);

        private static int Widen(int value, int most) => (value * 510 + most) / (2 * most);
    }
}
