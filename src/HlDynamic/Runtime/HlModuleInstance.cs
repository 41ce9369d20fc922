using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>A module that is loaded into a VM: its bytecode, the assembly it was compiled to, and its types there.</summary>
internal sealed class HlModuleInstance
{
    [ThreadStatic]
    private static HlModuleInstance? loading;

    // From code to the VM it runs in; an assembly belongs to one, and the table does not keep it alive.
    private static readonly ConditionalWeakTable<Assembly, HlModuleInstance> Instances = new();

    private readonly ImageMap map;
    private LateBindings? lateBindings;
    private byte[]?[]? stringBytes;
    private HlString?[]? strings;
    private int[]? functionsByRow, typesByRow;

    public HlModuleInstance(HlContext context, HlModule module, Assembly assembly, ImageMap map, byte[]? symbols)
    {
        Context = context;
        Module = module;
        Assembly = assembly;
        Symbols = symbols;
        this.map = map;
        Types = new HlType[module.Types.Length];
        foreach (HlTypeDef type in module.Types)
            Types[type.Index] = context.TryGetBasic(type.Kind) ?? new HlType(context, this, type);
        context.Modules.Add(this);
        Instances.AddOrUpdate(assembly, this);
    }

    public HlContext Context { get; }

    public HlModule Module { get; }

    public Assembly Assembly { get; }

    /// <summary>The types by their index in the bytecode. Types without more than a kind are those of the context.</summary>
    public HlType[] Types { get; }

    /// <summary>The fields that objects of some class get late.</summary>
    public LateBindings LateBindings => lateBindings ??= new LateBindings(Module);

    /// <summary>The portable PDB of the assembly, for stack traces.</summary>
    public byte[]? Symbols { get; }

    /// <summary>The frames of call stacks that were met, by the key of their method and the offset in its CIL.</summary>
    public ConcurrentDictionary<(nint Method, int Offset), HlFrame> Frames => LazyInitializer.EnsureInitialized(ref frames);

    private ConcurrentDictionary<(nint Method, int Offset), HlFrame>? frames;

    /// <summary>Connects the assembly's static fields with this instance, by running the initializer of its module class.</summary>
    public void Connect()
    {
        loading = this;
        try
        {
            RuntimeHelpers.RunClassConstructor(Resolve(map.ModuleClass).TypeHandle);
        }
        finally
        {
            loading = null;
        }
    }

    /// <summary>The instance that <see cref="Connect"/> connects; the assembly's initializer asks for it.</summary>
    public static HlModuleInstance Current() =>
        loading ?? throw new InvalidOperationException("A compiled module runs only in a VM that loaded it.");

    /// <summary>The module that was compiled to an assembly; null for every other assembly.</summary>
    public static HlModuleInstance? Find(Assembly assembly) => Instances.TryGetValue(assembly, out HlModuleInstance? found) ? found : null;

    /// <summary>The type that one of the assembly's classes represents; null for classes that stand for none.</summary>
    public HlType? FindType(Type type)
    {
        if (type.Assembly != Assembly)
            return null;
        typesByRow ??= ImageMap.Invert(map.Types);
        int row = type.MetadataToken & 0xFFFFFF;
        return row < typesByRow.Length && typesByRow[row] is var index and >= 0 ? Types[index] : null;
    }

    /// <summary>A constant of the byte pool, copied so that the program may write to it.</summary>
    public HlBytes GetBytes(int index) => HlBytes.Copy(Module.ByteConstant(index));

    /// <summary>The only value of an enum's constructor without parameters.</summary>
    public HlEnum GetEnum(HlType type, int constructor) => type.Constructors[constructor].Single;

    /// <summary>A string constant as bytes, the same each time.</summary>
    public HlBytes GetBytesOfString(int index)
    {
        byte[]?[] all = stringBytes ?? Interlocked.CompareExchange(ref stringBytes, new byte[Module.Strings.Length][], null) ?? stringBytes;
        byte[] buffer = all[index] ?? Interlocked.CompareExchange(ref all[index], HlBytes.FromString(Module.Strings[index]).Buffer, null) ?? all[index]!;
        return new HlBytes(buffer, 0);
    }

