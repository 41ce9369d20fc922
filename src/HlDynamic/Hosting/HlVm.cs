using System.Reflection;
using System.Runtime.Loader;
using HlDynamic.Bytecode;
using HlDynamic.Compilation;
using HlDynamic.Primitives;
using HlDynamic.Runtime;

namespace HlDynamic;

/// <summary>
/// A HashLink program, loaded: the way into everything the library does. Several VMs can live side by side, of the
/// same module or of different ones; they share nothing.
/// </summary>
public sealed partial class HlVm : IDisposable
{
    private readonly AssemblyLoadContext loadContext;
    private bool started;

    private HlVm(HlModule module, HlVmOptions options)
    {
        Module = module;
        Context = new HlContext
        {
            Arguments = options.Arguments,
            ProgramPath = module.Name,
            Output = options.Output ?? Console.OpenStandardOutput(),
            Error = options.Error ?? Console.OpenStandardError(),
            Input = options.Input ?? Console.OpenStandardInput(),
            Exiting = options.Exiting,
        };
        string name = Path.GetFileNameWithoutExtension(module.Name);
        var names = new ClrNames(module);
        CompiledModule compiled = ModuleCompiler.Compile(module, names, new CompilerOptions { AssemblyName = name, Coverage = options.Coverage });
        loadContext = new AssemblyLoadContext(name, options.Unloadable);
        Assembly assembly = loadContext.LoadFromStream(new MemoryStream(compiled.Image, writable: false),
            compiled.Symbols is null ? null : new MemoryStream(compiled.Symbols, writable: false));
        Program = new HlModuleInstance(Context, module, names, assembly, compiled.Symbols, compiled.TypeTokens);
        Program.Connect();
    }

    /// <summary>The bytecode of the program.</summary>
    public HlModule Module { get; }

    internal HlContext Context { get; }

    internal HlModuleInstance Program { get; }

    internal bool IsDisposed { get; private set; }

    /// <summary>Loads a <c>.hl</c> file and, unless the options say otherwise, runs its entry point.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to load it.</param>
    /// <exception cref="HlBytecodeException">The file is not valid HashLink bytecode.</exception>
    /// <exception cref="HaxeException">The entry point threw an exception that it did not catch.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static HlVm Load(string path, HlVmOptions? options = null) => Load(HlModule.Read(path), options);

    /// <summary>Loads a module that has been read already.</summary>
    /// <param name="module">The module.</param>
    /// <param name="options">How to load it.</param>
    /// <exception cref="HlBytecodeException">The module has a shape that cannot be compiled.</exception>
    /// <exception cref="HaxeException">The entry point threw an exception that it did not catch.</exception>
    public static HlVm Load(HlModule module, HlVmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        options ??= new HlVmOptions();
        var vm = new HlVm(module, options);
        if (options.RunEntryPoint)
            vm.Start();
        return vm;
    }

    /// <summary>Runs the module's entry point, which initialises its statics and calls <c>main</c>.</summary>
    /// <exception cref="InvalidOperationException">It ran already.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    /// <exception cref="HaxeException">It threw an exception that it did not catch.</exception>
    public void Start()
    {
        ThrowIfDisposed();
        if (started)
            throw new InvalidOperationException($"The entry point of {Module.Name} ran already.");
        started = true;
        try
        {
            HlFaults.Run(Program.GetMethod(Module.FindFunction(Module.EntryPoint)!).CreateDelegate<Action>());
        }
        catch (Exception e) when (e is not HlExitException)
        {
            StdErrors.CallHandler(Context, e);
            throw;
        }
    }

    /// <summary>The type of this full name, such as <c>com.example.Player</c>; null if there is none.</summary>
    public HlType? FindType(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ThrowIfDisposed();
        types ??= Program.Types.Where(t => t.Definition is HlObjectTypeDef or HlEnumTypeDef { Name.Length: > 0 })
            .GroupBy(t => t.Name).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return types.GetValueOrDefault(name);
    }

    private Dictionary<string, HlType>? types;

    /// <summary>Ends the VM. Its code can be unloaded, if it was loaded so, once none of its objects is used any more.</summary>
    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        if (loadContext.IsCollectible)
            loadContext.Unload();
    }
}
