using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// The one rule for objects of all classes: "is a Haxe object", and then a look into a table of the site's own, which
/// has a compiled access for each class. It costs the same however many classes a site meets.
/// </summary>
internal static class GeneralRule
{
    public static DynamicMetaObject Create(DynamicMetaObjectBinder binder, MemberAccess access, HlMetaObject target, DynamicMetaObject[] args)
    {
        Expression[] all = [target.Expression, .. Array.ConvertAll(args, static a => a.Expression)];
        var types = new Type[all.Length + 1];
        for (int i = 0; i < all.Length; i++)
            types[i] = i == 0 ? typeof(object) : ParameterType(all[i]);
        types[^1] = typeof(object);
        Type signature = Expression.GetDelegateType(types);
        GeneralSite site = BinderHistory.Of(binder).GetSite(signature, access);

        // The class may have no such member; then the call site must bind again, which ends in the language's own error.
        ParameterExpression found = Expression.Variable(signature, "found");
        Expression body = Expression.Block(typeof(object), [found],
            Expression.Assign(found, ValueExpressions.KnownAs(Expression.Call(Expression.Constant(site), RuleMethods.FindAccess, target.Expression), signature)),
            Expression.Condition(
                Expression.ReferenceEqual(found, Expression.Constant(null)),
                binder.GetUpdateExpression(typeof(object)),
                Expression.Invoke(found, all)));
        // The table itself tells what is no Haxe object, at the cost of nothing; but a rule must have a restriction.
        return new DynamicMetaObject(body, target.Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(Expression.Constant(true))));
    }

    private static Type ParameterType(Expression argument) =>
        argument is ParameterExpression { IsByRef: true } ? argument.Type.MakeByRefType() : argument.Type;
}