    /// <summary>A string constant, the same each time.</summary>
    public HlString GetString(HlType type, int index)
    {
        HlString?[] all = strings ?? Interlocked.CompareExchange(ref strings, new HlString[Module.Strings.Length], null) ?? strings;
        return all[index] ?? Interlocked.CompareExchange(ref all[index], HlString.Create(type, Module.Strings[index]), null) ?? all[index]!;
    }

    /// <summary>The class of a class, structure or enum.</summary>
    public Type GetClass(HlTypeDef type) => Resolve(map.Types[type.Index]);

    /// <summary>The class of a constructor that has parameters, of an enum that has several constructors.</summary>
    public Type GetConstructorClass(HlEnumTypeDef type, int constructor)
    {
        int row = map.Constructors[type.Index];
        for (int i = 0; i < constructor; i++)
            row += type.Constructors[i].Parameters.IsEmpty ? 0 : 1;
        return Resolve(row);
    }

    /// <summary>The static field of a global.</summary>
    public FieldInfo GetGlobal(int index) => Assembly.ManifestModule.ResolveField(0x04000000 | map.FirstGlobal + index)!;

    /// <summary>The method a function was compiled to.</summary>
    public MethodInfo GetMethod(HlFunctionDef function) =>
        (MethodInfo)Assembly.ManifestModule.ResolveMethod(0x06000000 | map.Functions[function.Index])!;

    /// <summary>Runs the entry point.</summary>
    public unsafe void RunEntryPoint()
    {
        // Not as a delegate: looking a method up as an object takes a millisecond the first time.
        var run = (delegate*<void>)MethodHandle(map.Functions[Module.EntryPoint]).GetFunctionPointer();
        using var ended = new CancellationTokenSource();
        if (map.PartCount > PartsAlone && Environment.ProcessorCount > 1)
            new Thread(PrepareParts) { IsBackground = true, Name = "Entry point" }.Start(ended.Token);
        try
        {
            HlFaults.Run(run);
        }
        finally
        {
            ended.Cancel();
        }
    }

    // How many parts are compiled before a second thread would have started.
    private const int PartsAlone = 4;

    // Most of the time a large entry point takes is that of the JIT. While its first parts are compiled and run, another
    // thread compiles the last ones, until the two meet.
    private void PrepareParts(object? ended)
    {
        try
        {
            for (int i = map.PartCount - 1; i > 0 && !((CancellationToken)ended!).IsCancellationRequested; i--)
                RuntimeHelpers.PrepareMethod(MethodHandle(map.FirstPart + i));
        }
        catch (Exception)
        {
            // Who runs the part meets the same, and can tell whom it concerns.
        }
    }

    /// <summary>The function that a method was compiled from; null for the methods around them.</summary>
    public HlFunctionDef? FindFunction(MethodBase method)
    {
        if (method.Module.Assembly != Assembly)
            return null;
        functionsByRow ??= IndexFunctions();
        int row = method.MetadataToken & 0xFFFFFF;
        return row < functionsByRow.Length && functionsByRow[row] is var index and >= 0 ? Module.FindFunction(index) : null;
    }

    // The parts of the entry point stand for it, not the method that calls them.
    private int[] IndexFunctions()
    {
        int[] index = ImageMap.Invert(map.Functions);
        int known = index.Length, length = Math.Max(known, map.FirstPart + map.PartCount);
        for (int i = 0; i < map.Copies.Length; i += 2)
            length = Math.Max(length, map.Copies[i] + 1);
        Array.Resize(ref index, length);
        index.AsSpan(known).Fill(-1);
        for (int i = 0; i < map.Copies.Length; i += 2)
            index[map.Copies[i]] = map.Copies[i + 1];
        if (map.PartCount > 0)
        {
            index[map.Functions[Module.EntryPoint]] = -1;
            index.AsSpan(map.FirstPart, map.PartCount).Fill(Module.EntryPoint);
        }
        return index;
    }

    private RuntimeMethodHandle MethodHandle(int row) => Assembly.ManifestModule.ModuleHandle.ResolveMethodHandle(0x06000000 | row);

    private Type Resolve(int row) => Assembly.ManifestModule.ResolveType(0x02000000 | row);
}
