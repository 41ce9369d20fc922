using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// The expressions that convert values in a rule. An argument whose static type is known is converted by that type
/// alone; one that is <c>dynamic</c> is converted when the rule runs, so that no rule asks for the types of arguments
/// and a call site's rules do not multiply with them.
/// </summary>
internal static class ValueExpressions
{
    /// <summary>An argument as a value of the parameter's representation.</summary>
    public static Expression ToHaxe(Expression value, HlParameter to)
    {
        HlType type = to.Type;
        Type clr = type.ParameterClrType;
        if (to.IsRest)
            return ByTest(value, to, clr);
        if (value is ArgumentExpression argument && argument.As(clr, to) is { } number)
            return number;
        switch (type.Kind)
        {
            case HlTypeKind.Ref:
                return ToReference(value, to, clr.GetElementType()!);
            case HlTypeKind.Dyn:
                return Boxed(value) ?? Expression.Call(RuleMethods.ToDynamic, AsObject(value), Expression.Constant(type.Context));
            case HlTypeKind.Fun when !Functions.IsPlain(clr):
                return ByHelper(value, to, clr);
            case HlTypeKind.Null:
                // What is known to be a number needs to be of the right kind only.
                return value.Type.IsValueType && Boxed(ToHaxe(value, to with { Type = type.Inner! })) is { } boxed ? boxed : ByHelper(value, to, clr);
        }
        if (clr.IsValueType)
        {
            if (value.Type == clr)
                return value;
            return Widens(value.Type, clr) ? Expression.Convert(value, clr) : ByHelper(value, to, clr);
        }
        if (clr != typeof(object) && clr.IsAssignableFrom(value.Type))
            return value;
        if (value.Type == typeof(string) && typeof(HlString).IsAssignableFrom(clr))
            return NewText(value, type);
        return value.Type.IsValueType ? ByHelper(value, to, clr) : ByTest(value, to, clr);
    }

    /// <summary>A Haxe value as the object that .NET programs see.</summary>
    public static Expression FromHaxe(Expression value, HlType type)
    {
        switch (type.Kind)
        {
            case HlTypeKind.Void:
                return Expression.Block(typeof(object), value, Expression.Constant(null));
            case HlTypeKind.Dyn or HlTypeKind.Virtual or HlTypeKind.Abstract or HlTypeKind.Fun or HlTypeKind.Method:
                return Expression.Call(RuleMethods.FromHaxe, value);
            case HlTypeKind.Obj when typeof(HlString).IsAssignableFrom(value.Type):
                return Inlined(RuleMethods.Text, value);
            case HlTypeKind.Obj when HlConvert.IsSpecial(type):
                return Expression.Call(RuleMethods.FromHaxeTyped, value, Expression.Constant(type));
            default:
                return ToObject(value);
        }
    }

    /// <summary>A Haxe value as a .NET type; by the types alone where they tell enough.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">Its Haxe type; null if it is what .NET programs see already.</param>
    /// <param name="to">The .NET type.</param>
    /// <param name="source">Where the value comes from, for errors.</param>
    public static Expression FromHaxeAs(Expression value, HlType? type, Type to, string source)
    {
        if (to == typeof(void))
            return Expression.Block(typeof(void), value);
        if (value.Type == to && (to.IsValueType || to == typeof(string)))
            return value;
        if (value.Type.IsValueType && Widens(value.Type, to))
            return Expression.Convert(value, to);
        if (to == typeof(string) && typeof(HlString).IsAssignableFrom(value.Type))
            return Inlined(RuleMethods.Text, value);
        Expression seen = type is null ? value : FromHaxe(value, type);
        return to == typeof(object) ? AsObject(seen) : Expression.Call(RuleMethods.To.MakeGenericMethod(to), AsObject(seen), Expression.Constant(source));
    }

    // A value type's value as an object, without allocating where that can be; null for references.
    private static Expression? Boxed(Expression value) =>
        value.Type == typeof(int) ? Inlined(RuleMethods.BoxInt, value)
        : value.Type == typeof(bool) ? Inlined(RuleMethods.BoxBool, value)
        : value.Type == typeof(HlBytes) ? Expression.Call(RuleMethods.BoxBytes, value)
        : value.Type == typeof(double) || value.Type == typeof(float) || value.Type == typeof(long) ? AsObject(value)
        : null;

    /// <summary>A call of a small method. As the last thing a rule does it would be a tail call, which is never inlined.</summary>
    public static Expression Inlined(MethodInfo method, Expression argument)
    {
        ParameterExpression result = Expression.Variable(method.ReturnType);
        return Expression.Block([result], Expression.Assign(result, Expression.Call(method, argument)), result);
    }

    /// <summary>A reference that is known to be of a type: no test is made, so it must have been.</summary>
    public static Expression KnownAs(Expression value, Type type) =>
        type.IsAssignableFrom(value.Type) ? value : Expression.Call(RuleMethods.Known.MakeGenericMethod(type), AsObject(value));

    /// <summary>A value as an object; small integers and Bools have boxes ready.</summary>
    public static Expression ToObject(Expression value) => Boxed(value) ?? AsObject(value);

    private static Expression AsObject(Expression value) => value.Type == typeof(object) ? value : Expression.Convert(value, typeof(object));

    private static Expression ByHelper(Expression value, HlParameter to, Type clr)
    {
        Expression converted = Expression.Call(RuleMethods.Converter(clr), AsObject(value), Expression.Constant(to));
        return converted.Type == clr ? converted : Expression.Convert(converted, clr);
    }

    // Most references are of the right type already.
    private static Expression ByTest(Expression value, HlParameter to, Type clr)
    {
        if (clr == typeof(object))
            return ByHelper(value, to, clr);
        ParameterExpression variable = Expression.Variable(typeof(object)), fits = Expression.Variable(clr);
        return Expression.Block(clr, [variable, fits],
            Expression.Assign(variable, AsObject(value)),
            Expression.Assign(fits, Expression.TypeAs(variable, clr)),
            Expression.Condition(Expression.ReferenceNotEqual(fits, Expression.Constant(null)), fits, ByHelper(variable, to, clr)));
    }

    private static Expression NewText(Expression value, HlType type) =>
        KnownAs(Expression.Call(Expression.Constant(new HlTexts.Place(type.Texts)), RuleMethods.NewText, value), type.ClrType);

    // A C# ref argument is the variable itself if it has the type. Another value is passed as it is, or in a box that
    // may be null, and ReferenceCall makes the reference.
    private static Expression ToReference(Expression value, HlParameter to, Type element)
    {
        if (value is ParameterExpression { IsByRef: true } && value.Type == element)
            return value;
        HlParameter inner = to with { Type = to.Type.Inner! };
        return value.Type.IsValueType || !element.IsValueType ? ToHaxe(value, inner) : Expression.Call(RuleMethods.ToBox, AsObject(value), Expression.Constant(inner));
    }

    /// <summary>Whether every value of the one type is one of the other.</summary>
    public static bool Widens(Type from, Type to) => Type.GetTypeCode(to) switch
    {
        _ when from.IsEnum => false,
        TypeCode.UInt16 => from == typeof(byte),
        TypeCode.Int32 or TypeCode.Single => IsSmall(from),
        TypeCode.Int64 => IsSmall(from) || from == typeof(int) || from == typeof(uint),
        TypeCode.Double => IsSmall(from) || from == typeof(int) || from == typeof(uint) || from == typeof(float),
        _ => false,
    };

    private static bool IsSmall(Type type) => type == typeof(byte) || type == typeof(sbyte) || type == typeof(short) || type == typeof(ushort);
}
