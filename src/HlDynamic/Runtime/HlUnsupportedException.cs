namespace HlDynamic.Runtime;

/// <summary>
/// A native function that only makes sense inside of HashLink's own process. Other than one that is missing
/// (<see cref="HlLinkException"/>) it is known, and left out by design.
/// </summary>
public sealed class HlUnsupportedException : HlException
{
    internal HlUnsupportedException(string library, string name, string reason)
        : base(HlErrorCode.Unsupported, $"The native {library}.{name} is not supported: {reason}.")
    {
        Library = library;
        NativeName = name;
        Reason = reason;
    }

    /// <summary>The library, as in <c>@:hlNative("std")</c>.</summary>
    public string Library { get; }

    /// <summary>The function's name in the library.</summary>
    public string NativeName { get; }

    /// <summary>Why it is not supported, and what to use instead.</summary>
    public string Reason { get; }
}
