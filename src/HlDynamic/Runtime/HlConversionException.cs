namespace HlDynamic.Runtime;

/// <summary>A value cannot be converted between .NET and Haxe without loss; the message names what it was meant for.</summary>
public sealed class HlConversionException : HlException
{
    internal HlConversionException(string message, object? value, Exception? inner = null)
        : base(HlErrorCode.InvalidConversion, message, inner) => Value = value;

    /// <summary>The value that does not fit.</summary>
    public object? Value { get; }
}
