using System.Dynamic;
using System.Linq.Expressions;

namespace HlDynamic.Dynamic;

/// <summary>
/// Rules that look a name up each time they run, with an expression that is null where there is nothing of the name.
/// They hold for every object of a class in every VM, and hold none of them.
/// </summary>
internal static class Lookup
{
    /// <summary>The rule where the name was found; once it is not, the site binds again.</summary>
    public static DynamicMetaObject Rule(DynamicMetaObjectBinder binder, DynamicMetaObject target, Expression lookup) =>
        Rule(binder, lookup, BindingRestrictions.GetTypeRestriction(target.Expression, target.LimitType));

    /// <summary>As the other one, for a lookup that finds nothing in what it is not made for: each test makes a rule dearer.</summary>
    public static DynamicMetaObject Rule(DynamicMetaObjectBinder binder, Expression lookup) =>
        Rule(binder, lookup, BindingRestrictions.GetExpressionRestriction(Expression.Constant(true)));

    private static DynamicMetaObject Rule(DynamicMetaObjectBinder binder, Expression lookup, BindingRestrictions restrictions)
    {
        ParameterExpression found = Expression.Variable(typeof(object), "found");
        return new DynamicMetaObject(
            Expression.Block(typeof(object), [found],
                Expression.Assign(found, lookup),
                Expression.Condition(Expression.ReferenceEqual(found, Expression.Constant(null)), binder.GetUpdateExpression(typeof(object)), found)),
            restrictions);
    }

    /// <summary>The rule where the name was not found, which holds as long as it is not.</summary>
    public static DynamicMetaObject Missing(DynamicMetaObject target, Expression lookup, DynamicMetaObject fallback) => new(
        fallback.Expression,
        fallback.Restrictions
            .Merge(BindingRestrictions.GetTypeRestriction(target.Expression, target.LimitType))
            .Merge(BindingRestrictions.GetExpressionRestriction(Expression.ReferenceEqual(lookup, Expression.Constant(null)))));
}
