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
        Expression[] arguments = Array.ConvertAll(args, static a => a.Expression);
        Type signature = Expression.GetDelegateType([typeof(object), .. arguments.Select(ParameterType), typeof(object)]);
        Type siteType = typeof(GeneralSite<>).MakeGenericType(signature);
        object site = BinderHistory.Of(binder).GetSite(signature, () => Activator.CreateInstance(siteType, access)!);

        // The class may have no such member; then the call site must bind again, which ends in the language's own error.
        ParameterExpression found = Expression.Variable(signature, "found");
        Expression body = Expression.Block(typeof(object), [found],
            Expression.Assign(found, Expression.Call(Expression.Constant(site, siteType), siteType.GetMethod(nameof(GeneralSite<>.Find))!, target.Expression)),
            Expression.Condition(
                Expression.ReferenceEqual(found, Expression.Constant(null)),
                binder.GetUpdateExpression(typeof(object)),
                Expression.Invoke(found, [target.Expression, .. arguments])));
        // The table itself tells what is no Haxe object, at the cost of nothing; but a rule must have a restriction.
        return new DynamicMetaObject(body, target.Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(Expression.Constant(true))));
    }

    private static Type ParameterType(Expression argument) =>
        argument is ParameterExpression { IsByRef: true } ? argument.Type.MakeByRefType() : argument.Type;
}
