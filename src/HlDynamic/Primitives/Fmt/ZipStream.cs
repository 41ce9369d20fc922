using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Fmt;

/// <summary>When a stream must give out what it holds back.</summary>
internal enum ZipFlush
{
    No,
    Sync,
    Full,
    Finish,
    Block,
}

/// <summary>
/// A stream that compresses or expands from one piece of memory to another, as far as the two reach: zlib's
/// <c>z_stream</c>. Its error codes and texts are zlib's.
/// </summary>
internal abstract class ZipStream
{
    public const int StreamError = -2, DataError = -3, BufferError = -5;

    /// <summary>What each run does at its end.</summary>
    public ZipFlush Flush { get; set; }

    /// <summary>Goes on as far as it can; true at the end of the stream.</summary>
    /// <exception cref="HaxeException">There is nothing to go on with, or the data is damaged.</exception>
    public abstract bool Run(ArraySegment<byte> source, ArraySegment<byte> target, out int read, out int written);

    /// <summary>Ends the stream, wherever it is.</summary>
    public abstract void Close();

    public static HaxeException Error(int code, string? message = null) =>
        HaxeError.Text(message is null ? $"ZLib Error : {code}" : $"ZLib Error : {message} ({code})");
}
