using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Makes Haxe objects usable as C# <c>dynamic</c>: tells a call site how it reaches a member. This is the folder's way
/// in. A rule tests for the object's class and accesses the member as C# would; a site that meets many classes gets
/// one rule for all of them (<see cref="GeneralSite"/>). What Haxe does not know, the calling language decides.
/// </summary>
internal sealed class HlMetaObject : DynamicMetaObject
{
    public HlMetaObject(Expression expression, HlObject value) : base(expression, BindingRestrictions.Empty, value) { }

    public HlMetaObject(Expression expression, HlObject value, BindingRestrictions restrictions) : base(expression, restrictions, value) { }

    private HlObject Object => (HlObject)Value!;

    public override DynamicMetaObject BindGetMember(GetMemberBinder binder) =>
        binder.IgnoreCase && Object is HlDynObj ? BindFieldIfThere(binder) :
        Bind(binder, new GetAccess(binder), [], out string problem)
        ?? Behind()?.BindGetMember(binder)
        ?? binder.FallbackGetMember(this, LanguageErrors.Suggest(binder, this, problem));

    public override DynamicMetaObject BindSetMember(SetMemberBinder binder, DynamicMetaObject value) =>
        Bind(binder, new SetAccess(binder), [value], out string problem)
        ?? Behind()?.BindSetMember(binder, value)
        ?? binder.FallbackSetMember(this, value, LanguageErrors.Suggest(binder, this, problem));

    public override DynamicMetaObject BindInvokeMember(InvokeMemberBinder binder, DynamicMetaObject[] args) =>
        FirstRule.Create(binder, this, args)
        ?? Bind(binder, new InvokeAccess(binder), args, out string problem)
        ?? Behind()?.BindInvokeMember(binder, args)
        ?? BindInvokeValue(binder, args)
        ?? binder.FallbackInvokeMember(this, args, LanguageErrors.Suggest(binder, this, problem));

    public override DynamicMetaObject BindGetIndex(GetIndexBinder binder, DynamicMetaObject[] indexes) =>
        Object is HlEnum ? BindParameter(binder, indexes)
        : Bind(binder, new IndexAccess(isSet: false), indexes, out _) ?? Behind()?.BindGetIndex(binder, indexes) ?? binder.FallbackGetIndex(this, indexes);

    public override DynamicMetaObject BindSetIndex(SetIndexBinder binder, DynamicMetaObject[] indexes, DynamicMetaObject value) =>
        Bind(binder, new IndexAccess(isSet: true), [.. indexes, value], out _)
        ?? Behind()?.BindSetIndex(binder, indexes, value)
        ?? binder.FallbackSetIndex(this, indexes, value);

    public override DynamicMetaObject BindBinaryOperation(BinaryOperationBinder binder, DynamicMetaObject arg) =>
        ObjectOperators.Bind(binder, this, arg) ?? binder.FallbackBinaryOperation(this, arg);

    /// <summary>Removes a field of an object whose fields come and go; no other object allows that.</summary>
    public override DynamicMetaObject BindDeleteMember(DeleteMemberBinder binder)
    {
        BindingRestrictions restrictions = Restrictions.Merge(BindingRestrictions.GetTypeRestriction(Expression, LimitType));
        if (Object is not (HlDynObj or HlVirtual) || LimitType.IsCollectible)
            return binder.FallbackDeleteMember(this, LanguageErrors.Suggest(binder, this, $"{HaxeNames.Of(Object.Type)}.{binder.Name} cannot be removed"));
        Expression delete = Expression.Call(RuleMethods.DeleteField, Expression.Convert(Expression, typeof(HlObject)), Expression.Constant(binder.Name));
        return new DynamicMetaObject(binder.ReturnType == typeof(void) ? Expression.Block(typeof(void), delete) : Expression.Convert(delete, binder.ReturnType), restrictions);
    }

