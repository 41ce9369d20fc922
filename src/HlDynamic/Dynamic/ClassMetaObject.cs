using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Makes a class usable as <c>dynamic</c>: its statics are members of the object that holds them.</summary>
internal sealed class ClassMetaObject(Expression expression, HlClass value) : DynamicMetaObject(expression, BindingRestrictions.Empty, value)
{
    private const string New = nameof(HlClass.New);

    private HlClass Class => (HlClass)Value!;

    // Null as long as nobody has asked a class for them, which whoever makes a rule for it does.
    private Expression StaticsExpression => Expression.Field(Expression.Convert(Expression, typeof(HlClass)), RuleMethods.Statics);

    private BindingRestrictions IsClass => BindingRestrictions.GetTypeRestriction(Expression, typeof(HlClass));

    public override DynamicMetaObject BindGetMember(GetMemberBinder binder) =>
        Statics(binder.Name, binder.IgnoreCase)?.BindGetMember(binder)
        ?? Without(binder.Name, binder.IgnoreCase, binder.FallbackGetMember(this, Suggest(binder, binder.Name)));

    public override DynamicMetaObject BindSetMember(SetMemberBinder binder, DynamicMetaObject value) =>
        Statics(binder.Name, binder.IgnoreCase)?.BindSetMember(binder, value)
        ?? Without(binder.Name, binder.IgnoreCase, binder.FallbackSetMember(this, value, Suggest(binder, binder.Name)));

    public override DynamicMetaObject BindInvokeMember(InvokeMemberBinder binder, DynamicMetaObject[] args)
    {
        if (FirstRule.Create(binder, this, args) is { } first)
            return first;
        if (Statics(binder.Name, binder.IgnoreCase) is { } statics)
            return statics.BindInvokeMember(binder, args);
        if (string.Equals(binder.Name, New, binder.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            return Without(New, binder.IgnoreCase, BindNew(binder.CallInfo, args, suggestion => binder.FallbackInvokeMember(this, args, suggestion), binder.IgnoreCase));
        return Without(binder.Name, binder.IgnoreCase, binder.FallbackInvokeMember(this, args, Suggest(binder, binder.Name)));
    }

    public override DynamicMetaObject BindInvoke(InvokeBinder binder, DynamicMetaObject[] args) =>
        BindNew(binder.CallInfo, args, suggestion => binder.FallbackInvoke(this, args, suggestion));

    public override DynamicMetaObject BindCreateInstance(CreateInstanceBinder binder, DynamicMetaObject[] args) =>
        BindNew(binder.CallInfo, args, suggestion => binder.FallbackCreateInstance(this, args, suggestion));

    public override IEnumerable<string> GetDynamicMemberNames() => [.. MemberFinder.NamesOf(Class.Statics), New];

    private DynamicMetaObject BindNew(CallInfo call, DynamicMetaObject[] args, Func<DynamicMetaObject, DynamicMetaObject> fallback, bool ignoreCase = false)
    {
        var arguments = new CallArguments([.. args.Select(a => a.Expression)], call, ignoreCase);
        Type statics = Class.Statics.GetType();
        if (statics.IsCollectible)
        {
            return new DynamicMetaObject(Expression.Call(Expression.Convert(Expression, typeof(HlClass)), RuleMethods.NewObject, arguments.ToArray()), IsClass);
        }
        BindingRestrictions restrictions = IsClass.Merge(BindingRestrictions.GetTypeRestriction(StaticsExpression, statics));
        return Class.Constructor.Build(arguments, out string? problem) is { } body
            ? new DynamicMetaObject(body, restrictions)
            : fallback(new DynamicMetaObject(LanguageErrors.Throw(problem!), restrictions));
    }

    private HlMetaObject? Statics(string name, bool ignoreCase) =>
        Class.FindStatic(name, ignoreCase) is null ? null : new HlMetaObject(StaticsExpression, Class.Statics, IsClass);

    // The rule for a name that is no static must not be taken for a class that has such a static.
    private DynamicMetaObject Without(string name, bool ignoreCase, DynamicMetaObject result) => new(result.Expression,
        result.Restrictions.Merge(IsClass).Merge(BindingRestrictions.GetExpressionRestriction(Expression.Not(Expression.Call(RuleMethods.HasStatic,
            Expression.Convert(Expression, typeof(HlClass)), Expression.Constant(name), Expression.Constant(ignoreCase))))));

    private DynamicMetaObject? Suggest(DynamicMetaObjectBinder binder, string name) => LanguageErrors.Suggest(binder, this,
        HlMissingMemberException.Member(Class.Name, name, [.. MemberFinder.NamesOf(Class.Statics), New]).Message);
}
