using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>The methods by which a class takes part in the runtime's own work (HashLink std/obj.c: <c>hl_get_obj_proto</c>).</summary>
internal sealed class HlSpecialMethods
{
    public HlSpecialMethods(HlType type)
    {
        ToText = Find(type, "__string", 0);
        Cast = Find(type, "__cast", 1);
        GetField = Find(type, "__get_field", 1);
        // Only a class that introduces the method itself compares by it.
        Compare = Array.Find(type.Methods, m => m.Name == "__compare") is { } own
            && own.Signature.Parameters is [_, { Kind: HlTypeKind.Dyn }] && own.Signature.Return!.Kind == HlTypeKind.I32
            && (own.VirtualIndex < 0 || type.Super?.FindMember("__compare") is not HlMethod { VirtualIndex: >= 0 })
            ? own
            : null;
    }

    /// <summary><c>__string</c>: the object as text.</summary>
    public HlMethod? ToText { get; }

    /// <summary><c>__compare</c>: the object against any value.</summary>
    public HlMethod? Compare { get; }

    /// <summary><c>__cast</c>: the object as another type, or null.</summary>
    public HlMethod? Cast { get; }

    /// <summary><c>__get_field</c>: the value of a field that the class does not declare.</summary>
    public HlMethod? GetField { get; }

    private static HlMethod? Find(HlType type, string name, int parameters) =>
        type.FindMember(name) is HlMethod method && method.Signature.Parameters.Length == parameters + 1 ? method : null;
}
