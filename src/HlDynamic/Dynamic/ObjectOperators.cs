using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Haxe's operators on its objects: <c>==</c> as Haxe has it for <c>Dynamic</c>, order where a class compares by itself
/// (<c>__compare</c>). Numbers and strings are .NET's own on this side, and so are their operators.
/// </summary>
internal static class ObjectOperators
{
    /// <summary>The rule; null for operators that Haxe has not for this object.</summary>
    public static DynamicMetaObject? Bind(BinaryOperationBinder binder, DynamicMetaObject target, DynamicMetaObject argument)
    {
        Expression left = Expression.Convert(target.Expression, typeof(object)), right = Expression.Convert(argument.Expression, typeof(object));
        BindingRestrictions restrictions = target.Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(Expression.TypeIs(target.Expression, typeof(HlObject))));
        switch (binder.Operation)
        {
            case ExpressionType.Equal or ExpressionType.NotEqual:
                Expression equal = Expression.Call(RuleMethods.AreEqual, left, right);
                return Result(binder.Operation == ExpressionType.Equal ? equal : Expression.Not(equal), restrictions);
            case ExpressionType.LessThan or ExpressionType.LessThanOrEqual or ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual
                when HasOrder((HlObject)target.Value!):
                Expression hasOrder = Expression.Call(RuleMethods.HasOrder, Expression.Convert(target.Expression, typeof(HlObject)));
                return Result(Expression.MakeBinary(binder.Operation, Expression.Call(RuleMethods.Compare, left, right), Expression.Constant(0)),
                    restrictions.Merge(BindingRestrictions.GetExpressionRestriction(hasOrder)));
            default:
                return null;
        }
    }

    /// <summary>For rules: Haxe's <c>==</c>.</summary>
    internal static bool AreEqual(object? left, object? right)
    {
        if (ReferenceEquals(left, right))
            return true;
        return left is HlObject obj && right is not null && HlFaults.Run(() => HlCompare.DynEquals(obj, HlConvert.ToDynamic(right, obj.Type.Context)));
    }

    /// <summary>For rules: less than, equal to or greater than 0.</summary>
    /// <exception cref="HlConversionException">The values have no order.</exception>
    internal static int Compare(object? left, object? right)
    {
        int result = HlFaults.Run(() => HlCompare.Compare(left, left is HlObject obj ? HlConvert.ToDynamic(right, obj.Type.Context) : right));
        return result != HlCompare.Invalid ? result
            : throw new HlConversionException($"{HaxeNames.OfValue(left)} and {HaxeNames.OfValue(right)} have no order.", right);
    }

    /// <summary>For rules: whether an object's class has an order.</summary>
    internal static bool HasOrder(HlObject target) => HlVirtual.Unwrap(target) is HlObject { Type: var type } && type.SpecialMethods.Compare is not null;

    private static DynamicMetaObject Result(Expression value, BindingRestrictions restrictions) => new(Expression.Call(RuleMethods.BoxBool, value), restrictions);
}
