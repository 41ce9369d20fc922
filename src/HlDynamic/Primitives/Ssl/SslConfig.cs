using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Ssl;

/// <summary>Whether the other side must show a certificate, and a good one.</summary>
internal enum SslVerify
{
    None,
    Required,
    Optional,
}

/// <summary>What connections of one side have in common: whom they trust and what they show.</summary>
internal sealed class SslConfig(bool isServer)
{
    private SslStreamCertificateContext? own;

    public bool IsServer => isServer;

    public SslVerify Verify { get; set; }

    /// <summary>Whom to trust.</summary>
    public SslCertificate? Trusted { get; set; }

    /// <summary>Answers the certificate and key for the name that a client asks for.</summary>
    public Delegate? ByName { get; set; }

    /// <summary>Shows a certificate, of which the first one counts.</summary>
    public void Show(SslCertificate certificate, AsymmetricAlgorithm key) => own ??= Combine(certificate, key);

    public SslClientAuthenticationOptions ClientOptions(string? host, RemoteCertificateValidationCallback validate) => new()
    {
        TargetHost = host ?? "",
        CertificateChainPolicy = SslTrust.Policy(Trusted),
        ClientCertificateContext = own,
        RemoteCertificateValidationCallback = validate,
    };

    /// <exception cref="AuthenticationException">There is no certificate for the name.</exception>
    public SslServerAuthenticationOptions ServerOptions(string host, RemoteCertificateValidationCallback validate) => new()
    {
        CertificateChainPolicy = SslTrust.Policy(Trusted),
        ClientCertificateRequired = Verify != SslVerify.None,
        RemoteCertificateValidationCallback = validate,
        ServerCertificateContext = (host.Length > 0 && ByName is not null ? Ask(ByName, host) : own)
            ?? throw new AuthenticationException("There is no certificate to show."),
    };

    private static SslStreamCertificateContext? Ask(Delegate byName, string host)
    {
        if (HlVirtual.Unwrap(HlClosures.Call(byName, StdStrings.ToUtf8(host))) is not HlObject answer)
            return null;
        object? Field(string name) => answer.Type.Fields.FirstOrDefault(f => f.Name == name)?.Info.GetValue(answer);
        return Field("cert") is SslCertificate certificate && Field("key") is AsymmetricAlgorithm key ? Combine(certificate, key) : null;
    }

    private static SslStreamCertificateContext Combine(SslCertificate certificate, AsymmetricAlgorithm key)
    {
        X509Certificate2 first;
        try
        {
            first = (certificate.First.GetRSAPublicKey(), key) switch
            {
                (not null, RSA rsa) => certificate.First.CopyWithPrivateKey(rsa),
                (null, ECDsa ec) => certificate.First.CopyWithPrivateKey(ec),
                _ => throw new ArgumentException("The key is of another kind."),
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or CryptographicException)
        {
            throw HaxeError.Text("The key is not that of the certificate");
        }
        // There, only keys that are stored are found.
        if (OperatingSystem.IsWindows())
            first = X509CertificateLoader.LoadPkcs12(first.Export(X509ContentType.Pfx), null);
        return SslStreamCertificateContext.Create(first, [.. certificate.Chain.Skip(1)], offline: true);
    }
}
