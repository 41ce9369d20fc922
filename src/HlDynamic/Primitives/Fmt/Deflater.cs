using System.IO.Compression;

namespace HlDynamic.Primitives.Fmt;

/// <summary>
/// Compresses, over .NET's own stream, which takes all that it is given and whose output waits here for room. The
/// bytes may differ from those of another zlib, as they do between versions of it; what they expand to does not.
/// </summary>
internal sealed class Deflater : ZipStream
{
    private const int DefaultLevel = -1, BestLevel = 9;

    // What a stream of nothing is made of: an empty block and the checksum of no bytes.
    private static readonly byte[] EmptyEnd = [0x03, 0x00, 0x00, 0x00, 0x00, 0x01];

    private readonly MemoryStream pending = new();
    private readonly ZLibStream stream;
    private readonly int level;
    private int given;
    private bool hasInput;
    private State state;
    private int lastFlush = -1;

    public Deflater(int level)
    {
        if (level is < DefaultLevel or > BestLevel)
            throw Error(StreamError);
        this.level = level;
        stream = level == DefaultLevel
            ? new ZLibStream(pending, CompressionLevel.Optimal, leaveOpen: true)
            : new ZLibStream(pending, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true);
    }

    private bool HasPending => given < pending.Length;

    public override bool Run(ArraySegment<byte> source, ArraySegment<byte> target, out int read, out int written)
    {
        if (state == State.Closed)
            throw Error(StreamError);
        if (target.Count == 0 || (state == State.Finished && Flush != ZipFlush.Finish))
            throw Error(StreamError, "stream error");
        if (state == State.Finished && source.Count > 0)
            throw Error(BufferError, "buffer error");
        int flush = Rank(Flush);
        read = written = 0;
        if (HasPending)
        {
            written = Drain(target);
            if (written == target.Count)
            {
                // What was asked for is still to be done.
                lastFlush = -1;
                return state == State.Finished && !HasPending;
            }
        }
        else if (source.Count == 0 && flush <= lastFlush && Flush != ZipFlush.Finish)
        {
            throw Error(BufferError, "buffer error");
        }
        lastFlush = flush;
        read = source.Count;
        Take(source);
        written += Drain(target[written..]);
        return state == State.Finished && !HasPending;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            stream.Write(bytes);
            hasInput = true;
        }
        if (Flush == ZipFlush.Finish && state == State.Open)
            Finish();
        else if (Flush is ZipFlush.Sync or ZipFlush.Full or ZipFlush.Block)
            stream.Flush();
    }

    private void Finish()
    {
        state = State.Finished;
        stream.Dispose();
        if (hasInput)
            return;
        byte quality = level switch
        {
            0 or 1 => 0x01,
            >= 2 and <= 5 => 0x5E,
            DefaultLevel or 6 => 0x9C,
            _ => 0xDA,
        };
        pending.Write([0x78, quality, .. EmptyEnd]);
    }

    private int Drain(Span<byte> target)
    {
        int count = Math.Min(target.Length, (int)(pending.Length - given));
        pending.GetBuffer().AsSpan(given, count).CopyTo(target);
        given += count;
        if (!HasPending)
        {
            pending.SetLength(0);
            given = 0;
        }
        return count;
    }

    public override void Close()
    {
        if (state != State.Closed)
            stream.Dispose();
        state = State.Closed;
    }

    // Ending a block asks for less than flushing does.
    private static int Rank(ZipFlush flush) => flush switch
    {
        ZipFlush.No => 0,
        ZipFlush.Block => 1,
        ZipFlush.Sync => 2,
        ZipFlush.Full => 3,
        _ => 4,
    };

    private enum State
    {
        Open,
        Finished,
        Closed,
    }
}
