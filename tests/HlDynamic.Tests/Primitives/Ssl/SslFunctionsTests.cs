using System.Text;
using HlDynamic.Bytecode;
using HlDynamic.Primitives;
using HlDynamic.Primitives.Ssl;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives.Ssl;

/// <summary>Both sides of a connection on one thread, over functions that never wait, as <c>ssl_set_bio</c> takes them.</summary>
public sealed class SslFunctionsTests
{
    private const int WouldBlock = -2;
    private readonly HlContext context = new();
    private readonly Queue<byte> toServer = new(), toClient = new();

    [Test]
    public void A_connection_goes_on_wherever_it_had_to_wait()
    {
        object server = Connection(isServer: true, toServer, toClient), client = Connection(isServer: false, toClient, toServer);
        int serverState = -1, clientState = -1, turns = 0;
        while ((serverState != 0 || clientState != 0) && turns++ < 1000)
        {
            clientState = SslSockets.SslHandshake(client);
            serverState = SslSockets.SslHandshake(server);
        }
        Assert.That((serverState, clientState), Is.EqualTo((0, 0)), $"{toServer.Count} and {toClient.Count} bytes under way");

        HlBytes text = HlBytes.Copy(Encoding.ASCII.GetBytes("over functions")), received = HlBytes.Allocate(100);
        Assert.That(SslSockets.SslRecv(server, received, 0, 100), Is.EqualTo(HlSocket.Blocked));
        Assert.That(SslSockets.SslSend(client, text, 0, text.Available), Is.EqualTo(text.Available));

        int count = HlSocket.Blocked;
        for (turns = 0; count == HlSocket.Blocked && turns < 1000; turns++)
            count = SslSockets.SslRecv(server, received, 0, 100);
        Assert.That(Encoding.ASCII.GetString(received.Span(0, count)), Is.EqualTo("over functions"));
        Assert.That(SslSockets.SslRecv(server, received, 0, 100), Is.EqualTo(HlSocket.Blocked));
    }

    private object Connection(bool isServer, Queue<byte> input, Queue<byte> output)
    {
        object config = SslSockets.ConfNew(isServer);
        if (isServer)
            SslSockets.ConfSetCert(config, SslCertificates.CertAddPem(null, Data("server.pem")), SslKeys.KeyFromPem(Data("server.key"), false, default));
        object connection = SslSockets.SslNew(config);
        var functions = new HlArray<object>(context.Basic(HlTypeKind.Dyn), ["context", Read(input), Write(output)]);
        SslSockets.SslSetBio(connection, functions);
        return connection;
    }

    // A few bytes at a time, so that records come in pieces.
    private static Func<object?, HlBytes, int, int> Read(Queue<byte> input) => (_, bytes, length) =>
    {
        int count = Math.Min(Math.Min(length, 100), input.Count);
        for (int i = 0; i < count; i++)
            bytes.Set(i, input.Dequeue());
        return count == 0 ? WouldBlock : count;
    };

    // Takes nothing while there is much to read.
    private static Func<object?, HlBytes, int, int> Write(Queue<byte> output) => (_, bytes, length) =>
    {
        if (output.Count > 500)
            return WouldBlock;
        int count = Math.Min(length, 200);
        foreach (byte b in bytes.Span(0, count))
            output.Enqueue(b);
        return count;
    };

    private static HlBytes Data(string name) =>
        HlBytes.Copy([.. File.ReadAllBytes(Path.Combine(Fixtures.Root, "haxe", "fixtures", "data", "ssl", name)), 0]);
}