    public override DynamicMetaObject BindConvert(ConvertBinder binder)
    {
        if (Object is HlString && binder.Type == typeof(string))
        {
            return new DynamicMetaObject(
                ValueExpressions.Inlined(RuleMethods.Text, Expression.Convert(Expression, typeof(HlString))),
                Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(Expression.TypeIs(Expression, typeof(HlString)))));
        }
        if (binder.Type.IsAssignableFrom(LimitType) || !DotNetValues.MayConvert(Object, binder.Type))
            return binder.FallbackConvert(this);
        // One rule for all classes that are no such type already.
        return new DynamicMetaObject(
            Expression.Call(RuleMethods.ConvertTo.MakeGenericMethod(binder.Type), Expression, Expression.Constant("The value")),
            Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(Expression.AndAlso(
                Expression.TypeIs(Expression, typeof(HlObject)), Expression.Not(Expression.TypeIs(Expression, binder.Type))))));
    }

    public override IEnumerable<string> GetDynamicMemberNames() => MemberFinder.NamesOf(Object);

    private DynamicMetaObject? Bind(DynamicMetaObjectBinder binder, MemberAccess access, DynamicMetaObject[] args, out string problem)
    {
        Expression[] arguments = Array.ConvertAll(args, static a => a.Expression);
        Expression? body = null, premise = null;
        string? reason = null;
        if (access.Find(Object, arguments) is { } member)
            body = access.BuildFor(member, Object, ValueExpressions.KnownAs(Expression, LimitType), arguments, out premise, out reason);
        problem = "";
        if (body is null)
        {
            // To look for names like it costs more than all of the binding.
            problem = reason ?? Missing(access.Name);
            return null;
        }
        // Rules stay in call sites for good, so they must not hold what is to be unloaded.
        if (LimitType.IsCollectible || BinderHistory.Of(binder).IsPolymorphic(LimitType))
            return GeneralRule.Create(binder, access, this, args);
        // What is presumed of an object of the class must not be tested of any other.
        return new DynamicMetaObject(body, Restrictions.Merge(premise is null
            ? BindingRestrictions.GetTypeRestriction(Expression, LimitType)
            : BindingRestrictions.GetExpressionRestriction(Expression.AndAlso(Expression.TypeEqual(Expression, LimitType), premise))));
    }

    // VB writes reading a property and calling a method alike, so what cannot be called is read, and the language decides.
    private DynamicMetaObject? BindInvokeValue(InvokeMemberBinder binder, DynamicMetaObject[] args)
    {
        if (LanguageErrors.IsCSharp(binder) || MemberFinder.Find(Object, binder.Name, binder.IgnoreCase) is not { } member || member is not (HlField or HlProperty))
            return null;
        if (!LimitType.IsCollectible)
        {
            BindingRestrictions restrictions = Restrictions.Merge(BindingRestrictions.GetTypeRestriction(Expression, LimitType));
            return binder.FallbackInvoke(new DynamicMetaObject(member.BuildGet(Expression), restrictions), args, null);
        }
        // The rule must not hold the class that is to go.
        Expression isOfClass = Expression.Call(RuleMethods.IsOfClass, Expression.Convert(Expression, typeof(object)), Expression.Constant(new WeakReference<Type>(LimitType)));
        Expression value = Expression.Call(RuleMethods.ReadMember, Expression.Convert(Expression, typeof(object)), Expression.Constant(binder.Name), Expression.Constant(binder.IgnoreCase));
        return binder.FallbackInvoke(new DynamicMetaObject(value, Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(isOfClass))), args, null);
    }

    /// <summary>For rules: whether an object is of a class that may be gone.</summary>
    internal static bool IsOfClass(object? target, WeakReference<Type> type) => target is not null && type.TryGetTarget(out Type? alive) && target.GetType() == alive;

    /// <summary>For rules: the value of a member that the object has.</summary>
    internal static object? ReadMember(object target, string name, bool ignoreCase) => MemberFinder.Find((HlObject)target, name, ignoreCase)!.GetValue(target);

    // A field that is not there is null for Haxe, and so for C#. Languages without case, VB and PowerShell, try names
    // that they have a meaning for themselves, such as Count.
    private DynamicMetaObject BindFieldIfThere(GetMemberBinder binder)
    {
        Expression has = Expression.Call(RuleMethods.HasDynamicField, Expression.Convert(Expression, typeof(object)), Expression.Constant(binder.Name), Expression.Constant(true));
        bool isThere = DynamicField.Has(Object, binder.Name, true);
        BindingRestrictions restrictions = Restrictions.Merge(BindingRestrictions.GetTypeRestriction(Expression, typeof(HlDynObj)))
            .Merge(BindingRestrictions.GetExpressionRestriction(isThere ? has : Expression.Not(has)));
        DynamicMetaObject result = isThere ? new DynamicMetaObject(new DynamicField(Object.Type, binder.Name, true).BuildGet(Expression), restrictions)
            : binder.FallbackGetMember(this);
        return new DynamicMetaObject(result.Expression, result.Restrictions.Merge(restrictions));
    }

    /// <summary>For rules: removes a field; false if there is none.</summary>
    internal static bool Delete(HlObject target, string name) => HlFields.Delete(target, target.Type.Context.Hash(name));

    // The arguments of an enum value.
    private DynamicMetaObject BindParameter(GetIndexBinder binder, DynamicMetaObject[] indexes)
    {
        if (indexes is not [{ LimitType: var type }] || type != typeof(int))
            return binder.FallbackGetIndex(this, indexes);
        return new DynamicMetaObject(
            Expression.Call(RuleMethods.FromHaxe, Expression.MakeIndex(Expression.Convert(Expression, typeof(HlEnum)), RuleMethods.EnumParameter,
                [Expression.Convert(indexes[0].Expression, typeof(int))])),
            Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(Expression.TypeIs(Expression, typeof(HlEnum))))
                .Merge(BindingRestrictions.GetTypeRestriction(indexes[0].Expression, typeof(int))));
    }

    /// <summary>A view does not know all that the object behind it has; null for what is no view.</summary>
    private DynamicMetaObject? Behind()
    {
        if (Object is not HlVirtual { Target: not null } || HlVirtual.Unwrap(Object) is not { } behind)
            return null;
        Expression expression = Expression.Call(RuleMethods.Unwrap, Expression);
        BindingRestrictions restrictions = Restrictions.Merge(BindingRestrictions.GetTypeRestriction(Expression, LimitType));
        return behind is HlObject obj
            ? new HlMetaObject(expression, obj, restrictions)
            : new DynamicMetaObject(expression, restrictions.Merge(BindingRestrictions.GetTypeRestriction(expression, behind.GetType())), behind);
    }

    private string Missing(string name) => HlMissingMemberException.Member(HaxeNames.Of(Object.Type), name, MemberFinder.NamesOf(Object)).Message;
}
