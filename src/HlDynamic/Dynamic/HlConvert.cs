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
        value is int i ? i : HlNumbers.TryInt64(value, out long n) && (int)n == n ? (int)n : throw to.Refuse(value);

    public static long ToI64(object? value, HlParameter to) => HlNumbers.TryInt64(value, out long n) ? n : throw to.Refuse(value);

    public static byte ToUI8(object? value, HlParameter to) => HlNumbers.TryInt64(value, out long n) && (byte)n == n ? (byte)n : throw to.Refuse(value);

    public static ushort ToUI16(object? value, HlParameter to) => HlNumbers.TryInt64(value, out long n) && (ushort)n == n ? (ushort)n : throw to.Refuse(value);

    public static double ToF64(object? value, HlParameter to) =>
        value is double d ? d : HlNumbers.TryDouble(value, out double n) ? n : throw to.Refuse(value);

    public static float ToF32(object? value, HlParameter to) =>
        value is float f ? f
        : HlNumbers.TryDouble(value, out double n) && ((float)n == n || double.IsNaN(n)) ? (float)n
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
                return typeof(HlString).IsAssignableFrom(type.ClrType) ? HlString.From(type, text) : throw to.Refuse(value);
            case IHlValue standing:
                value = standing.HaxeValue;
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
            case HlTypeKind.Fun:
                return Functions.ToHaxe(value, to);
            case HlTypeKind.Ref:
                return ToBox(value, to with { Type = type.Inner! });
            case HlTypeKind.Obj when type.IsInt64 && value is not HlObject:
                return Int64Class.Create(type, ToI64(value, to));
        }
        try
        {
            return HaxeValues.Create(value, type) ?? HlCast.ToType(value, type);
        }
        catch (Exception e) when (e is HaxeException or HlConversionException)
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
        string text => context.NewText(text),
        sbyte or short => HlBox.Int(Convert.ToInt32(value, CultureInfo.InvariantCulture)),
        uint u => u <= int.MaxValue ? HlBox.Int((int)u) : (long)u,
        Delegate function => Functions.ToDynamic(function, context),
        _ => HlHost.FromHost(context, value),
    };

    /// <summary>A Haxe value as .NET programs see it.</summary>
    public static object? FromHaxe(object? value) => value is null or int or double or bool ? value : HlHost.ToHost(FromCollection(value));

    /// <summary>A value that a collection gives to .NET programs, with functions and 64-bit integers as they see them.</summary>
    public static object? FromCollection(object? value)
    {
        // The tests that cost nothing first: those for base classes are searches.
        if (value is null or int or double or bool)
            return value;
        if (value is HlObject obj)
            return obj.Type.IsInt64 ? Int64Class.Read(obj) : obj;
        return value is Delegate function ? HlFunction.From(function) : value;
    }

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

    private static bool TryConvert(object? value, Type type, out object? result) =>
        HlNumbers.IsNumber(type) ? HlNumbers.TryConvert(value, type, out result) : DotNetValues.TryConvert(value, type, out result);
}
