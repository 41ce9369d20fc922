namespace HlDynamic;

/// <summary>How to load and run a module.</summary>
public sealed record HlVmOptions
{
    /// <summary>The program's arguments: what <c>Sys.args()</c> returns.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether loading runs the module's entry point, which initialises its statics and calls <c>main</c>.</summary>
    public bool RunEntryPoint { get; init; } = true;

    /// <summary>Whether the compiled code can be unloaded with the VM. Such code runs slower: the CLR never optimises it again.</summary>
    public bool Unloadable { get; init; }

    /// <summary>Where the program's standard output goes; the process's own if null.</summary>
    public Stream? Output { get; init; }

    /// <summary>Where the program's standard error goes; the process's own if null.</summary>
    public Stream? Error { get; init; }

    /// <summary>Where the program's standard input comes from; the process's own if null.</summary>
    public Stream? Input { get; init; }

    /// <summary>
    /// Classes whose methods marked with <see cref="Runtime.HlPrimitiveAttribute"/> are natives of the program. They come before
    /// the library's own.
    /// </summary>
    public IReadOnlyList<Type> Natives { get; init; } = [];

    /// <summary>Whether compiled code notes which opcodes run.</summary>
    internal bool Coverage { get; init; }
}
