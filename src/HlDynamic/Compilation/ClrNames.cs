using System.Collections.Immutable;
using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>The names that a module's types and functions have as CLR types and methods.</summary>
internal sealed class ClrNames
{
    /// <summary>The class that holds the module's globals.</summary>
    public const string Globals = "hl.$Globals";

    /// <summary>The class that connects the assembly with its VM.</summary>
    public const string Module = "hl.$Module";

    /// <summary>The class that holds functions which belong to no class.</summary>
    public const string Functions = "hl.$Functions";

    /// <summary>The class whose methods stand for static functions in closures.</summary>
    public const string Closures = "hl.$Closures";

    private readonly string?[] types;
    private readonly ClrMethodName?[] methods;

    public ClrNames(HlModule module)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { Globals, Module, Functions, Closures };
        types = new string?[module.Types.Length];
        methods = new ClrMethodName?[module.CallableCount];
        foreach (HlTypeDef type in module.Types)
        {
            types[type.Index] = type switch
            {
                HlObjectTypeDef obj => Unique(taken, Clean(obj.Name), type.Index),
                HlEnumTypeDef e => Unique(taken, e.Name.Length == 0 ? "hl.Environment" + type.Index : Clean(e.Name), type.Index),
                HlVirtualTypeDef => Unique(taken, "hl.Structure" + type.Index, type.Index),
                _ => null,
            };
        }
        foreach (HlTypeDef type in module.Types)
        {
            if (type is HlEnumTypeDef e)
                for (int i = 0; i < e.Constructors.Length; i++)
                    taken.Add(ConstructorType(e, i));
        }
        AssignMethods(module);
    }

    /// <summary>The CLR name of a class, struct, structure or enum.</summary>
    public string TypeName(HlTypeDef type) => types[type.Index]!;

    /// <summary>The CLR name of the class of an enum constructor that has parameters, where the enum has several constructors.</summary>
    public string ConstructorType(HlEnumTypeDef type, int constructor) =>
        $"{TypeName(type)}.{Clean(type.Constructors[constructor].Name)}${constructor}";

    /// <summary>Where a function is found.</summary>
    public ClrMethodName Method(HlFunctionDef function) => methods[function.Index]!;

    private void AssignMethods(HlModule module)
    {
        // By class; functions of none come last.
        var taken = new HashSet<string>?[module.Types.Length + 1];
        HashSet<string> TakenIn(HlObjectTypeDef? owner) => taken[owner?.Index ?? module.Types.Length] ??= new HashSet<string>(StringComparer.Ordinal);
        // Methods first: they must have their own names, for overriding goes by name.
        foreach (HlTypeDef type in module.Types)
        {
            if (type is not HlObjectTypeDef obj)
                continue;
            foreach (HlPrototypeDef prototype in obj.Prototypes)
            {
                if (module.FindFunction(prototype.FunctionIndex) is not { } function || methods[function.Index] is not null)
                    continue;
                ImmutableArray<HlTypeDef> parameters = function.Type.Parameters;
                bool instance = parameters.Length > 0 && parameters[0] == obj;
                string name = Unique(TakenIn(obj), prototype.Name, function.Index);
                methods[function.Index] = new ClrMethodName(obj, name, instance);
            }
        }
        foreach (HlFunctionDef function in module.Functions)
        {
            if (methods[function.Index] is not null)
                continue;
            HlObjectTypeDef? owner = function.Owner;
            methods[function.Index] = new ClrMethodName(owner, Unique(TakenIn(owner), function.Name ?? "fun$" + function.Index, function.Index), false);
        }
    }

    private static string Unique(HashSet<string> taken, string name, int index)
    {
        if (!taken.Add(name))
            taken.Add(name += "$" + index);
        return name;
    }

    // What the CLR's own type name grammar gives a meaning.
    private static string Clean(string name)
    {
        if (name.Length == 0)
            return "_";
        bool isClean = name[0] != '.' && name[^1] != '.' && !name.Contains("..", StringComparison.Ordinal);
        foreach (char c in name)
            isClean &= !HasMeaning(c);
        return isClean ? name : string.Concat(name.Select(c => c == '.' || HasMeaning(c) ? '_' : c));
    }

    private static bool HasMeaning(char c) => c is '+' or ',' or '[' or ']' or '&' or '*' or '\\' or '`' or '\0';
}

/// <summary>Where a function is found: its class (null for the module's function class), its name, and whether its first parameter is <c>this</c>.</summary>
internal sealed record ClrMethodName(HlObjectTypeDef? Owner, string Name, bool IsInstance);
