using System.Buffers.Binary;

namespace HlDynamic.Primitives.Fmt;

/// <summary>How the pixels of a PNG file are stored, and what is needed to read them.</summary>
internal sealed class PngPixels
{
    private const int Gray = 0, Palette = 3;
    private const int ColorFlag = 2, AlphaFlag = 4;

    private readonly int depth, kind, channels;
    private byte[]? palette;
    private byte[] transparency = [];
    private bool isEncoded;

    private PngPixels(int depth, int kind)
    {
        (this.depth, this.kind) = (depth, kind);
        channels = (kind is Gray or Palette or AlphaFlag ? 1 : 3) + ((kind & AlphaFlag) != 0 ? 1 : 0);
    }

    /// <summary>Null if there are no such pixels.</summary>
    public static PngPixels? Create(int depth, int kind) => kind switch
    {
        Gray when depth is 1 or 2 or 4 or 8 or 16 => new PngPixels(depth, kind),
        Palette when depth is 1 or 2 or 4 or 8 => new PngPixels(depth, kind),
        ColorFlag or AlphaFlag or (ColorFlag | AlphaFlag) when depth is 8 or 16 => new PngPixels(depth, kind),
        _ => null,
    };

    /// <summary>The size of a pixel.</summary>
    public int Bits => depth * channels;

    public bool IsComplete => kind != Palette || palette is not null;

    /// <summary>Takes a chunk that says more about pixels; false if this is none.</summary>
    public bool Take(uint name, ReadOnlySpan<byte> content)
    {
        switch (name)
        {
            case PngChunk.Palette:
                palette = content.ToArray();
                return content.Length % 3 == 0;
            case PngChunk.Transparency:
                transparency = content.ToArray();
                return true;
            case PngChunk.Gamma or PngChunk.StandardColors:
                isEncoded = true;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Reads a pixel of a row as red, green, blue, alpha.</summary>
    public void Read(ReadOnlySpan<byte> row, int index, Span<byte> pixel)
    {
        if (kind == Palette)
        {
            int color = Sample(row, index);
            for (int i = 0; i < 3; i++)
                pixel[i] = color * 3 + i < palette!.Length ? palette[color * 3 + i] : (byte)0;
            pixel[3] = color < transparency.Length ? transparency[color] : (byte)255;
            return;
        }
        bool hasColor = (kind & ColorFlag) != 0, hasAlpha = (kind & AlphaFlag) != 0;
        int first = index * channels;
        for (int i = 0; i < 3; i++)
            pixel[i] = ToByte(Sample(row, first + (hasColor ? i : 0)), isLinear: depth == 16 && !isEncoded);
        pixel[3] = hasAlpha ? ToByte(Sample(row, first + channels - 1), isLinear: false) : IsKey(row, first) ? (byte)0 : (byte)255;
    }

    // Without a channel for it, one colour may be the transparent one.
    private bool IsKey(ReadOnlySpan<byte> row, int first)
    {
        if (transparency.Length < channels * 2)
            return false;
        for (int i = 0; i < channels; i++)
            if (Sample(row, first + i) != (BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(i * 2)) & ((1 << depth) - 1)))
                return false;
        return true;
    }

    private int Sample(ReadOnlySpan<byte> row, int index)
    {
        if (depth == 16)
            return BinaryPrimitives.ReadUInt16BigEndian(row[(index * 2)..]);
        int bit = index * depth;
        return row[bit >> 3] >> (8 - depth - (bit & 7)) & ((1 << depth) - 1);
    }

    // Sixteen bits are brightness, unless the file says otherwise; eight are what screens show.
    private byte ToByte(int value, bool isLinear)
    {
        int most = (1 << depth) - 1;
        // libpng takes the power that is near to the standard curve.
        return isLinear ? (byte)Math.Round(Math.Pow((double)value / most, 0.45455) * 255) : (byte)((value * 255 * 2 + most) / (2 * most));
    }
}
