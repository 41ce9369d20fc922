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

    private Dictionary<(string, string), HlFunctionDef>? functions;
    private Dictionary<string, HlType>? typesByName;
    private readonly IReadOnlyDictionary<string, int> typeTokens;

    public HlModuleInstance(HlContext context, HlModule module, ClrNames names, Assembly assembly, byte[]? symbols, IReadOnlyDictionary<string, int> typeTokens)
    {
        Context = context;
        Module = module;
        Names = names;
        Assembly = assembly;
        Symbols = symbols;
        this.typeTokens = typeTokens;
        Types = new HlType[module.Types.Length];
        foreach (HlTypeDef type in module.Types)
            Types[type.Index] = context.TryGetBasic(type.Kind) ?? new HlType(context, this, type);
        context.Modules.Add(this);
        Instances.AddOrUpdate(assembly, this);
    }

    public HlContext Context { get; }

    public HlModule Module { get; }

    public ClrNames Names { get; }

    public Assembly Assembly { get; }

    /// <summary>The types by their index in the bytecode. Types without more than a kind are those of the context.</summary>
    public HlType[] Types { get; }

    /// <summary>The portable PDB of the assembly, for stack traces.</summary>
    public byte[]? Symbols { get; }

    /// <summary>The frames of call stacks that were met, by the key of their method and the offset in its CIL.</summary>
    public ConcurrentDictionary<(nint Method, int Offset), HlFrame> Frames { get; } = new();

    /// <summary>Connects the assembly's static fields with this instance, by running the initializer of its module class.</summary>
    public void Connect()
    {
        loading = this;
        try
        {
            RuntimeHelpers.RunClassConstructor(GetClass(ClrNames.Module).TypeHandle);
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
        if (typesByName is null)
        {
            var byName = new Dictionary<string, HlType>();
            foreach (HlType candidate in Types)
                if (candidate.Kind is HlTypeKind.Obj or HlTypeKind.Struct or HlTypeKind.Virtual or HlTypeKind.Enum)
                    byName[Names.TypeName(candidate.Definition!)] = candidate;
            typesByName = byName;
        }
        return type.FullName is { } name ? typesByName.GetValueOrDefault(name) : null;
    }

    /// <summary>A constant of the byte pool, copied so that the program may write to it.</summary>
    public HlBytes GetBytes(int index) => HlBytes.Copy(Module.ByteConstants[index].Span);

    /// <summary>A string constant as bytes.</summary>
    public static HlBytes GetText(string text) => HlBytes.FromString(text);

    /// <summary>The assembly's class of this full name, which must exist.</summary>
    public Type GetClass(string name) => Assembly.ManifestModule.ResolveType(typeTokens[name]);

    /// <summary>The static field of a global.</summary>
    public FieldInfo GetGlobal(int index) =>
        GetClass(ClrNames.Globals).GetField("g" + index, Members)!;

    /// <summary>The method a function was compiled to.</summary>
    public MethodInfo GetMethod(HlFunctionDef function)
    {
        ClrMethodName name = Names.Method(function);
        Type type = GetClass(name.Owner is null ? ClrNames.Functions : Names.TypeName(name.Owner));
        return type.GetMethod(name.Name, Members)!;
    }

    /// <summary>The function that a method was compiled from; null for the methods around them.</summary>
    public HlFunctionDef? FindFunction(MethodBase method)
    {
        if (method.Module.Assembly != Assembly || method.DeclaringType?.FullName is not { } type)
            return null;
        functions ??= IndexFunctions();
        return functions.GetValueOrDefault((type, method.Name));
    }

    private Dictionary<(string, string), HlFunctionDef> IndexFunctions()
    {
        var index = new Dictionary<(string, string), HlFunctionDef>(Module.Functions.Length);
        foreach (HlFunctionDef function in Module.Functions)
        {
            ClrMethodName name = Names.Method(function);
            index[(name.Owner is null ? ClrNames.Functions : Names.TypeName(name.Owner), name.Name)] = function;
        }
        return index;
    }

    private const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
}
