using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Dynamic;

namespace HlDynamic;

/// <summary>Makes a VM usable as <c>dynamic</c>: its classes and packages are its members, its own methods stay what they are.</summary>
internal sealed class VmMetaObject(Expression expression, HlVm value) : NamespaceMetaObject(expression, value)
{
    private static readonly MethodInfo NewObject = typeof(HlVm).GetMethod(nameof(HlVm.New), 0, [typeof(string), typeof(object[])])!;

    public override DynamicMetaObject BindInvokeMember(InvokeMemberBinder binder, DynamicMetaObject[] args)
    {
        // C# would bind it too, but with a rule for each combination of the arguments' classes.
        if (binder.Name != nameof(HlVm.New) || binder.CallInfo.ArgumentNames.Count > 0 || args is not [var name, ..] || name.LimitType != typeof(string))
            return base.BindInvokeMember(binder, args);
        return new DynamicMetaObject(
            Expression.Call(Expression.Convert(Expression, typeof(HlVm)), NewObject, Expression.Convert(name.Expression, typeof(string)),
                new CallArguments([.. args[1..].Select(a => a.Expression)], binder.CallInfo, false).ToArray()),
            BindingRestrictions.GetTypeRestriction(Expression, typeof(HlVm)).Merge(BindingRestrictions.GetTypeRestriction(name.Expression, typeof(string))));
    }
}
