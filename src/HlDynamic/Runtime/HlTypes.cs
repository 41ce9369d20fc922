using System.Reflection;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>From values and CLR types to Haxe types and their names, where no context is at hand.</summary>
internal static class HlTypes
{
    private static readonly Dictionary<Type, HlTypeKind> Kinds = new()
    {
        [typeof(void)] = HlTypeKind.Void,
        [typeof(byte)] = HlTypeKind.UI8,
        [typeof(ushort)] = HlTypeKind.UI16,
        [typeof(int)] = HlTypeKind.I32,
        [typeof(long)] = HlTypeKind.I64,
        [typeof(float)] = HlTypeKind.F32,
        [typeof(double)] = HlTypeKind.F64,
        [typeof(bool)] = HlTypeKind.Bool,
        [typeof(HlBytes)] = HlTypeKind.Bytes,
        [typeof(object)] = HlTypeKind.Dyn,
        [typeof(HlType)] = HlTypeKind.Type,
        [typeof(HlDynObj)] = HlTypeKind.DynObj,
    };

    /// <summary>The kind of type that a CLR type represents where it says that alone, else null.</summary>
    public static HlTypeKind? KindOf(Type type) =>
        Kinds.TryGetValue(type, out HlTypeKind kind) ? kind : typeof(HlArray).IsAssignableFrom(type) ? HlTypeKind.Array : null;

    /// <summary>The Haxe type that a generated class represents; null for every other CLR type.</summary>
    public static HlType? Of(Type type)
    {
        HlModuleInstance? module = HlModuleInstance.Find(type.Assembly);
        for (Type? t = module is null ? null : type; t is not null && t.Assembly == type.Assembly; t = t.BaseType)
            if (module!.FindType(t) is { } found)
                return found;
        return null;
    }

    /// <summary>A value's type as HashLink writes it.</summary>
    public static string NameOf(object? value) => value switch
    {
        null => HlTypeFormatter.Format(HlTypeKind.Void),
        HlObject obj => obj.Type.ToString(),
        _ => NameOf(value.GetType()),
    };

    /// <summary>The type that a CLR type represents, as HashLink writes it; a type of the host has its .NET name.</summary>
    public static string NameOf(Type type)
    {
        if (KindOf(type) is { } kind)
            return HlTypeFormatter.Format(kind);
        if (type == typeof(HlVarArgs))
            return "(void ())";
        if (typeof(Delegate).IsAssignableFrom(type) && type.GetMethod("Invoke") is { } invoke)
            return $"({NameOf(invoke.ReturnType)} ({string.Join(',', invoke.GetParameters().Select(NameOf))}))";
        return Of(type)?.ToString() ?? type.FullName ?? type.Name;
    }

    private static string NameOf(ParameterInfo parameter) => parameter.ParameterType is { IsByRef: true } reference
        ? $"ref<{NameOf(reference.GetElementType()!)}>"
        : NameOf(parameter.ParameterType);
}
