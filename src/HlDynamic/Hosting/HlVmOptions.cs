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

    /// <summary>
    /// A directory in which compiled modules are kept, so that a file that was loaded before, by any process and with
    /// the same version of this library, is not compiled again. It is made when it is first needed, and may be shared
    /// by processes and deleted at any time. What is in it is run: nobody else should be able to write to it. A
    /// directory that cannot be read or written never fails a load; modules are compiled then. Null, the default,
    /// keeps nothing. Applies to modules that are loaded from a file, not to those that the caller has read.
    /// </summary>
    public string? CacheDirectory { get; init; }

    /// <summary>How many bytes the files in <see cref="CacheDirectory"/> may have together; those used least recently are removed.</summary>
    public long CacheSizeLimit { get; init; } = 256 << 20;

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

    /// <summary>
    /// Called with the exit code when the program asks to end (<c>Sys.exit</c>), on the thread that asks, before that
    /// thread's Haxe code is left by an <see cref="Runtime.HlExitException"/>. Other threads of the program go on: it is the
    /// host that decides what ends. A thread that the program made itself ends quietly.
    /// </summary>
    public Action<int>? Exiting { get; init; }

    /// <summary>
    /// Whether the process's first load gets ready what the first uses through <c>dynamic</c> need, on a thread of its own. That takes
    /// some milliseconds of another processor, which programs that use no <c>dynamic</c> may save; nothing is done where there is only one.
    /// </summary>
    public bool WarmUp { get; init; } = true;

    /// <summary>Whether compiled code notes which opcodes run.</summary>
    internal bool Coverage { get; init; }
}
