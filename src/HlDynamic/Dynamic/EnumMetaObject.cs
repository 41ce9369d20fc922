using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Makes an enum usable as <c>dynamic</c>: <c>hl.Action.Idle</c>, <c>hl.Action.Attack("cat")</c>.</summary>
internal sealed class EnumMetaObject(Expression expression, HlEnumClass value) : DynamicMetaObject(expression, BindingRestrictions.Empty, value)
{
    private HlEnumClass Enum => (HlEnumClass)Value!;

    public override DynamicMetaObject BindGetMember(GetMemberBinder binder) =>
        Has(binder.Name, binder.IgnoreCase)
            ? Lookup.Rule(binder, this, Create(binder.Name, binder.IgnoreCase, CallArguments.None))
            : Lookup.Missing(this, Create(binder.Name, binder.IgnoreCase, CallArguments.None), binder.FallbackGetMember(this, Suggest(binder, binder.Name)));

    public override DynamicMetaObject BindInvokeMember(InvokeMemberBinder binder, DynamicMetaObject[] args)
    {
        var arguments = new CallArguments([.. args.Select(a => a.Expression)], binder.CallInfo, binder.IgnoreCase);
        Expression create = Create(binder.Name, binder.IgnoreCase, arguments);
        return Has(binder.Name, binder.IgnoreCase) && binder.CallInfo.ArgumentNames.Count == 0
            ? Lookup.Rule(binder, this, create)
            : Lookup.Missing(this, create, binder.FallbackInvokeMember(this, args, Suggest(binder, binder.Name)));
    }

    public override IEnumerable<string> GetDynamicMemberNames() => Enum.Constructors;

    private bool Has(string name, bool ignoreCase) =>
        Enum.Constructors.Contains(name, ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private MethodCallExpression Create(string name, bool ignoreCase, CallArguments arguments) => Expression.Call(
        Expression.Convert(Expression, typeof(HlEnumClass)), RuleMethods.CreateEnum, Expression.Constant(name), Expression.Constant(ignoreCase), arguments.ToArray());

    private DynamicMetaObject? Suggest(DynamicMetaObjectBinder binder, string name) =>
        LanguageErrors.Suggest(binder, this, HlMissingMemberException.Member(Enum.Name, name, Enum.Constructors).Message);
}
