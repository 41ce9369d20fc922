using System.Buffers.Binary;
using System.IO.Compression;

namespace HlDynamic.Primitives.Fmt;

/// <summary>
/// A picture in the PNG format (ISO 15948) of any of its kinds, read to eight bits each of red, green, blue and alpha.
/// </summary>
internal sealed class PngImage
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // Where each pass of an interlaced picture begins, and how far its pixels are apart.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly int width, height;
    private readonly byte[] pixels;
    private readonly PngPixels format;
    private readonly bool isInterlaced;

    private PngImage(int width, int height, PngPixels format, bool isInterlaced)
    {
        (this.width, this.height, this.format, this.isInterlaced) = (width, height, format, isInterlaced);
        pixels = new byte[checked(width * height * 4)];
    }

    /// <summary>A row of pixels, of four bytes each.</summary>
    public ReadOnlySpan<byte> Row(int y) => pixels.AsSpan(y * width * 4, width * 4);

    /// <summary>Reads a picture; null if it is damaged or has another size.</summary>
    public static PngImage? Read(ReadOnlySpan<byte> file, int width, int height)
    {
        if (!file.StartsWith(Signature))
            return null;
        file = file[Signature.Length..];
        PngImage? image = null;
        var data = new MemoryStream();
        while (ReadChunk(ref file, out uint name, out ReadOnlySpan<byte> content, out bool isIntact))
        {
            // Chunks with a capital first letter must be understood; others may even be damaged.
            bool isNeeded = (name & 0x20000000) == 0;
            if (!isIntact && isNeeded)
                return null;
            if (name == PngChunk.Header && image is null)
            {
                image = ReadHeader(content, width, height);
                if (image is null)
                    return null;
            }
            else if (image is null)
                return null;
            else if (name == PngChunk.Data)
                data.Write(content);
            else if (name == PngChunk.End)
            {
                data.Position = 0;
                return image.Expand(data) ? image : null;
            }
            else if (isIntact && !image.format.Take(name, content) && isNeeded)
                return null;
        }
        return null;
    }

    private static PngImage? ReadHeader(ReadOnlySpan<byte> header, int width, int height) =>
        header.Length == 13 && BinaryPrimitives.ReadInt32BigEndian(header) == width && BinaryPrimitives.ReadInt32BigEndian(header[4..]) == height
        && width > 0 && height > 0 && (long)width * height <= Array.MaxLength / 4
        && header[10] == 0 && header[11] == 0 && header[12] <= 1 && PngPixels.Create(header[8], header[9]) is { } format
            ? new PngImage(width, height, format, header[12] == 1)
            : null;

    private static bool ReadChunk(ref ReadOnlySpan<byte> file, out uint name, out ReadOnlySpan<byte> content, out bool isIntact)
    {
        name = 0;
        content = default;
        isIntact = false;
        if (file.Length < 12 || BinaryPrimitives.ReadInt32BigEndian(file) is var length && (length < 0 || length > file.Length - 12))
            return false;
        name = BinaryPrimitives.ReadUInt32BigEndian(file[4..]);
        content = file.Slice(8, length);
        isIntact = Checksums.Crc32(0, file.Slice(4, length + 4)) == BinaryPrimitives.ReadUInt32BigEndian(file[(length + 8)..]);
        file = file[(length + 12)..];
        return true;
    }

    private bool Expand(Stream data)
    {
        if (!format.IsComplete)
            return false;
        using var expanded = new ZLibStream(data, CompressionMode.Decompress);
        try
        {
            foreach ((int x, int y, int stepX, int stepY) in isInterlaced ? Passes : [(0, 0, 1, 1)])
                if (x < width && !ReadPass(expanded, x, y, stepX, stepY))
                    return false;
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return false;
        }
    }

    private bool ReadPass(Stream data, int x, int y, int stepX, int stepY)
    {
        int count = (width - x + stepX - 1) / stepX;
        int size = checked((int)(((long)count * format.Bits + 7) / 8)), pixelSize = Math.Max(format.Bits / 8, 1);
        byte[] row = new byte[size + 1], previous = new byte[size + 1];
        for (; y < height; y += stepY)
        {
            data.ReadExactly(row);
            if (!Unfilter(row[0], row.AsSpan(1), previous.AsSpan(1), pixelSize))
                return false;
            for (int i = 0; i < count; i++)
                format.Read(row.AsSpan(1), i, pixels.AsSpan((y * width + x + i * stepX) * 4, 4));
            (row, previous) = (previous, row);
        }
        return true;
    }

    private static bool Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelSize)
    {
        if (filter is < 0 or > 4)
            return false;
        for (int i = 0; filter != 0 && i < row.Length; i++)
        {
            int left = i < pixelSize ? 0 : row[i - pixelSize], up = above[i], corner = i < pixelSize ? 0 : above[i - pixelSize];
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                _ => Nearest(left, up, corner),
            });
        }
        return true;
    }

    // The one of the three that is nearest to where the gradient leads.
    private static int Nearest(int left, int up, int corner)
    {
        int target = left + up - corner;
        int toLeft = Math.Abs(target - left), toUp = Math.Abs(target - up), toCorner = Math.Abs(target - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}

/// <summary>The names of the chunks of a PNG file that count here, as numbers.</summary>
internal static class PngChunk
{
    public const uint Header = 0x49484452, Palette = 0x504C5445, Data = 0x49444154, End = 0x49454E44;
    public const uint Transparency = 0x74524E53, Gamma = 0x67414D41, StandardColors = 0x73524742;
}
