using System.Globalization;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Converts values that cross the border between .NET and Haxe: numbers where nothing is lost, texts to and from
/// Haxe strings; objects pass as themselves. <see cref="ValueExpressions"/> does the same for rules, and comes here
/// for what cannot be decided by static types.
/// </summary>
internal static class HlConvert
{
    /// <summary>A .NET value as a Haxe value of the parameter's type, boxed.</summary>
    /// <exception cref="HlConversionException">It does not fit.</exception>
    public static object? ToHaxe(object? value, HlParameter to) => to.Type.Kind switch
    {
        HlTypeKind.I32 => HlBox.Int(ToI32(value, to)),
        HlTypeKind.F64 => ToF64(value, to),
        HlTypeKind.Bool => HlBox.Bool(ToBool(value, to)),
        HlTypeKind.UI8 => ToUI8(value, to),
        HlTypeKind.UI16 => ToUI16(value, to),
        HlTypeKind.I64 or HlTypeKind.Guid => ToI64(value, to),
        HlTypeKind.F32 => ToF32(value, to),
        HlTypeKind.Bytes => HlBox.Bytes(ToBytes(value, to)),
        _ => ToReference(value, to),
    };

    public static int ToI32(object? value, HlParameter to) =>
        value is int i ? i : TryInt64(value, out long n) && (int)n == n ? (int)n : throw to.Refuse(value);

    public static long ToI64(object? value, HlParameter to) => TryInt64(value, out long n) ? n : throw to.Refuse(value);

    public static byte ToUI8(object? value, HlParameter to) => TryInt64(value, out long n) && (byte)n == n ? (byte)n : throw to.Refuse(value);

    public static ushort ToUI16(object? value, HlParameter to) => TryInt64(value, out long n) && (ushort)n == n ? (ushort)n : throw to.Refuse(value);

    public static double ToF64(object? value, HlParameter to) =>
        value is double d ? d : TryDouble(value, out double n) ? n : throw to.Refuse(value);

    public static float ToF32(object? value, HlParameter to) =>
        value is float f ? f
        : TryDouble(value, out double n) && ((float)n == n || double.IsNaN(n)) ? (float)n
        : throw to.Refuse(value);

    public static bool ToBool(object? value, HlParameter to) => value is bool b ? b : throw to.Refuse(value);

    public static HlBytes ToBytes(object? value, HlParameter to) => value switch
    {
        HlBytes bytes => bytes,
        null => default,
        _ => throw to.Refuse(value),
    };

    /// <summary>Whether a type is one of Haxe's array classes.</summary>
    public static bool IsArray(HlType type) => type.Kind == HlTypeKind.Obj && type.Name.StartsWith("hl.types.Array", StringComparison.Ordinal);

    /// <summary>A value for a parameter whose values are references.</summary>
    public static object? ToReference(object? value, HlParameter to)
    {
        HlType type = to.Type;
        if (to.IsRest && value is not null && (value is string or not (System.Collections.IEnumerable or HlObject) || (value is HlObject obj && !IsArray(obj.Type))))
            value = new[] { value };
        switch (value)
        {
            case null:
                return null;
            case string text when type.Kind == HlTypeKind.Obj:
                return typeof(HlString).IsAssignableFrom(type.ClrType) ? HlString.Create(type, text) : throw to.Refuse(value);
            case HlClass c:
                value = c.Statics;
                break;
            case HlEnumClass e:
                value = e.Type.GlobalValue;
                break;
            case HlFunction f:
                value = f.Function;
                break;
            case HlProxy proxy:
                value = proxy.Target;
                break;
        }
        switch (type.Kind)
        {
            case HlTypeKind.Dyn:
                return ToDynamic(value, type.Context);
            case HlTypeKind.Null:
                return ToHaxe(value, to with { Type = type.Inner! });
            case HlTypeKind.Void:
                return null;
            case HlTypeKind.Ref:
                return ToBox(value, to with { Type = type.Inner! });
            case HlTypeKind.Obj when type.IsInt64 && value is not HlObject:
                return Int64Class.Create(type, ToI64(value, to));
        }
        try
        {
            return HlCast.ToType(value, type);
        }
        catch (HaxeException e)
        {
            throw to.Refuse(value, e);
        }
    }

    /// <summary>A .NET value as Haxe's <c>Dynamic</c>.</summary>
    public static object? ToDynamic(object? value, HlContext context) => value switch
    {
        null or HlObject => value,
        int i => HlBox.Int(i),
        bool b => HlBox.Bool(b),
        string text => NewText(text, context),
        HlClass c => c.Statics,
        HlEnumClass e => e.Type.GlobalValue,
        HlFunction f => f.Function,
        HlProxy proxy => proxy.Target,
        sbyte or short => HlBox.Int(Convert.ToInt32(value, CultureInfo.InvariantCulture)),
        uint u => u <= int.MaxValue ? HlBox.Int((int)u) : (long)u,
        _ => value,
    };

    /// <summary>A Haxe string; its bytes for a module without strings.</summary>
    public static object NewText(string text, HlContext context) =>
        context.State<TextClass>().Find(context) is { } type ? HlString.Create(type, text) : HlBytes.FromString(text);

    /// <summary>Gives a new string its text. For rules, which make the object.</summary>
    public static T Fill<T>(T target, string text) where T : HlString
    {
        target.Set(text);
        return target;
    }

