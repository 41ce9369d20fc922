namespace HlDynamic.Runtime;

/// <summary>What Haxe code threw: any value.</summary>
public sealed class HaxeException : HlException
{
    /// <summary>Makes an exception that Haxe code catches as <paramref name="value"/>.</summary>
    /// <param name="value">The thrown value, as Haxe holds it.</param>
    internal HaxeException(object? value) : base(HlErrorCode.HaxeException, "") => Thrown = value;

    internal HaxeException(object? value, Exception inner) : base(HlErrorCode.HaxeException, "", inner) => Thrown = value;

    /// <summary>The thrown value. One that Haxe wrapped in a <c>haxe.ValueException</c> to throw it is unwrapped.</summary>
    public object? Value => HlHost.ToHost(
        Thrown is HlObject { Type: { Name: "haxe.ValueException" } type } wrapper && type.FindMember("value") is HlField inner ? inner.Get(wrapper) : Thrown);

    /// <summary>What Haxe code catches.</summary>
    internal object? Thrown { get; }

    /// <summary>The function and instruction that threw it, if Haxe code did.</summary>
    internal (int Function, int Instruction)? Origin { get; set; }

    /// <summary>The way to its handler if it took it by returning, which comes before what .NET has of its stack.</summary>
    internal HlReturnedWay? Way { get; init; }

    /// <summary>Whether one that took a way by returning has been thrown for real since.</summary>
    internal bool WasThrown { get; set; }

    /// <summary>The frames it has passed: of Haxe functions that it left by returning, then .NET's.</summary>
    public override string? StackTrace => Way is null ? base.StackTrace : Way.Describe() + base.StackTrace;

    /// <summary>The value as text, the way Haxe's <c>Std.string</c> writes it.</summary>
    public override string Message => HlText.OfValue(Thrown);
}

/// <summary>A Haxe program asked to end: <c>Sys.exit</c>. It passes every Haxe <c>catch</c>.</summary>
public sealed class HlExitException : HlException
{
    internal HlExitException(int exitCode) : base(HlErrorCode.Exit, $"The program ended itself with exit code {exitCode}.") => ExitCode = exitCode;

    /// <summary>The exit code the program gave.</summary>
    public int ExitCode { get; }
}

/// <summary>Makes the exceptions that the runtime itself throws into Haxe code.</summary>
internal static class HaxeError
{
    /// <summary>An error whose value is a text, as HashLink's own errors are (HashLink std/error.c: <c>hl_error</c>).</summary>
    public static HaxeException Text(string message) => new(HlBox.Bytes(HlBytes.FromString(message)));

    public static HaxeException NullAccess() => Text("Null access");

    public static HaxeException NullAccess(string field) => Text("Null access ." + field);

    public static HaxeException CannotCast(string from, string to) => Text($"Can't cast {from} to {to}");

    public static HaxeException StackOverflow() => Text("Stack overflow");
}
