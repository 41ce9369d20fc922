using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Fmt;

/// <summary>Streams of compressed bytes (HashLink libs/fmt/fmt.c, where they are zlib's).</summary>
internal static class FmtZip
{
    [HlPrimitive("fmt", "inflate_init")]
    public static object InflateInit(int windowBits) => new Inflater(windowBits == 0 ? 15 : windowBits);

    [HlPrimitive("fmt", "deflate_init")]
    public static object DeflateInit(int level) => new Deflater(level);

    [HlPrimitive("fmt", "zip_end")]
    public static void ZipEnd(object zip) => ((ZipStream)zip).Close();

    [HlPrimitive("fmt", "zip_flush_mode")]
    public static void ZipFlushMode(object zip, int mode) => ((ZipStream)zip).Flush = mode is >= 0 and <= (int)ZipFlush.Block
        ? (ZipFlush)mode
        : throw HaxeError.Text($"Invalid flush mode {mode}");

    [HlPrimitive("fmt", "inflate_buffer")]
    public static bool InflateBuffer(object zip, HlBytes source, int sourcePosition, int sourceEnd,
        HlBytes target, int targetPosition, int targetEnd, ref int read, ref int written) =>
        Run<Inflater>(zip, source, sourcePosition, sourceEnd, target, targetPosition, targetEnd, ref read, ref written);

    [HlPrimitive("fmt", "deflate_buffer")]
    public static bool DeflateBuffer(object zip, HlBytes source, int sourcePosition, int sourceEnd,
        HlBytes target, int targetPosition, int targetEnd, ref int read, ref int written) =>
        Run<Deflater>(zip, source, sourcePosition, sourceEnd, target, targetPosition, targetEnd, ref read, ref written);

    // What is compressed never takes more than this, whatever the level.
    [HlPrimitive("fmt", "deflate_bound")]
    public static int DeflateBound(object zip, int size)
    {
        if (zip is not Deflater)
            throw ZipStream.Error(ZipStream.StreamError);
        return (int)Math.Min((long)size + size / 8 + 256, Array.MaxLength);
    }

    private static bool Run<T>(object zip, HlBytes source, int sourcePosition, int sourceEnd,
        HlBytes target, int targetPosition, int targetEnd, ref int read, ref int written) where T : ZipStream
    {
        ArgumentNullException.ThrowIfNull(zip);
        long sourceLength = (long)sourceEnd - sourcePosition, targetLength = (long)targetEnd - targetPosition;
        if (sourcePosition < 0 || targetPosition < 0 || sourceLength < 0 || targetLength < 0)
            throw HaxeError.Text("Out of range");
        if (zip is not T stream)
            throw ZipStream.Error(ZipStream.StreamError);
        return stream.Run(Segment(source, sourcePosition, (int)sourceLength), Segment(target, targetPosition, (int)targetLength), out read, out written);
    }

    private static ArraySegment<byte> Segment(HlBytes bytes, int position, int length)
    {
        if (length == 0)
            return ArraySegment<byte>.Empty;
        // Fails if they do not all lie in the block.
        bytes.Span(position, length);
        return new ArraySegment<byte>(bytes.Buffer!, bytes.Offset + position, length);
    }
}
