using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Makes Haxe objects usable as C# <c>dynamic</c>: tells a call site how it reaches a member. This is the folder's way
/// in. A rule tests for the object's class and accesses the member as C# would; a site that meets many classes gets
/// one rule for all of them (<see cref="GeneralSite{T}"/>). What Haxe does not know, the calling language decides.
/// </summary>
internal sealed class HlMetaObject : DynamicMetaObject
{
    public HlMetaObject(Expression expression, HlObject value) : base(expression, BindingRestrictions.Empty, value) { }

    public HlMetaObject(Expression expression, HlObject value, BindingRestrictions restrictions) : base(expression, restrictions, value) { }

    private HlObject Object => (HlObject)Value!;

    public override DynamicMetaObject BindGetMember(GetMemberBinder binder) =>
        Bind(binder, new GetAccess(binder), [], out string problem)
        ?? Behind()?.BindGetMember(binder)
        ?? binder.FallbackGetMember(this, LanguageErrors.Suggest(binder, this, problem));

    public override DynamicMetaObject BindSetMember(SetMemberBinder binder, DynamicMetaObject value) =>
        Bind(binder, new SetAccess(binder), [value], out string problem)
        ?? Behind()?.BindSetMember(binder, value)
        ?? binder.FallbackSetMember(this, value, LanguageErrors.Suggest(binder, this, problem));

    public override DynamicMetaObject BindInvokeMember(InvokeMemberBinder binder, DynamicMetaObject[] args) =>
        Bind(binder, new InvokeAccess(binder), args, out string problem)
        ?? Behind()?.BindInvokeMember(binder, args)
        ?? binder.FallbackInvokeMember(this, args, LanguageErrors.Suggest(binder, this, problem));

    public override DynamicMetaObject BindGetIndex(GetIndexBinder binder, DynamicMetaObject[] indexes) =>
        Object is HlEnum && indexes is [{ LimitType: var type }] && type == typeof(int)
            ? new DynamicMetaObject(
                Expression.Call(CachedReflection.FromHaxe, Expression.MakeIndex(Expression.Convert(Expression, typeof(HlEnum)), CachedReflection.EnumParameter,
                    [Expression.Convert(indexes[0].Expression, typeof(int))])),
                Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(Expression.TypeIs(Expression, typeof(HlEnum))))
                    .Merge(BindingRestrictions.GetTypeRestriction(indexes[0].Expression, typeof(int))))
            : binder.FallbackGetIndex(this, indexes);

    public override DynamicMetaObject BindConvert(ConvertBinder binder)
    {
        if (Object is HlString && binder.Type == typeof(string))
        {
            return new DynamicMetaObject(
                Expression.Call(CachedReflection.Text, Expression.Convert(Expression, typeof(HlString))),
                Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(Expression.TypeIs(Expression, typeof(HlString)))));
        }
        if (binder.Type.IsAssignableFrom(LimitType) || !DotNetValues.MayConvert(Object, binder.Type))
            return binder.FallbackConvert(this);
        // One rule for all classes that are no such type already.
        return new DynamicMetaObject(
            Expression.Call(CachedReflection.ConvertTo.MakeGenericMethod(binder.Type), Expression, Expression.Constant("The value")),
            Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(Expression.AndAlso(
                Expression.TypeIs(Expression, typeof(HlObject)), Expression.Not(Expression.TypeIs(Expression, binder.Type))))));
    }

    public override IEnumerable<string> GetDynamicMemberNames() => MemberFinder.NamesOf(Object);

    private DynamicMetaObject? Bind(DynamicMetaObjectBinder binder, MemberAccess access, DynamicMetaObject[] args, out string problem)
    {
        Expression[] arguments = [.. args.Select(a => a.Expression)];
        Expression? body = null;
        string? reason = null;
        if (access.Find(Object, arguments) is { } member)
            body = access.Build(member, Expression, arguments, out reason);
        problem = reason ?? Missing(access.Name);
        if (body is null)
            return null;
        // Rules stay in call sites for good, so they must not hold what is to be unloaded.
        if (LimitType.IsCollectible || BinderHistory.Of(binder).IsPolymorphic(LimitType))
            return GeneralRule.Create(binder, access, this, args);
        return new DynamicMetaObject(body, Restrictions.Merge(BindingRestrictions.GetTypeRestriction(Expression, LimitType)));
    }

    /// <summary>A view does not know all that the object behind it has; null for what is no view.</summary>
    private DynamicMetaObject? Behind()
    {
        if (Object is not HlVirtual { Target: not null } || HlVirtual.Unwrap(Object) is not { } behind)
            return null;
        Expression expression = Expression.Call(CachedReflection.Unwrap, Expression);
        BindingRestrictions restrictions = Restrictions.Merge(BindingRestrictions.GetTypeRestriction(Expression, LimitType));
        return behind is HlObject obj
            ? new HlMetaObject(expression, obj, restrictions)
            : new DynamicMetaObject(expression, restrictions.Merge(BindingRestrictions.GetTypeRestriction(expression, behind.GetType())), behind);
    }

    private string Missing(string name) => HlMissingMemberException.Member(HaxeNames.Of(Object.Type), name, MemberFinder.NamesOf(Object)).Message;
}
