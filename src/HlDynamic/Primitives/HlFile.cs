namespace HlDynamic.Primitives;

/// <summary>An open file, as C's <c>FILE</c> is: it knows whether reading met its end.</summary>
internal sealed class HlFile(Stream stream, bool appends = false, bool isShared = false)
{
    private bool closed;

    /// <summary>Whether reading met the end.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    public int Read(Span<byte> buffer)
    {
        if (closed || !stream.CanRead)
            return 0;
        int count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        AtEnd |= count < buffer.Length;
        return count;
    }

    public int ReadByte()
    {
        int value = closed || !stream.CanRead ? -1 : stream.ReadByte();
        AtEnd |= value < 0;
        return value;
    }

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (closed || !stream.CanWrite)
            return false;
        // The program's output may be printed to from other threads too.
        lock (stream)
        {
            if (appends)
                stream.Seek(0, SeekOrigin.End);
            stream.Write(bytes);
        }
        return true;
    }

    public bool Seek(long position, SeekOrigin origin)
    {
        if (closed || !stream.CanSeek)
            return false;
        stream.Seek(position, origin);
        AtEnd = false;
        return true;
    }

    public long Tell() => closed || !stream.CanSeek ? -1 : stream.Position;

    public bool Flush()
    {
        if (closed)
            return false;
        lock (stream)
            stream.Flush();
        return true;
    }

    public void Close()
    {
        if (closed)
            return;
        closed = true;
        if (isShared)
            stream.Flush();
        else
            stream.Dispose();
    }
}
