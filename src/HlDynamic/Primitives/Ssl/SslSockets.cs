using System.Security.Cryptography;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Ssl;

/// <summary>Encrypted connections over sockets (HashLink libs/ssl/ssl.c).</summary>
internal static class SslSockets
{
    [HlPrimitive("ssl", "conf_new")]
    public static object ConfNew(bool isServer) => new SslConfig(isServer);

    [HlPrimitive("ssl", "conf_close")]
    public static void ConfClose(object config) => ArgumentNullException.ThrowIfNull(config);

    [HlPrimitive("ssl", "conf_set_ca")]
    public static void ConfSetCa(object config, object? certificate) => ((SslConfig)config).Trusted = (SslCertificate?)certificate;

    [HlPrimitive("ssl", "conf_set_verify")]
    public static void ConfSetVerify(object config, int mode) => ((SslConfig)config).Verify = mode switch
    {
        1 => SslVerify.Required,
        2 => SslVerify.Optional,
        _ => SslVerify.None,
    };

    [HlPrimitive("ssl", "conf_set_cert")]
    public static void ConfSetCert(object config, object certificate, object key) =>
        ((SslConfig)config).Show((SslCertificate)certificate, (AsymmetricAlgorithm)key);

    [HlPrimitive("ssl", "conf_set_servername_callback")]
    public static void ConfSetServernameCallback(object config, Delegate? callback) => ((SslConfig)config).ByName = callback;

    [HlPrimitive("ssl", "ssl_new")]
    public static object SslNew(object config) => new SslConnection((SslConfig)config);

    [HlPrimitive("ssl", "ssl_close")]
    public static void SslClose(object connection) => ((SslConnection)connection).Close();

    [HlPrimitive("ssl", "ssl_handshake")]
    public static int SslHandshake(object connection) => ((SslConnection)connection).Handshake();

    [HlPrimitive("ssl", "ssl_set_socket")]
    public static void SslSetSocket(object connection, object socket) => ((SslConnection)connection).Transport = new SslSocketTransport((HlSocket)socket);

    [HlPrimitive("ssl", "ssl_set_bio")]
    public static void SslSetBio(object connection, object? functions) =>
        ((SslConnection)connection).Transport = functions is HlArray { Length: >= 3 } array && array[1] is Delegate read && array[2] is Delegate write
            ? new SslFunctionTransport(array[0], read, write)
            : throw HaxeError.Text("A value and two functions are needed to read and write");

    [HlPrimitive("ssl", "ssl_set_hostname")]
    public static void SslSetHostname(object connection, HlBytes name) =>
        ((SslConnection)connection).HostName = name.IsNull ? null : StdStrings.ReadUtf8(name);

    [HlPrimitive("ssl", "ssl_get_peer_certificate")]
    public static object? SslGetPeerCertificate(object connection) => ((SslConnection)connection).Peer;

    [HlPrimitive("ssl", "ssl_send_char")]
    public static int SslSendChar(object connection, int c) => ((SslConnection)connection).Send([(byte)c]);

    [HlPrimitive("ssl", "ssl_send")]
    public static int SslSend(object connection, HlBytes bytes, int position, int length) => ((SslConnection)connection).Send(bytes.Span(position, length));

    [HlPrimitive("ssl", "ssl_recv_char")]
    public static int SslRecvChar(object connection)
    {
        Span<byte> buffer = stackalloc byte[1];
        int count = ((SslConnection)connection).Receive(buffer);
        return count > 0 ? buffer[0] : count == 0 ? HlSocket.Failed : count;
    }

    [HlPrimitive("ssl", "ssl_recv")]
    public static int SslRecv(object connection, HlBytes bytes, int position, int length) => ((SslConnection)connection).Receive(bytes.Span(position, length));
}
