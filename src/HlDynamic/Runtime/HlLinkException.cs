namespace HlDynamic.Runtime;

/// <summary>A native function that a program calls and nobody provides, or whose signature does not fit.</summary>
public sealed class HlLinkException : HlException
{
    private HlLinkException(string library, string name, string signature, string reason)
        : base(HlErrorCode.MissingNative, $"The native {library}.{name} {signature} {reason}.")
    {
        Library = library;
        NativeName = name;
        Signature = signature;
    }

    /// <summary>The library, as in <c>@:hlNative("std")</c>.</summary>
    public string Library { get; }

    /// <summary>The function's name in the library.</summary>
    public string NativeName { get; }

    /// <summary>The signature the bytecode declares, as HashLink writes function types.</summary>
    public string Signature { get; }

    internal static HlLinkException Missing(string library, string name, string signature, string reason) =>
        new(library, name, signature, reason);
}
