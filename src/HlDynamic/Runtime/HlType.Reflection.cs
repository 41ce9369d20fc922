using System.Diagnostics;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

// What .NET programs ask of a type. Bytecode knows no properties, no interfaces by name, no visibility and no metadata.
[DebuggerDisplay("{Kind} {Name,nq}")]
public sealed partial class HlType
{
    /// <summary>The package: <c>com.example</c> of <c>com.example.Player</c>; empty where there is none.</summary>
    public string Package => Definition is HlObjectTypeDef or HlEnumTypeDef && Name.LastIndexOf('.') is > 0 and var dot ? Name[..dot] : "";

    /// <summary>The structures that a class declares to be: one for each interface it implements, since bytecode knows interfaces by their shape alone.</summary>
    public IReadOnlyList<HlType> Interfaces
    {
        get
        {
            var found = new List<HlType>();
            for (HlType? type = this; type is not null; type = type.Super)
                found.AddRange(type.Fields.Where(f => f.Name.Length == 0 && f.FieldType.Kind == HlTypeKind.Virtual).Select(f => f.FieldType));
            return [.. found.Distinct()];
        }
    }

    /// <summary>The type inside a <c>null</c>, <c>ref</c> or <c>packed</c> type, and of the elements of one of Haxe's array classes; else null.</summary>
    public HlType? ElementType => Inner ?? (Kind == HlTypeKind.Obj ? Name switch
    {
        "hl.types.ArrayBytes_Int" => Context.Basic(HlTypeKind.I32),
        "hl.types.ArrayBytes_Float" => Context.Basic(HlTypeKind.F64),
        "hl.types.ArrayBytes_hl_F32" => Context.Basic(HlTypeKind.F32),
        "hl.types.ArrayBytes_hl_UI16" => Context.Basic(HlTypeKind.UI16),
        "hl.types.ArrayBytes_hl_UI8" => Context.Basic(HlTypeKind.UI8),
        "hl.types.ArrayObj" or "hl.types.ArrayDyn" => Context.Basic(HlTypeKind.Dyn),
        _ => null,
    } : null);

    /// <summary>The types of the parameters of a function type; empty for other types.</summary>
    public IReadOnlyList<HlType> ParameterTypes => Parameters;

    /// <summary>The type of the result of a function type; else null.</summary>
    public HlType? ReturnType => Return;

    /// <summary>The fields of a class, own first, or of a structure.</summary>
    public IReadOnlyList<HlFieldInfo> GetFields()
    {
        var found = new List<HlFieldInfo>();
        for (HlType? type = this; type is not null; type = type.Super)
            found.AddRange(type.Fields.Where(f => f.Name.Length > 0).Select(f => new HlFieldInfo(f.Name, f.FieldType, f.Owner, false)));
        return found;
    }

    /// <summary>The methods of a class, inherited ones too.</summary>
    public IReadOnlyList<HlMethodInfo> GetMethods() =>
    [
        .. Members.OfType<HlMethod>().Select(m => Describe(m.Name, m.Signature, m.Function, m.Owner, isStatic: false))
            .OrderBy(m => m.Name, StringComparer.Ordinal),
    ];

    /// <summary>The static fields of a class; functions that can be assigned to look like <see cref="GetStaticMethods"/>.</summary>
    public IReadOnlyList<HlFieldInfo> GetStaticFields() =>
        StaticsType is not { } statics ? [] :
        [
            .. statics.Fields.Where(f => f.Name.Length > 0 && statics.BoundFunction(f) is null && !f.Name.StartsWith("__", StringComparison.Ordinal))
                .Select(f => new HlFieldInfo(f.Name, f.FieldType, this, true)),
        ];

    /// <summary>The static functions of a class.</summary>
    public IReadOnlyList<HlMethodInfo> GetStaticMethods() =>
        StaticsType is not { } statics ? [] :
        [
            .. from field in statics.Fields
               let function = statics.BoundFunction(field)
               where function is not null && !field.Name.StartsWith("__", StringComparison.Ordinal)
               select Describe(field.Name, Module.Types[function.Type.Index], function, this, isStatic: true),
        ];

    /// <summary>The constructor of a class, its own or an inherited one; null if it has none.</summary>
    public HlMethodInfo? GetConstructor()
    {
        for (HlType? type = this; type is not null; type = type.Super)
            if (type.StaticsType?.Definition is HlObjectTypeDef statics)
                foreach (HlBindingDef binding in statics.Bindings)
                    if (statics.GetField(binding.FieldIndex).Name == "__constructor__" && Module.Module.FindFunction(binding.FunctionIndex) is { } function)
                        return Describe("new", Module.Types[function.Type.Index], function, type, isStatic: false);
        return null;
    }

    /// <summary>The constructors of an enum, in order; empty for other types.</summary>
    public IReadOnlyList<HlEnumConstructorInfo> GetEnumConstructors() => [.. Constructors.Select(c => new HlEnumConstructorInfo(c.Name, c.Index, c.Parameters))];

    /// <summary>Whether a value is of this type: an object of the class or one derived from it, a value of the enum, a number of the kind, a structure with these fields.</summary>
    /// <param name="value">The value, as .NET programs see it.</param>
    public bool IsInstanceOf(object? value)
    {
        if (value is null)
            return false;
        if (HlVirtual.Unwrap(value) is HlObject { Type: var type } obj)
        {
            return Kind == HlTypeKind.Dyn || type == this || SafeCast(type, this)
                || (Kind == HlTypeKind.Virtual && Fields.All(f => HlFields.Has(Context, obj, f.Hash) || type.FindMember(f.Hash) is not null));
        }
        return Kind switch
        {
            HlTypeKind.Dyn => true,
            HlTypeKind.Obj => value is string && typeof(HlString).IsAssignableFrom(ClrType),
            HlTypeKind.Fun => value is Delegate function && SafeCast(Context.TypeOf(function), this),
            HlTypeKind.Null => Inner!.IsInstanceOf(value),
            _ => Context.TypeOf(value).Kind == Kind && Definition is null,
        };
    }

    /// <summary>The type of the object that holds the statics of a class; null if there is none.</summary>
    internal HlType? StaticsType => Definition is HlObjectTypeDef { GlobalIndex: >= 0 } definition
        ? Module.Types[Module.Module.Globals[definition.GlobalIndex].Index]
        : null;

    private HlFunctionDef? BoundFunction(HlField field)
    {
        if (Definition is HlObjectTypeDef obj)
            foreach (HlBindingDef binding in obj.Bindings)
                if (binding.FieldIndex == field.Index)
                    return Module.Module.FindFunction(binding.FunctionIndex);
        return null;
    }

    private static HlMethodInfo Describe(string name, HlType signature, HlFunctionDef function, HlType owner, bool isStatic)
    {
        int skip = isStatic ? 0 : 1;
        return new HlMethodInfo(name,
            [
                .. signature.Parameters.Skip(skip).Select((t, i) => new HlParameterInfo(function.GetParameterName(i + skip),
                    t.Kind == HlTypeKind.Ref ? t.Inner! : t, t.Kind is HlTypeKind.Ref or HlTypeKind.Null || (t.IsPointer && t.Kind != HlTypeKind.Ref))),
            ],
            signature.Return!, owner, isStatic);
    }
}
