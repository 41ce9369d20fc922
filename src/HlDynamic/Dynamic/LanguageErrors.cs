using System.Dynamic;
using System.Linq.Expressions;
using Microsoft.CSharp.RuntimeBinder;

namespace HlDynamic.Dynamic;

/// <summary>Errors of binding end as the calling language's own. For C# they say more than its binder knows to say.</summary>
internal static class LanguageErrors
{
    /// <summary>What a C# call site does where neither Haxe nor C# knows the member; null for other languages, which know best.</summary>
    public static DynamicMetaObject? Suggest(DynamicMetaObjectBinder binder, DynamicMetaObject target, string problem)
    {
        if (!IsCSharp(binder))
            return null;
        BindingRestrictions restrictions = target.Restrictions.Merge(BindingRestrictions.GetTypeRestriction(target.Expression, target.LimitType));
        // A structure that holds its fields itself may become a view of an object that has the member.
        if (target.Value is Runtime.HlVirtual { Target: null })
        {
            restrictions = restrictions.Merge(BindingRestrictions.GetExpressionRestriction(Expression.ReferenceEqual(
                Expression.Field(Expression.Convert(target.Expression, typeof(Runtime.HlVirtual)), RuleMethods.ViewTarget), Expression.Constant(null))));
        }
        return new DynamicMetaObject(Throw(problem), restrictions);
    }

    /// <summary>The expression that throws a C# binder's exception.</summary>
    public static UnaryExpression Throw(string problem) =>
        Expression.Throw(Expression.New(typeof(RuntimeBinderException).GetConstructor([typeof(string)])!, Expression.Constant(problem)), typeof(object));

    /// <summary>Whether the calling language is C#.</summary>
    public static bool IsCSharp(DynamicMetaObjectBinder binder) => binder.GetType().Assembly == typeof(RuntimeBinderException).Assembly;
}
