using System.Globalization;
using System.Reflection;

namespace HlDynamic.Runtime;

/// <summary>
/// .NET objects that Haxe code holds and uses as <c>Dynamic</c>: their public instance properties, fields and
/// methods, by reflection.
/// </summary>
internal static class HlHost
{
    private const BindingFlags Visible = BindingFlags.Public | BindingFlags.Instance;

    /// <summary>Whether a value is an object of the host, which has members, and not one of Haxe's own values.</summary>
    public static bool IsObject(object? value) =>
        value is not (null or HlObject or int or double or bool or float or long or byte or ushort or HlBytes or HlType or HlArray or Delegate);

    public static bool Has(object target, string name) => FindValue(target, name) is not null;

    public static string[] Names(object target) =>
    [
        .. target.GetType().GetProperties(Visible).Where(p => p.CanRead && p.GetIndexParameters().Length == 0).Select(p => p.Name),
        .. target.GetType().GetFields(Visible).Select(f => f.Name),
    ];

    /// <summary>The value of a property or field, or a function that calls the methods of the name.</summary>
    /// <exception cref="HaxeException">There is no such member.</exception>
    public static object? Get(HlContext context, object target, string name)
    {
        switch (FindValue(target, name))
        {
            case PropertyInfo { CanRead: true } property:
                return FromHost(context, property.GetValue(target, BindingFlags.DoNotWrapExceptions, null, null, null));
            case FieldInfo field:
                return FromHost(context, field.GetValue(target));
        }
        return FindMethods(target, name).Any()
            ? HlVarArgsFunction.Create(context, arguments => Call(context, target, name, arguments))
            : throw NoMember(target, name);
    }

    /// <summary>Sets a property or field.</summary>
    /// <exception cref="HaxeException">There is no such member, or it cannot hold the value.</exception>
    public static void Set(object target, string name, object? value)
    {
        switch (FindValue(target, name))
        {
            case PropertyInfo { CanWrite: true } property:
                property.SetValue(target, Convert(value, property.PropertyType), BindingFlags.DoNotWrapExceptions, null, null, null);
                break;
            case FieldInfo { IsInitOnly: false } field:
                field.SetValue(target, Convert(value, field.FieldType));
                break;
            case null:
                throw NoMember(target, name);
            default:
                throw HaxeError.Text($"{HlTypes.NameOf(target)}.{name} cannot be set");
        }
    }

    /// <summary>Calls the first method of the name that takes the arguments, or the function in the property or field.</summary>
    /// <exception cref="HaxeException">There is no such method.</exception>
    public static object? Call(HlContext context, object target, string name, object?[] arguments)
    {
        foreach (MethodInfo method in FindMethods(target, name))
            if (TryConvert(method, arguments) is { } converted)
                return FromHost(context, method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, converted, null));
        if (FindValue(target, name) is not null && Get(context, target, name) is Delegate function)
            return HlClosures.Call(function, arguments);
        throw FindMethods(target, name).Any()
            ? HaxeError.Text($"{HlTypes.NameOf(target)}.{name} does not take ({string.Join(", ", arguments.Select(a => HlTypes.NameOf(a)))})")
            : HaxeError.Text($"{HlTypes.NameOf(target)} has no method {name}");
    }

    /// <summary>Objects of the host have the order they give themselves.</summary>
    public static int Compare(object a, object b)
    {
        if (a.Equals(b))
            return 0;
        return a is IComparable comparable && a.GetType() == b.GetType() ? comparable.CompareTo(b) : HlCompare.Invalid;
    }

    /// <summary>A value of the host as Haxe code expects it: texts as Haxe strings, small numbers as <c>Int</c>.</summary>
    public static object? FromHost(HlContext context, object? value) => value switch
    {
        null or HlObject or double or bool => value,
        int i => HlBox.Int(i),
        string text => context.NewText(text),
        char or sbyte or short => System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
        uint u => u <= int.MaxValue ? (int)u : (long)u,
        ulong u => unchecked((long)u),
        decimal d => (double)d,
        HlBytes bytes => HlBox.Bytes(bytes),
        IHlValue standing => standing.HaxeValue,
        _ => value,
    };

    /// <summary>A Haxe value as .NET programs see it.</summary>
    public static object? ToHost(object? value) => value switch
    {
        HlString text => text.ToString(),
        // A structure that is a view of a .NET object comes back as that object.
        HlVirtual { Target: not (null or HlObject) } view => view.Target,
        _ => value,
    };

    /// <summary>A value as a type of the host; false if it cannot be.</summary>
    public static bool TryToHost(object? value, Type type, out object? result)
    {
        result = value switch
        {
            HlString text when type.IsAssignableFrom(typeof(string)) => text.ToString(),
            HlBytes text when type == typeof(string) => text.ToString(),
            _ => value,
        };
        if (result is null)
            return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsInstanceOfType(result))
            return true;
        try
        {
            if (HlNumbers.IsNumber(type))
                return HlNumbers.TryConvert(result, type, out result);
            if (!typeof(Delegate).IsAssignableFrom(type) || result is not Delegate)
                return false;
            result = HlCast.ToFunction(result, type, null);
            return true;
        }
        catch (HaxeException)
        {
            return false;
        }
    }

    private static object? Convert(object? value, Type type) =>
        TryToHost(value, type, out object? result) ? result : throw HaxeError.CannotCast(HlTypes.NameOf(value), HlTypes.NameOf(type));

    private static object?[]? TryConvert(MethodInfo method, object?[] arguments)
    {
        ParameterInfo[] parameters = method.GetParameters();
        if (arguments.Length > parameters.Length || method.ContainsGenericParameters)
            return null;
        var converted = new object?[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            if (i >= arguments.Length)
            {
                if (!parameters[i].HasDefaultValue)
                    return null;
                converted[i] = parameters[i].DefaultValue;
            }
            else if (!TryToHost(arguments[i], parameters[i].ParameterType, out converted[i]))
            {
                return null;
            }
        }
        return converted;
    }

    private static MemberInfo? FindValue(object target, string name) =>
        (MemberInfo?)target.GetType().GetProperties(Visible).FirstOrDefault(p => p.Name == name && p.GetIndexParameters().Length == 0)
        ?? target.GetType().GetField(name, Visible);

    // Fewer parameters first, so that ones with defaults come last.
    private static IEnumerable<MethodInfo> FindMethods(object target, string name) =>
        target.GetType().GetMember(name, MemberTypes.Method, Visible).Cast<MethodInfo>().OrderBy(m => m.GetParameters().Length);

    private static HaxeException NoMember(object target, string name) => HaxeError.Text($"{HlTypes.NameOf(target)} has no member {name}");
}
