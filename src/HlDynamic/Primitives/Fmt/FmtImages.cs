using System.Runtime.InteropServices;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Fmt;

/// <summary>Pictures as pixels in memory (HashLink libs/fmt/fmt.c and dxt.c).</summary>
internal static class FmtImages
{
    [HlPrimitive("fmt", "png_decode")]
    public static bool PngDecode(HlBytes source, int length, HlBytes target, int width, int height, int stride, int format, int flags)
    {
        PixelLayout layout = PixelLayout.Find(format) ?? throw HaxeError.Text("Unsupported format");
        if (PngImage.Read(source.Span(0, length), width, height) is not { } image)
            return false;
        int row = width * layout.Size;
        if (stride != 0 && Math.Abs((long)stride) < row)
            return false;
        bool upwards = (flags & 1) != 0 && stride != 0;
        stride = stride == 0 ? row : stride;
        for (int y = 0; y < height; y++)
            layout.Write(image.Row(y), target.Span((upwards ? height - 1 - y : y) * stride, row));
        return true;
    }

    [HlPrimitive("fmt", "dxt_decode")]
    public static bool DxtDecode(HlBytes source, HlBytes target, int width, int height, int format)
    {
        if (format is < 1 or > 3)
            return false;
        int columns = width >> 2, blockSize = format == 1 ? 8 : 16;
        Span<uint> block = stackalloc uint[16];
        for (int y = 0; y < height >> 2; y++)
            for (int x = 0; x < columns; x++)
            {
                DxtBlock.Decode(source.Span((y * columns + x) * blockSize, blockSize), format, block);
                // Rows of a width that is no multiple of four run into each other, as they do in HashLink.
                int at = (y * (columns * 4 + 3 * width) + x * 4) * sizeof(uint);
                for (int row = 0; row < 4; row++)
                    MemoryMarshal.AsBytes(block.Slice(row * 4, 4)).CopyTo(target.Span(at + row * width * sizeof(uint), 4 * sizeof(uint)));
            }
        return true;
    }

    [HlPrimitive("fmt", "img_scale")]
    public static void ImgScale(HlBytes target, int targetPosition, int targetStride, int targetWidth, int targetHeight,
        HlBytes source, int sourcePosition, int sourceStride, int sourceWidth, int sourceHeight, int flags)
    {
        // Just short of the last pixel, for what is next to it to exist.
        float scaleX = targetWidth <= 1 ? 0 : (sourceWidth - 1.001f) / (targetWidth - 1);
        float scaleY = targetHeight <= 1 ? 0 : (sourceHeight - 1.001f) / (targetHeight - 1);
        bool blends = (flags & 1) != 0;
        target = target.Add(targetPosition);
        source = source.Add(sourcePosition);
        for (int y = 0; y < targetHeight; y++)
            for (int x = 0; x < targetWidth; x++)
            {
                float sourceX = x * scaleX, sourceY = y * scaleY;
                int left = (int)sourceX, top = (int)sourceY;
                HlBytes pixel = source.Add(top * sourceStride + left * 4);
                int at = y * targetStride + x * 4;
                if (blends)
                    Blend(pixel, sourceStride, sourceX - left, sourceY - top, target.Add(at));
                else
                    target.Set(at, pixel.Get<uint>(0));
            }
    }

    private static void Blend(HlBytes pixel, int stride, float right, float down, HlBytes target)
    {
        float left = 1 - right, up = 1 - down;
        int weight1 = (int)(left * up * 256), weight2 = (int)(right * up * 256), weight3 = (int)(left * down * 256), weight4 = (int)(right * down * 256);
        ReadOnlySpan<byte> upper = pixel.Span(0, 8), lower = pixel.Span(stride, 8);
        Span<byte> result = target.Span(0, 4);
        for (int i = 0; i < result.Length; i++)
            result[i] = (byte)(upper[i] * weight1 + upper[i + 4] * weight2 + lower[i] * weight3 + lower[i + 4] * weight4 + 128 >> 8);
    }
}
