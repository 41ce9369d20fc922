using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Types as Haxe programs write them, for messages to people.</summary>
internal static class HaxeNames
{
    public static string Of(HlType type) => type.Kind switch
    {
        HlTypeKind.Void => "Void",
        HlTypeKind.UI8 => "hl.UI8",
        HlTypeKind.UI16 => "hl.UI16",
        HlTypeKind.I32 => "Int",
        HlTypeKind.I64 => "haxe.Int64",
        HlTypeKind.F32 => "Single",
        HlTypeKind.F64 => "Float",
        HlTypeKind.Bool => "Bool",
        HlTypeKind.Bytes => "hl.Bytes",
        HlTypeKind.Dyn => "Dynamic",
        HlTypeKind.Null => $"Null<{Of(type.Inner!)}>",
        HlTypeKind.Ref => $"hl.Ref<{Of(type.Inner!)}>",
        HlTypeKind.Fun or HlTypeKind.Method => $"({string.Join(", ", type.Parameters.Select(Of))}) -> {Of(type.Return!)}",
        HlTypeKind.Virtual => $"{{{string.Join(", ", type.Fields.Select(f => f.Name + ": " + (f.FieldType.Kind == HlTypeKind.Virtual ? "{...}" : Of(f.FieldType))))}}}",
        HlTypeKind.DynObj => "Dynamic",
        HlTypeKind.Obj or HlTypeKind.Struct => OfClass(type.Name),
        _ => type.Name,
    };

    /// <summary>The type of a value, .NET's or Haxe's.</summary>
    public static string OfValue(object? value) => value switch
    {
        null => "null",
        string => "String",
        int => "Int",
        double => "Float",
        bool => "Bool",
        float => "Single",
        long => "haxe.Int64",
        HlObject obj => Of(obj.Type),
        _ => value.GetType().ToString(),
    };

    /// <summary>The name of a class; the class of the statics of <c>X</c> is called <c>X</c> too.</summary>
    public static string OfClass(string name)
    {
        const string bytes = "hl.types.ArrayBytes_";
        if (name.StartsWith(bytes, StringComparison.Ordinal))
            return $"Array<{name[bytes.Length..]}>";
        return name is "hl.types.ArrayObj" or "hl.types.ArrayDyn" ? "Array<Dynamic>" : WithoutDollar(name);
    }

    // The dollar stands before the last part of the name: com.example.$Player.
    private static string WithoutDollar(string name) => name.Replace("$", "", StringComparison.Ordinal);

    /// <summary>A value for a message: short texts as they are, everything with its type.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"\"{(text.Length > 40 ? text[..40] + "..." : text)}\" (String)",
        int or double or float or long or bool or byte or sbyte or short or ushort or uint or ulong or decimal =>
            FormattableString.Invariant($"{value} ({OfValue(value)})"),
        _ => OfValue(value),
    };
}
