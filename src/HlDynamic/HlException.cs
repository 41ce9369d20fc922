namespace HlDynamic;

/// <summary>What went wrong, for programs to tell errors apart; the message is for people.</summary>
public enum HlErrorCode
{
    /// <summary>Bytecode is truncated, corrupted or of an unknown version.</summary>
    InvalidBytecode,
    /// <summary>A native function is missing or its signature does not fit.</summary>
    MissingNative,
    /// <summary>There is no such type, field, method or static.</summary>
    MissingMember,
    /// <summary>A value cannot be converted to the type that is wanted.</summary>
    InvalidConversion,
    /// <summary>The VM has been disposed.</summary>
    Disposed,
    /// <summary>The bytecode uses something that is not supported.</summary>
    Unsupported,
    /// <summary>The program ended itself.</summary>
    Exit,
    /// <summary>Haxe code threw an exception.</summary>
    HaxeException,
}

/// <summary>The base of every error this library raises.</summary>
public abstract class HlException : Exception
{
    private protected HlException(HlErrorCode code, string message, Exception? inner = null) : base(message, inner) => Code = code;

    /// <summary>What kind of error this is.</summary>
    public HlErrorCode Code { get; }
}
