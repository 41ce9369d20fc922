namespace HlDynamic.Primitives.Fmt;

/// <summary>Which parts a pixel has, in which order.</summary>
internal sealed class PixelLayout
{
    // Where each part is among red, green, blue and alpha.
    private readonly int[] parts;

    private PixelLayout(params int[] parts) => this.parts = parts;

    /// <summary>The size of a pixel in bytes.</summary>
    public int Size => parts.Length;

    /// <summary>The layout of a number that <c>hl.Format.PixelFormat</c> gives; null if pictures can't be decoded to it.</summary>
    public static PixelLayout? Find(int format) => format switch
    {
        0 => new PixelLayout(0, 1, 2),
        1 => new PixelLayout(2, 1, 0),
        7 => new PixelLayout(0, 1, 2, 3),
        8 => new PixelLayout(2, 1, 0, 3),
        9 => new PixelLayout(3, 2, 1, 0),
        10 => new PixelLayout(3, 0, 1, 2),
        _ => null,
    };

    /// <summary>
    /// Writes pixels that are red, green, blue and alpha. Where there is no place for alpha, they are laid over what
    /// the target holds.
    /// </summary>
    public void Write(ReadOnlySpan<byte> pixels, Span<byte> target)
    {
        int at = 0;
        for (int i = 0; i < pixels.Length; i += 4)
            foreach (int part in parts)
            {
                target[at] = Size == 4 ? pixels[i + part] : StandardColors.Over(pixels[i + part], pixels[i + 3], target[at]);
                at++;
            }
    }
}
