using System.Security.Cryptography;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Ssl;

/// <summary>Keys, of RSA or of elliptic curves (HashLink libs/ssl/ssl.c).</summary>
internal static class SslKeys
{
    private delegate void Importer<T>(T algorithm, ReadOnlySpan<byte> data) where T : AsymmetricAlgorithm;

    [HlPrimitive("ssl", "key_from_der")]
    public static object KeyFromDer(HlBytes data, int length, bool isPublic) => FromDer(data.Span(0, length), isPublic);

    [HlPrimitive("ssl", "key_from_pem")]
    public static object KeyFromPem(HlBytes data, bool isPublic, HlBytes password)
    {
        string text = StdStrings.ReadUtf8(data);
        ReadOnlySpan<char> rest = text;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            string label = rest[fields.Label].ToString();
            byte[] content = Convert.FromBase64String(rest[fields.Base64Data].ToString());
            bool isPublicLabel = label is "PUBLIC KEY" or "RSA PUBLIC KEY";
            if (label == "ENCRYPTED PRIVATE KEY" && !isPublic)
                return FromEncrypted(content, password);
            if (isPublic == isPublicLabel && label is "PUBLIC KEY" or "RSA PUBLIC KEY" or "PRIVATE KEY" or "RSA PRIVATE KEY" or "EC PRIVATE KEY")
                return FromDer(content, isPublic);
            rest = rest[fields.Location.End..];
        }
        return FromDer(System.Text.Encoding.UTF8.GetBytes(text), isPublic);
    }

    private static AsymmetricAlgorithm FromEncrypted(byte[] content, HlBytes password)
    {
        if (password.IsNull)
            throw SslError.Create(SslError.NoPassword);
        string text = StdStrings.ReadUtf8(password);
        return Try<RSA>(RSA.Create, (key, data) => key.ImportEncryptedPkcs8PrivateKey(text, data, out _), content)
            ?? Try<ECDsa>(ECDsa.Create, (key, data) => key.ImportEncryptedPkcs8PrivateKey(text, data, out _), content)
            ?? throw SslError.Create(SslError.WrongPassword);
    }

    private static AsymmetricAlgorithm FromDer(ReadOnlySpan<byte> data, bool isPublic)
    {
        AsymmetricAlgorithm? key = isPublic
            ? Try<RSA>(RSA.Create, static (key, data) => key.ImportSubjectPublicKeyInfo(data, out _), data)
                ?? Try<ECDsa>(ECDsa.Create, static (key, data) => key.ImportSubjectPublicKeyInfo(data, out _), data)
                ?? Try<RSA>(RSA.Create, static (key, data) => key.ImportRSAPublicKey(data, out _), data)
            : Try<RSA>(RSA.Create, static (key, data) => key.ImportPkcs8PrivateKey(data, out _), data)
                ?? Try<ECDsa>(ECDsa.Create, static (key, data) => key.ImportPkcs8PrivateKey(data, out _), data)
                ?? Try<RSA>(RSA.Create, static (key, data) => key.ImportRSAPrivateKey(data, out _), data)
                ?? Try<ECDsa>(ECDsa.Create, static (key, data) => key.ImportECPrivateKey(data, out _), data);
        return key ?? throw SslError.Create(isPublic ? SslError.PublicKeyFormat : SslError.KeyFormat);
    }

    private static AsymmetricAlgorithm? Try<T>(Func<T> create, Importer<T> import, ReadOnlySpan<byte> data) where T : AsymmetricAlgorithm
    {
        T key = create();
        try
        {
            import(key, data);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }
}
