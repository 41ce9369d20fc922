using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HlDynamic.Primitives.Ssl;

/// <summary>A certificate in a chain of them, which may grow.</summary>
internal sealed class SslCertificate
{
    private readonly List<X509Certificate2> all;
    private readonly int index;

    private SslCertificate(List<X509Certificate2> all, int index)
    {
        this.all = all;
        this.index = index;
    }

    public SslCertificate(IEnumerable<X509Certificate2> all) : this([.. all], 0)
    {
    }

    /// <summary>This one and those after it.</summary>
    public IEnumerable<X509Certificate2> Chain => all.Skip(index);

    public X509Certificate2 First => all[index];

    public SslCertificate? Next => index + 1 < all.Count ? new SslCertificate(all, index + 1) : null;

    /// <summary>Appends to the chain, whichever of its certificates this is.</summary>
    public void Add(IEnumerable<X509Certificate2> more) => all.AddRange(more);

    /// <summary>Reads certificates in PEM, those that can be read if there are several, or one in DER.</summary>
    /// <exception cref="Runtime.HaxeException">There is none.</exception>
    public static List<X509Certificate2> Read(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<char> text = System.Text.Encoding.Latin1.GetString(data);
        if (!text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
            return [ReadDer(data)];
        var found = new List<X509Certificate2>();
        Runtime.HaxeException? failure = null;
        while (PemEncoding.TryFind(text, out PemFields fields))
        {
            if (text[fields.Label] is "CERTIFICATE")
                try
                {
                    found.Add(ReadDer(Convert.FromBase64String(text[fields.Base64Data].ToString())));
                }
                catch (Runtime.HaxeException e)
                {
                    failure ??= e;
                }
            text = text[fields.Location.End..];
        }
        if (found.Count > 0)
            return found;
        throw failure ?? SslError.Create(
            text.Contains("-----END CERTIFICATE-----", StringComparison.Ordinal) ? SslError.PemData : SslError.CertificateUnknown);
    }

    /// <summary>Reads a certificate in DER.</summary>
    /// <exception cref="Runtime.HaxeException">It is none.</exception>
    public static X509Certificate2 ReadDer(ReadOnlySpan<byte> data)
    {
        try
        {
            if (!data.IsEmpty && X509Certificate2.GetCertContentType(data) == X509ContentType.Cert)
                return X509CertificateLoader.LoadCertificate(data);
        }
        catch (CryptographicException)
        {
            // Said below, in the words that programs know.
        }
        throw SslError.Create(SslError.CertificateFormat);
    }

    /// <summary>A part of a name, as its bytes are; null if the name has none of that kind.</summary>
    public static string? Find(X500DistinguishedName name, string kind)
    {
        var parts = new AsnReader(name.RawData, AsnEncodingRules.DER).ReadSequence();
        while (parts.HasData)
        {
            AsnReader alternatives = parts.ReadSetOf();
            while (alternatives.HasData)
            {
                AsnReader part = alternatives.ReadSequence();
                string id = part.ReadObjectIdentifier();
                if (NameKinds.TryGetValue(id, out string? known) && known == kind)
                    return Show(ContentOf(part.ReadEncodedValue().Span));
            }
        }
        return null;
    }

    /// <summary>The other names that a certificate is for.</summary>
    public static IReadOnlyList<string> OtherNames(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (X509Extension extension in certificate.Extensions)
            if (extension is X509SubjectAlternativeNameExtension)
            {
                AsnReader reader = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
                while (reader.HasData)
                    names.Add(Show(ContentOf(reader.ReadEncodedValue().Span)));
            }
        return names;
    }

    private static ReadOnlySpan<byte> ContentOf(ReadOnlySpan<byte> value)
    {
        AsnDecoder.ReadEncodedValue(value, AsnEncodingRules.DER, out int offset, out int length, out _);
        return value.Slice(offset, length);
    }

    // A character a byte, whatever the encoding; those that are not shown are question marks.
    private static string Show(ReadOnlySpan<byte> bytes) => string.Create(bytes.Length, bytes, static (target, bytes) =>
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = bytes[i] is < 32 or 127 or (> 128 and < 160) ? '?' : (char)bytes[i];
    });

    private static readonly Dictionary<string, string> NameKinds = new(StringComparer.Ordinal)
    {
        ["2.5.4.3"] = "CN",
        ["2.5.4.4"] = "SN",
        ["2.5.4.5"] = "serialNumber",
        ["2.5.4.6"] = "C",
        ["2.5.4.7"] = "L",
        ["2.5.4.8"] = "ST",
        ["2.5.4.10"] = "O",
        ["2.5.4.11"] = "OU",
        ["2.5.4.12"] = "title",
        ["2.5.4.16"] = "postalAddress",
        ["2.5.4.17"] = "postalCode",
        ["2.5.4.42"] = "GN",
        ["2.5.4.43"] = "initials",
        ["2.5.4.44"] = "generationQualifier",
        ["2.5.4.45"] = "uniqueIdentifier",
        ["2.5.4.46"] = "dnQualifier",
        ["2.5.4.65"] = "pseudonym",
        ["0.9.2342.19200300.100.1.1"] = "uid",
        ["0.9.2342.19200300.100.1.25"] = "DC",
        ["1.2.840.113549.1.9.1"] = "emailAddress",
    };
}
