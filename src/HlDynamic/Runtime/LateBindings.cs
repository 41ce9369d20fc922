using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// Tells which objects get their bound fields late. A program starts by making an object for each of its classes, whose
/// fields hold the class's statics as closures; most of them are never read, as static calls are direct. So these
/// objects are made without, and whoever reads or writes such a field has them made first (<see cref="HlObject.Bind"/>).
/// </summary>
internal sealed class LateBindings
{
    /// <summary>The CLR field of such an object that tells whether it has them. As long as it has not, the program has not changed them either.</summary>
    public const string Flag = "$bound";

    private readonly HashSet<HlFieldDef> fields = new(ReferenceEqualityComparer.Instance);

    public LateBindings(HlModule module)
    {
        foreach (HlTypeDef type in module.Types)
            if (type is HlObjectTypeDef obj && IsLate(module, obj))
                foreach (HlBindingDef binding in obj.Bindings)
                    fields.Add(obj.GetField(binding.FieldIndex));
    }

    /// <summary>Whether objects of some class get the field, numbered with those of the supers, late.</summary>
    public bool Contains(HlObjectTypeDef type, int field) => fields.Contains(type.GetField(field));

    /// <summary>Whether objects of the class get their bound fields late: it holds statics, and none of them is a closure over the object.</summary>
    public static bool IsLate(HlModule module, HlObjectTypeDef type)
    {
        if (type.Bindings.IsEmpty || type.Kind != HlTypeKind.Obj || !HoldsStatics(type.Name))
            return false;
        foreach (HlBindingDef binding in type.Bindings)
            if (type.GetField(binding.FieldIndex).Type is HlFunctionTypeDef field && field.Parameters.Length != module.GetSignature(binding.FunctionIndex).Parameters.Length)
                return false;
        return true;
    }

    // `$Main`, `com.example.$Player`.
    private static bool HoldsStatics(string name) => name.AsSpan(name.LastIndexOf('.') + 1).StartsWith('$');

    /// <summary>Whether the constructor of the class does nothing, so that objects can be made without it.</summary>
    public static bool HasEmptyConstructor(HlModule module, HlObjectTypeDef type)
    {
        for (HlObjectTypeDef? t = type; t is not null; t = t.Super)
        {
            if (!t.Bindings.IsEmpty && !IsLate(module, t))
                return false;
            foreach (HlFieldDef field in t.Fields)
                if (field.Type.Kind == HlTypeKind.Packed)
                    return false;
        }
        return true;
    }
}
