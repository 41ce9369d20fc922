namespace HlDynamic.Runtime;

/// <summary>
/// Faults in compiled code, such as a null access, that leave it without any Haxe code having caught them: .NET
/// programs see them as the <see cref="HaxeException"/> that Haxe code would have caught.
/// </summary>
internal static class HlFaults
{
    /// <summary>The exception that a fault becomes; null for what passes as it is.</summary>
    public static HaxeException? Translate(Exception exception) =>
        exception is not HlException && HlExceptions.ValueOf(exception) is HlBytes error ? new HaxeException(error, exception) : null;

    /// <summary>Runs compiled code.</summary>
    public static T Run<T>(Func<T> code)
    {
        try
        {
            return code();
        }
        catch (Exception e) when (Translate(e) is { } fault)
        {
            throw fault;
        }
    }

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public static unsafe void Run(delegate*<void> code)
    {
        try
        {
            code();
        }
        catch (Exception e) when (Translate(e) is { } fault)
        {
            throw fault;
        }
    }

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public static void Run(Action code)
    {
        try
        {
            code();
        }
        catch (Exception e) when (Translate(e) is { } fault)
        {
            throw fault;
        }
    }
}
