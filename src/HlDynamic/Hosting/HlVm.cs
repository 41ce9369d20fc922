using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using HlDynamic.Bytecode;
using HlDynamic.Compilation;
using HlDynamic.Dynamic;
using HlDynamic.Primitives;
using HlDynamic.Runtime;

namespace HlDynamic;

/// <summary>
/// A HashLink program, loaded: the way into everything the library does. Several VMs can live side by side, of the
/// same module or of different ones; they share nothing.
/// </summary>
[DebuggerDisplay("VM of {Module.Name,nq}")]
public sealed partial class HlVm : IDisposable
{
    private readonly AssemblyLoadContext loadContext;
    private bool started;

    private HlVm(HlModule module, HlVmOptions options, CachedModule compiled, bool isFromCache)
    {
        Module = module;
        IsFromCache = isFromCache;
        Context = new HlContext
        {
            Arguments = options.Arguments,
            ProgramPath = module.Name,
            Output = options.Output ?? Console.OpenStandardOutput(),
            Error = options.Error ?? Console.OpenStandardError(),
            Input = options.Input,
            Exiting = options.Exiting,
        };
        loadContext = new AssemblyLoadContext(Path.GetFileNameWithoutExtension(module.Name), options.Unloadable);
        // Natives may be in an assembly that is not found by its name.
        if (options.Natives.Count > 0)
            ResolveNatives(loadContext, options.Natives);
        Assembly assembly = loadContext.LoadFromStream(Stream(compiled.Image), compiled.Symbols.Count == 0 ? null : Stream(compiled.Symbols));
        Program = new HlModuleInstance(Context, module, assembly, compiled.Map, compiled.Symbols.Count == 0 ? null : compiled.Symbols.AsSpan().ToArray());
        Program.Connect();
    }

    private static void ResolveNatives(AssemblyLoadContext context, IReadOnlyList<Type> natives) =>
        context.Resolving += (_, wanted) => natives.Select(t => t.Assembly).FirstOrDefault(a => a.GetName().Name == wanted.Name);

    /// <summary>The bytecode of the program.</summary>
    public HlModule Module { get; }

    internal HlContext Context { get; }

    internal HlModuleInstance Program { get; }

    /// <summary>Whether the compile cache had the module.</summary>
    internal bool IsFromCache { get; }

    internal bool IsDisposed { get; private set; }

    /// <summary>Loads a <c>.hl</c> file and, unless the options say otherwise, runs its entry point.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to load it.</param>
    /// <exception cref="HlBytecodeException">The file is not valid HashLink bytecode.</exception>
    /// <exception cref="HaxeException">The entry point threw an exception that it did not catch.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static HlVm Load(string path, HlVmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new HlVmOptions();
        if (options.WarmUp)
            Dynamic.WarmUp.Start(typeof(HlVm));
        // What is compiled depends on natives too, which the cache does not tell apart.
        if (options.CacheDirectory is null || options.Natives.Count > 0)
            return Load(HlModule.Read(path), options);
        byte[] content = File.ReadAllBytes(path);
        CompilerOptions compilerOptions = CompilerOptionsFor(path, options);
        var cache = new CompileCache(options.CacheDirectory, options.CacheSizeLimit);
        if (cache.Find(content, compilerOptions) is { } cached)
            return Start(new HlVm(HlModuleReader.ReadKnown(content, path, cached.FunctionOffsets), options, cached, isFromCache: true), options);
        HlModule module = HlModuleReader.Read(content, path, ownsBytes: true);
        CachedModule compiled = Compile(module, compilerOptions);
        cache.Add(content, compilerOptions, compiled);
        return Start(new HlVm(module, options, compiled, isFromCache: false), options);
    }

    /// <summary>Loads a module that has been read already.</summary>
    /// <param name="module">The module.</param>
    /// <param name="options">How to load it.</param>
    /// <exception cref="HlBytecodeException">The module has a shape that cannot be compiled.</exception>
    /// <exception cref="HaxeException">The entry point threw an exception that it did not catch.</exception>
    public static HlVm Load(HlModule module, HlVmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        options ??= new HlVmOptions();
        if (options.WarmUp)
            Dynamic.WarmUp.Start(typeof(HlVm));
        return Start(new HlVm(module, options, Compile(module, CompilerOptionsFor(module.Name, options)), isFromCache: false), options);
    }

    private static HlVm Start(HlVm vm, HlVmOptions options)
    {
        if (options.RunEntryPoint)
            vm.Start();
        return vm;
    }

    private static CachedModule Compile(HlModule module, CompilerOptions options)
    {
        CompiledModule compiled = ModuleCompiler.Compile(module, options);
        return new CachedModule(compiled.Image, compiled.Symbols ?? [], compiled.Map, module.FunctionOffsets);
    }

    private static CompilerOptions CompilerOptionsFor(string path, HlVmOptions options) =>
        // A program's natives may be in an assembly with the name of the file, which must not be taken for the module itself.
        new() { AssemblyName = Path.GetFileNameWithoutExtension(path) + ".hl", Coverage = options.Coverage, Natives = options.Natives.Count == 0 ? null : NativeMethods.Find(options.Natives) };

    private static MemoryStream Stream(ArraySegment<byte> bytes) =>
        // Visible, as .NET copies the content of other streams once more.
        new(bytes.Array!, bytes.Offset, bytes.Count, writable: false, publiclyVisible: true);

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
            Program.RunEntryPoint();
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

    /// <summary>The types of the program: classes, structures, enums, functions and all others.</summary>
    public IEnumerable<HlType> Types
    {
        get
        {
            ThrowIfDisposed();
            return Program.Types.Distinct();
        }
    }

    /// <summary>The type of a value as Haxe has it; null for null.</summary>
    /// <param name="value">A Haxe object, or what .NET programs see of another value.</param>
    public HlType? TypeOf(object? value)
    {
        ThrowIfDisposed();
        return value is null ? null : Context.TypeOf(HlConvert.ToDynamic(value, Context));
    }

    /// <summary>Ends the VM. Its code can be unloaded, if it was loaded so, once none of its objects is used any more.</summary>
    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        MemberCache.Release(Context);
        if (!loadContext.IsCollectible)
            return;
        Context.ForgetCaught();
        loadContext.Unload();
    }
}
