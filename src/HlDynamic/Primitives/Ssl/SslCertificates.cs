using System.Security.Cryptography.X509Certificates;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Ssl;

/// <summary>Certificates (HashLink libs/ssl/ssl.c, where they are Mbed TLS's).</summary>
internal static class SslCertificates
{
    [HlPrimitive("ssl", "ssl_init")]
    public static void SslInit()
    {
    }

    [HlPrimitive("ssl", "cert_load_file")]
    public static object CertLoadFile(HlBytes path)
    {
        try
        {
            return new SslCertificate(SslCertificate.Read(File.ReadAllBytes(StdStrings.ReadUtf8(path))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw SslError.Create(SslError.CertificateFile);
        }
    }

    [HlPrimitive("ssl", "cert_load_path")]
    public static object CertLoadPath(HlBytes path)
    {
        try
        {
            string[] files = Directory.GetFiles(StdStrings.ReadUtf8(path));
            return new SslCertificate(files.SelectMany(static f => SslCertificate.Read(File.ReadAllBytes(f))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw SslError.Create(SslError.CertificateFolder);
        }
    }

    // Null where programs look for the system's certificates themselves.
    [HlPrimitive("ssl", "cert_load_defaults")]
    public static object? CertLoadDefaults() => SslTrust.LoadDefaults();

    [HlPrimitive("ssl", "cert_get_subject")]
    public static HlBytes CertGetSubject(object certificate, HlBytes kind) => Text(SslCertificate.Find(
        ((SslCertificate)certificate).First.SubjectName, StdStrings.ReadUtf8(kind)));

    [HlPrimitive("ssl", "cert_get_issuer")]
    public static HlBytes CertGetIssuer(object certificate, HlBytes kind) => Text(SslCertificate.Find(
        ((SslCertificate)certificate).First.IssuerName, StdStrings.ReadUtf8(kind)));

    [HlPrimitive("ssl", "cert_get_altnames")]
    public static HlArray CertGetAltnames(HlContext context, object certificate) =>
        StdArrays.OfStrings(context, SslCertificate.OtherNames(((SslCertificate)certificate).First));

    [HlPrimitive("ssl", "cert_get_notbefore")]
    public static HlArray CertGetNotbefore(HlContext context, object certificate) => Date(context, ((SslCertificate)certificate).First.NotBefore);

    [HlPrimitive("ssl", "cert_get_notafter")]
    public static HlArray CertGetNotafter(HlContext context, object certificate) => Date(context, ((SslCertificate)certificate).First.NotAfter);

    [HlPrimitive("ssl", "cert_get_next")]
    public static object? CertGetNext(object certificate) => ((SslCertificate)certificate).Next;

    [HlPrimitive("ssl", "cert_add_pem")]
    public static object CertAddPem(object? certificate, HlBytes data)
    {
        ReadOnlySpan<byte> bytes = data.Span();
        int end = bytes.IndexOf((byte)0);
        return Add(certificate, SslCertificate.Read(end < 0 ? bytes : bytes[..end]));
    }

    [HlPrimitive("ssl", "cert_add_der")]
    public static object CertAddDer(object? certificate, HlBytes data, int length) => Add(certificate, [SslCertificate.ReadDer(data.Span(0, length))]);

    private static SslCertificate Add(object? certificate, List<X509Certificate2> more)
    {
        if (certificate is not SslCertificate chain)
            return new SslCertificate(more);
        chain.Add(more);
        return chain;
    }

    private static HlBytes Text(string? text) => text is null ? default : HlBytes.FromString(text);

    private static HlArray Date(HlContext context, DateTime date)
    {
        date = date.ToUniversalTime();
        return new HlArray<int>(context.Basic(HlTypeKind.I32), [date.Year, date.Month, date.Day, date.Hour, date.Minute, date.Second]);
    }
}
