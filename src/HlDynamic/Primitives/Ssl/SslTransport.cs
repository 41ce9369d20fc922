using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Ssl;

/// <summary>What a connection sends and receives through; results are those of <see cref="HlSocket"/>.</summary>
internal abstract class SslTransport
{
    public abstract int Receive(Span<byte> bytes);

    public abstract int Send(ReadOnlySpan<byte> bytes);
}

/// <summary>A socket.</summary>
internal sealed class SslSocketTransport(HlSocket socket) : SslTransport
{
    public override int Receive(Span<byte> bytes) => socket.Receive(bytes);

    public override int Send(ReadOnlySpan<byte> bytes) => socket.Send(bytes);
}

/// <summary>Two functions of the program: an array of a value that both are given, the one that reads and the one that writes.</summary>
internal sealed class SslFunctionTransport(object? context, Delegate read, Delegate write) : SslTransport
{
    // What the functions answer if they would have to wait.
    private const int WouldBlock = -2;

    public override int Receive(Span<byte> bytes)
    {
        HlBytes buffer = HlBytes.Allocate(bytes.Length);
        int count = Call(read, buffer, bytes.Length);
        if (count > 0)
            buffer.Span(0, count).CopyTo(bytes);
        return count;
    }

    public override int Send(ReadOnlySpan<byte> bytes) => Call(write, HlBytes.Copy(bytes), bytes.Length);

    private int Call(Delegate function, HlBytes buffer, int length)
    {
        int count = HlCast.ToI32(HlClosures.Call(function, context, buffer, HlBox.Int(length)));
        return count == WouldBlock ? HlSocket.Blocked : count < 0 || count > length ? HlSocket.Failed : count;
    }
}
