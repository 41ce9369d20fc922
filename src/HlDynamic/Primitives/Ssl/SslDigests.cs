using System.Security.Cryptography;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Ssl;

/// <summary>Digests and signatures (HashLink libs/ssl/ssl.c).</summary>
internal static class SslDigests
{
    [HlPrimitive("ssl", "dgst_make")]
    public static HlBytes DgstMake(HlBytes data, int length, HlBytes algorithm, ref int size)
    {
        byte[] digest = CryptographicOperations.HashData(Find(algorithm), Bytes(data, length));
        size = digest.Length;
        return new HlBytes(digest);
    }

    [HlPrimitive("ssl", "dgst_sign")]
    public static HlBytes DgstSign(HlBytes data, int length, object key, HlBytes algorithm, ref int size)
    {
        HashAlgorithmName name = Find(algorithm);
        ReadOnlySpan<byte> bytes = Bytes(data, length);
        byte[] signature;
        try
        {
            signature = key switch
            {
                RSA rsa => rsa.SignData(bytes, name, RSASignaturePadding.Pkcs1),
                _ => ((ECDsa)key).SignData(bytes, name, DSASignatureFormat.Rfc3279DerSequence),
            };
        }
        catch (CryptographicException)
        {
            throw SslError.Create(SslError.CannotSign);
        }
        size = signature.Length;
        return new HlBytes(signature);
    }

    [HlPrimitive("ssl", "dgst_verify")]
    public static bool DgstVerify(HlBytes data, int length, HlBytes signature, int signatureLength, object key, HlBytes algorithm)
    {
        HashAlgorithmName name = Find(algorithm);
        ReadOnlySpan<byte> bytes = Bytes(data, length), signed = Bytes(signature, signatureLength);
        return key switch
        {
            RSA rsa => rsa.VerifyData(bytes, signed, name, RSASignaturePadding.Pkcs1),
            _ => ((ECDsa)key).VerifyData(bytes, signed, name, DSASignatureFormat.Rfc3279DerSequence),
        };
    }

    private static ReadOnlySpan<byte> Bytes(HlBytes bytes, int length) => length == 0 ? [] : bytes.Span(0, length);

    private static HashAlgorithmName Find(HlBytes name) => StdStrings.ReadUtf8(name) switch
    {
        "MD5" => HashAlgorithmName.MD5,
        "SHA1" => HashAlgorithmName.SHA1,
        "SHA256" => HashAlgorithmName.SHA256,
        "SHA384" => HashAlgorithmName.SHA384,
        "SHA512" => HashAlgorithmName.SHA512,
        "SHA224" or "RIPEMD160" => throw HaxeError.Text($"The hash algorithm {StdStrings.ReadUtf8(name)} is not provided by .NET"),
        var unknown => throw HaxeError.Text("Unknown hash algorithm: " + unknown),
    };
}
