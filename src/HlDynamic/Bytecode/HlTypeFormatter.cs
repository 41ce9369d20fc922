using System.Text;

namespace HlDynamic.Bytecode;

/// <summary>
/// Writes types as HashLink does (std/types.c: <c>hl_type_str</c>), so that messages read the same: <c>i32</c>,
/// <c>(void (i32,dynamic))</c>, <c>virtual&lt;x:f64,y:f64&gt;</c>. A type inside itself is <c>&lt;...&gt;</c>, and so is what is
/// nested too deep or would make the text too long.
/// </summary>
public static class HlTypeFormatter
{
    private const int MaximumDepth = 64;
    private const int MaximumLength = 16 * 1024;

    private static readonly string?[] Names =
    [
        "void", "i8", "i16", "i32", "i64", "f32", "f64", "bool", "bytes", "dynamic", null, null,
        "array", "type", null, null, "dynobj", null, null, null, null, null, null, "guid",
    ];

    /// <summary>The type as text.</summary>
    public static string Format(HlTypeDef type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Names[(int)type.Kind] is { } name)
            return name;
        var text = new StringBuilder();
        Append(text, type, []);
        return text.ToString();
    }

    /// <summary>What a type that has nothing but a kind is called.</summary>
    internal static string Format(HlTypeKind kind) => Names[(int)kind] ?? kind.ToString().ToLowerInvariant();

    private static void Append(StringBuilder text, HlTypeDef type, List<HlTypeDef> parents)
    {
        if (Names[(int)type.Kind] is { } name)
        {
            text.Append(name);
            return;
        }

        if (parents.Contains(type) || parents.Count == MaximumDepth || text.Length > MaximumLength)
        {
            text.Append("<...>");
            return;
        }

        parents.Add(type);
        switch (type)
        {
            case HlFunctionTypeDef function:
                AppendFunction(text, function, parents);
                break;
            case HlObjectTypeDef obj:
                text.Append(obj.Kind == HlTypeKind.Struct ? "@" : "").Append(obj.Name);
                break;
            case HlVirtualTypeDef structure:
                AppendVirtual(text, structure, parents);
                break;
            case HlEnumTypeDef e:
                text.Append("enum<").Append(e.Name).Append('>');
                break;
            case HlAbstractTypeDef opaque:
                text.Append(opaque.Name);
                break;
            case HlWrapperTypeDef wrapper:
                text.Append(wrapper.Kind switch { HlTypeKind.Ref => "ref<", HlTypeKind.Null => "null<", _ => "packed<" });
                Append(text, wrapper.Inner, parents);
                text.Append('>');
                break;
        }

        parents.RemoveAt(parents.Count - 1);
    }

    private static void AppendFunction(StringBuilder text, HlFunctionTypeDef type, List<HlTypeDef> parents)
    {
        text.Append('(');
        Append(text, type.Return, parents);
        text.Append(" (");
        for (int i = 0; i < type.Parameters.Length && text.Length <= MaximumLength; i++)
        {
            text.Append(i == 0 ? "" : ",");
            Append(text, type.Parameters[i], parents);
        }

        text.Append("))");
    }

    private static void AppendVirtual(StringBuilder text, HlVirtualTypeDef type, List<HlTypeDef> parents)
    {
        text.Append("virtual<");
        for (int i = 0; i < type.Fields.Length && text.Length <= MaximumLength; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(type.Fields[i].Name).Append(':');
            Append(text, type.Fields[i].Type, parents);
        }

        text.Append('>');
    }
}
