namespace HlDynamic.Primitives.Ssl;

/// <summary>
/// Stands between <see cref="System.Net.Security.SslStream"/> and a transport that may have nothing yet. .NET's stream
/// then waits as a task, and goes on, on the thread that asks for more, with <see cref="Resume"/>: so a connection
/// may be left at any point and taken up again, as Mbed TLS's may.
/// </summary>
internal sealed class SslPump : Stream
{
    private readonly Lock sending = new();
    private readonly List<byte> unsent = [];
    private SslTransport? transport;
    private TaskCompletionSource<int>? waiting;
    private Memory<byte> target;

    public SslTransport? Transport
    {
        set => transport = value;
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Lets what waits for input go on; false if there still is none.</summary>
    public bool Resume()
    {
        if (waiting is null)
            return true;
        int count = Receive(target.Span);
        if (count == HlSocket.Blocked)
            return false;
        TaskCompletionSource<int> source = waiting;
        waiting = null;
        target = default;
        // What follows runs inside of SetResult only where no one has a say in which thread it runs on.
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (count < 0)
                source.SetException(Broken());
            else
                source.SetResult(count);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
        return true;
    }

    /// <summary>Sends what could not be sent before; false if some of it still can't.</summary>
    public bool SendRest()
    {
        lock (sending)
        {
            while (unsent.Count > 0)
            {
                int count = Send(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(unsent));
                if (count == HlSocket.Blocked)
                    return false;
                if (count <= 0)
                    throw Broken();
                unsent.RemoveRange(0, count);
            }
            return true;
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = Receive(buffer.Span);
        if (count >= 0)
            return new ValueTask<int>(count);
        if (count != HlSocket.Blocked)
            return ValueTask.FromException<int>(Broken());
        // Without the option to run what follows elsewhere: it is to run inside Resume.
        waiting = new TaskCompletionSource<int>();
        target = buffer;
        return new ValueTask<int>(waiting.Task);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            lock (sending)
            {
                unsent.AddRange(buffer.Span);
                SendRest();
            }
            return ValueTask.CompletedTask;
        }
        catch (IOException e)
        {
            return ValueTask.FromException(e);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // .NET reads nothing to see whether there is something; here it finds out with the read that follows.
    private int Receive(Span<byte> bytes) => bytes.IsEmpty ? 0 : transport?.Receive(bytes) ?? HlSocket.Failed;

    private int Send(ReadOnlySpan<byte> bytes) => transport?.Send(bytes) ?? HlSocket.Failed;

    private static IOException Broken() => new("The connection is broken.");
}
