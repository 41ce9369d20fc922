using System.Runtime.ExceptionServices;

namespace HlDynamic.Runtime;

/// <summary>How .NET exceptions and thrown Haxe values turn into each other.</summary>
internal static class HlExceptions
{
    /// <summary>
    /// What Haxe code sees of an exception it catches. The CLR's own exceptions for faults in compiled code become
    /// the errors HashLink raises for them; any other exception is seen as itself.
    /// </summary>
    public static object? Catch(Exception exception, HlContext context)
    {
        object? value = exception switch
        {
            HaxeException haxe => haxe.Thrown,
            HlExitException => Pass(exception),
            _ => ValueOf(exception),
        };
        context.LastCaught.Value = new HlCaughtException(exception, value);
        return value;
    }

    /// <summary>The same, for programs that may ask for the exception's stack when the function that caught it has returned.</summary>
    public static object? CatchWithCallers(Exception exception, HlContext context)
    {
        object? value = Catch(exception, context);
        if (context.LastCaught.Value is { } caught)
            caught.Running = new RawStack(null);
        return value;
    }

    /// <summary>The Haxe value of an exception that nobody in Haxe caught yet.</summary>
    public static object? ValueOf(Exception exception) => exception switch
    {
        HaxeException haxe => haxe.Thrown,
        NullReferenceException => HaxeError.NullAccess().Thrown,
        InvalidCastException => HaxeError.Text("Invalid cast: " + exception.Message).Thrown,
        IndexOutOfRangeException => HaxeError.Text("Access outside of an array").Thrown,
        InsufficientExecutionStackException => HaxeError.StackOverflow().Thrown,
        OutOfMemoryException => HaxeError.Text("Out of memory").Thrown,
        OverflowException => HaxeError.Text("Out of memory").Thrown,
        _ => exception,
    };

    /// <summary>The exception that throws a value; a host exception that Haxe code caught is thrown as itself.</summary>
    public static Exception ToThrow(object? value)
    {
        if (value is Exception host)
            ExceptionDispatchInfo.Throw(host);
        return new HaxeException(value);
    }

    /// <summary>The same, with the place that throws: if the JIT compiled its function into a caller, the stack does not tell.</summary>
    public static Exception ThrowAt(object? value, int function, int instruction)
    {
        Exception exception = ToThrow(value);
        if (exception is HaxeException haxe)
            haxe.Origin = (function, instruction);
        return exception;
    }

    /// <summary>Throws a value again; with the stack of what was caught last.</summary>
    public static Exception Rethrow(object? value, HlContext context)
    {
        if (context.LastCaught.Value is not { } caught || value is Exception)
            return ToThrow(value);
        if (ReferenceEquals(caught.Value, value))
        {
            if (caught.Exception is HaxeException haxe)
                haxe.WasThrown = true;
            ExceptionDispatchInfo.Throw(caught.Exception);
        }
        // Haxe wraps and unwraps what it catches: the value is another one, the stack still that of the first throw.
        return new HaxeException(value, caught.Exception);
    }

    /// <summary>
    /// The exception that throws a value where code returns to its handler instead of throwing; a host exception is thrown for real.
    /// </summary>
    public static HaxeException Return(object? value, HlModuleInstance module, int function, int instruction)
    {
        if (value is Exception host)
            ExceptionDispatchInfo.Throw(host);
        var exception = new HaxeException(value) { Way = new HlReturnedWay(module) };
        exception.Way.Add(function, instruction);
        return exception;
    }

    /// <summary>
    /// The exception that throws a value again where code returns to its handler. One that has been thrown for real is so again, as .NET has its stack.
    /// </summary>
    public static HaxeException ReturnAgain(object? value, HlContext context, HlModuleInstance module, int function, int instruction)
    {
        if (context.LastCaught.Value is not { } caught || value is Exception)
            return Return(value, module, function, instruction);
        // The place that caught it is the last of its way already.
        if (!ReferenceEquals(caught.Value, value))
            return new HaxeException(value, caught.Exception) { Way = new HlReturnedWay(module) };
        if (caught.Exception is HaxeException { Way: not null, WasThrown: false } returned)
            return returned;
        ExceptionDispatchInfo.Throw(caught.Exception);
        return null;
    }

    /// <summary>Notes that a returned exception has come through a call.</summary>
    public static HaxeException Passed(HaxeException exception, int function, int instruction)
    {
        exception.Way!.Add(function, instruction);
        return exception;
    }

    private static object? Pass(Exception exception)
    {
        ExceptionDispatchInfo.Throw(exception);
        return null;
    }
}