    /// <summary>A Haxe value as .NET programs see it.</summary>
    public static object? FromHaxe(object? value) => value switch
    {
        HlString text => text.ToString(),
        // A structure that is a view of a .NET object comes back as that object.
        HlVirtual { Target: not (null or HlObject) } view => view.Target,
        HlObject { Type.IsInt64: true } obj => Int64Class.Read(obj),
        Delegate function => HlFunction.From(function),
        _ => value,
    };

    /// <summary>The text of a string.</summary>
    public static string? Text(HlString? value) => value?.ToString();

    /// <summary>A value for a reference to a basic type: a box of the type, or null, which asks for the default.</summary>
    public static object? ToBox(object? value, HlParameter to) => value is null ? null : ToHaxe(value, to);

    /// <summary>Whether objects of a class stand for something else to .NET programs: classes as values, and 64-bit integers where they are objects.</summary>
    public static bool IsSpecial(HlType type) => type.Name is "hl.Class" or "hl.BaseType" || type.IsInt64;

    /// <summary>A Haxe value of a known type as .NET programs see it.</summary>
    public static object? FromHaxe(object? value, HlType type)
    {
        if (type.Kind != HlTypeKind.Obj || value is not HlObject obj || !IsSpecial(type))
            return FromHaxe(value);
        return type.IsInt64 ? Int64Class.Read(obj) : HlClass.OfStatics(obj.Type) is { } found ? found : obj;
    }

    /// <summary>A .NET value, as <see cref="FromHaxe(object?)"/> makes it, as another type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="source">Where it comes from, for errors.</param>
    /// <exception cref="HlConversionException">It does not fit.</exception>
    public static T To<T>(object? value, string source)
    {
        if (value is T fits)
            return fits;
        Type type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (value is null && (!typeof(T).IsValueType || type != typeof(T)))
            return default!;
        if (TryConvert(value, type, out object? converted))
            return (T)converted!;
        throw new HlConversionException($"{source} is {HaxeNames.Show(value)}, which is no {type}.", value);
    }

    /// <summary>A .NET value, as <see cref="FromHaxe(object?)"/> makes it, as another type; false if it does not fit.</summary>
    public static bool TryTo<T>(object value, out T? result)
    {
        bool fits = TryConvert(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), out object? converted) || (converted = value) is T;
        result = fits ? (T?)converted : default;
        return fits;
    }

    private static bool TryConvert(object? value, Type type, out object? result)
    {
        result = null;
        if (type.IsPrimitive || type == typeof(decimal))
        {
            bool isFloating = type == typeof(float) || type == typeof(double) || type == typeof(decimal);
            if (type == typeof(bool) || type == typeof(char) || value is bool)
                return false;
            try
            {
                if (!isFloating && TryInt64(value, out long n))
                    result = Convert.ChangeType(n, type, CultureInfo.InvariantCulture);
                else if (isFloating && TryDouble(value, out double d) && (type != typeof(float) || (float)d == d || double.IsNaN(d)))
                    result = Convert.ChangeType(d, type, CultureInfo.InvariantCulture);
            }
            catch (OverflowException)
            {
                return false;
            }
            return result is not null;
        }
        if (value is HlFunction function && typeof(Delegate).IsAssignableFrom(type) && !type.IsAbstract)
        {
            result = DelegateFactory.Create(function, type);
            return true;
        }
        if (type.IsInterface && value is HlObject obj && !type.IsInstanceOfType(value))
        {
            result = InterfaceProxy.Create(HlVirtual.Unwrap(obj) as HlObject ?? obj, type);
            return true;
        }
        return HlHost.TryToHost(value, type, out result);
    }

    private static bool TryInt64(object? value, out long result)
    {
        switch (value)
        {
            case int n: result = n; return true;
            case long n: result = n; return true;
            case byte n: result = n; return true;
            case sbyte n: result = n; return true;
            case short n: result = n; return true;
            case ushort n: result = n; return true;
            case uint n: result = n; return true;
            case ulong n: result = (long)n; return n <= long.MaxValue;
            case float n: return TryInt64((double)n, out result);
            case double n: return TryInt64(n, out result);
            case decimal n when decimal.Truncate(n) == n && n is >= long.MinValue and <= long.MaxValue: result = (long)n; return true;
            default: result = 0; return false;
        }
    }

    private static bool TryInt64(double value, out long result)
    {
        // 2^63 itself is no long.
        bool fits = value is >= long.MinValue and < 9223372036854775808.0 && Math.Truncate(value) == value;
        result = fits ? (long)value : 0;
        return fits;
    }

    private static bool TryDouble(object? value, out double result)
    {
        switch (value)
        {
            case double n: result = n; return true;
            case float n: result = n; return true;
            case ulong n when n > long.MaxValue: result = n; return result < 18446744073709551616.0 && (ulong)result == n;
            case decimal n: result = (double)n; return Math.Abs(result) < 7.9e28 && (decimal)result == n;
            default:
                bool isInteger = TryInt64(value, out long integer);
                result = integer;
                return isInteger && TryInt64(result, out long back) && back == integer;
        }
    }

    /// <summary>A VM's String class, found once.</summary>
    private sealed class TextClass
    {
        private HlType? type;

        public HlType? Find(HlContext context) => type ??= context.FindClass("String") is { } found && typeof(HlString).IsAssignableFrom(found.ClrType) ? found : null;
    }
}
