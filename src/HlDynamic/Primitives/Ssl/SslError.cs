using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Ssl;

/// <summary>Failures in the words of Mbed TLS, which programs see.</summary>
internal static class SslError
{
    public const string CertificateFormat = "X509 - The CRT/CRL/CSR format is invalid, e.g. different type expected";
    public const string CertificateUnknown = "X509 - Format not recognized as DER or PEM";
    public const string PemData = "PEM - PEM string is not as expected : BASE64 - Invalid character in input";
    public const string CertificateFile = "PK - Read/write of file failed";
    public const string CertificateFolder = "X509 - Read/write of file failed";
    public const string KeyFormat = "PK - Invalid key tag or value";
    public const string PublicKeyFormat = "PK - Invalid key tag or value : ASN1 - ASN1 tag was of an unexpected value";
    public const string NoPassword = "PK - Private key password can't be empty";
    public const string WrongPassword = "PK - Given private key password does not allow for correct decryption";
    public const string CannotSign = "RSA - Bad input parameters to function";

    public static HaxeException Create(string message) => HaxeError.Text(message);
}
