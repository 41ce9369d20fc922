using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Ssl;

/// <summary>
/// One side of an encrypted connection. What can't be done without waiting answers <see cref="HlSocket.Blocked"/> and
/// goes on with the next call. One thread may send while another receives.
/// </summary>
internal sealed class SslConnection
{
    private const int RecordSize = 16384;

    // What Mbed TLS answers: the certificate is not trusted; the handshake failed otherwise.
    private const int NotVerified = -0x2700, HandshakeFailed = -0x7780;

    private readonly SslConfig config;
    private readonly SslPump pump = new();
    private readonly SslStream stream;
    private readonly Lock receiving = new(), sending = new();
    private readonly byte[] received = new byte[RecordSize];
    private int start, end;
    private Task? handshake;
    private Task<int>? reading;
    private bool isReady, isClosed, isRefused;
    private HaxeException? thrown;

    public SslConnection(SslConfig config)
    {
        this.config = config;
        stream = new SslStream(pump, leaveInnerStreamOpen: true);
    }

    public SslTransport Transport
    {
        set => pump.Transport = value;
    }

    public string? HostName { get; set; }

    /// <summary>The certificates that the other side has shown; null before it has.</summary>
    public SslCertificate? Peer { get; private set; }

    /// <summary>0 once the connection is safe, or why it is not (yet).</summary>
    public int Handshake()
    {
        lock (receiving)
        {
            if (isClosed)
                return HlSocket.Failed;
            try
            {
                if (!isReady)
                {
                    handshake ??= Start();
                    while (!handshake.IsCompleted)
                    {
                        pump.SendRest();
                        if (!pump.Resume())
                            return HlSocket.Blocked;
                    }
                    handshake.GetAwaiter().GetResult();
                    isReady = true;
                }
                return pump.SendRest() ? 0 : HlSocket.Blocked;
            }
            catch (Exception e) when (e is IOException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
            {
                return thrown is not null ? throw thrown : isRefused ? NotVerified : e is IOException ? HlSocket.Failed : HandshakeFailed;
            }
        }
    }

    public int Receive(Span<byte> bytes)
    {
        lock (receiving)
        {
            if (bytes.Length == 0)
                return 0;
            if (!isReady && Handshake() is var failure && failure != 0)
                return failure == HlSocket.Blocked ? failure : HlSocket.Failed;
            if (isClosed)
                return HlSocket.Failed;
            try
            {
                if (start == end)
                {
                    reading ??= stream.ReadAsync(received).AsTask();
                    while (!reading.IsCompleted)
                    {
                        pump.SendRest();
                        if (!pump.Resume())
                            return HlSocket.Blocked;
                    }
                    start = 0;
                    end = reading.GetAwaiter().GetResult();
                    reading = null;
                }
            }
            catch (Exception e) when (e is IOException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
            {
                return HlSocket.Failed;
            }
            int count = Math.Min(bytes.Length, end - start);
            received.AsSpan(start, count).CopyTo(bytes);
            start += count;
            return count;
        }
    }

    /// <summary>Sends bytes and answers how many, at most a record of them.</summary>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        if (!isReady && Handshake() is var failure && failure != 0)
            return failure == HlSocket.Blocked ? failure : HlSocket.Failed;
        lock (sending)
        {
            if (isClosed)
                return HlSocket.Failed;
            try
            {
                if (!pump.SendRest())
                    return HlSocket.Blocked;
                bytes = bytes[..Math.Min(bytes.Length, RecordSize)];
                // The pump takes all that it is given.
                stream.WriteAsync(bytes.ToArray()).AsTask().GetAwaiter().GetResult();
                return bytes.Length;
            }
            catch (Exception e) when (e is IOException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
            {
                return HlSocket.Failed;
            }
        }
    }

    /// <summary>Ends the connection without a word, as HashLink does; the transport stays open.</summary>
    public void Close() => isClosed = true;

    private Task Start() => config.IsServer
        ? stream.AuthenticateAsServerAsync((_, hello, _, _) => new ValueTask<SslServerAuthenticationOptions>(ServerOptions(hello.ServerName)), null)
        : stream.AuthenticateAsClientAsync(config.ClientOptions(HostName, Validate));

    private SslServerAuthenticationOptions ServerOptions(string host)
    {
        try
        {
            return config.ServerOptions(host, Validate);
        }
        catch (HaxeException e)
        {
            // Comes out of the handshake as it is.
            thrown = e;
            throw new AuthenticationException(e.Message, e);
        }
    }

    private bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is X509Certificate2 first)
            Peer = new SslCertificate(new[] { first }.Concat(chain?.ChainPolicy.ExtraStore.Where(c => !c.Equals(first)) ?? [])
                .Select(static c => X509CertificateLoader.LoadCertificate(c.RawData)));
        isRefused = config.Verify == SslVerify.Required && !IsGood(chain);
        return !isRefused;
    }

    private bool IsGood(X509Chain? chain) =>
        Peer is not null && SslTrust.Accepts(chain, config.Trusted) && (config.IsServer || HostName is null || IsFor(Peer.First, HostName));

    private static bool IsFor(X509Certificate2 certificate, string host)
    {
        try
        {
            return certificate.MatchesHostname(host);
        }
        catch (ArgumentException)
        {
            // It is not the name of any host.
            return false;
        }
    }
}
