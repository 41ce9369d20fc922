using System.Security.Cryptography.X509Certificates;

namespace HlDynamic.Primitives.Ssl;

/// <summary>Whom to trust: what the system does, and whether a chain leads to one of those a program names.</summary>
internal static class SslTrust
{
    /// <summary>The certificates that the system trusts; null where there is no store of them but files.</summary>
    public static SslCertificate? LoadDefaults()
    {
        if (!OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS())
            return null;
        using X509Store store = new(StoreName.Root, OperatingSystem.IsWindows() ? StoreLocation.CurrentUser : StoreLocation.LocalMachine);
        store.Open(OpenFlags.ReadOnly);
        return store.Certificates.Count == 0 ? null : new SslCertificate(store.Certificates);
    }

    /// <summary>How .NET is to build chains: from what it is given, without asking anyone.</summary>
    public static X509ChainPolicy Policy(SslCertificate? trusted)
    {
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        };
        if (trusted is not null)
            policy.CustomTrustStore.AddRange(trusted.Chain.ToArray());
        return policy;
    }

    /// <summary>
    /// Whether a chain is sound and has a trusted certificate in it: another than the first, also one that is signed
    /// by others, or the first if it signs itself.
    /// </summary>
    public static bool Accepts(X509Chain? chain, SslCertificate? trusted)
    {
        const X509ChainStatusFlags Incomplete = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;
        if (chain is null || trusted is null)
            return false;
        foreach (X509ChainStatus status in chain.ChainStatus)
            if ((status.Status & ~Incomplete) != 0)
                return false;
        for (int i = 0; i < chain.ChainElements.Count; i++)
        {
            X509Certificate2 link = chain.ChainElements[i].Certificate;
            bool mayCount = i > 0 || link.SubjectName.RawData.AsSpan().SequenceEqual(link.IssuerName.RawData);
            if (mayCount && trusted.Chain.Any(t => t.RawDataMemory.Span.SequenceEqual(link.RawDataMemory.Span)))
                return true;
        }
        return false;
    }
}
