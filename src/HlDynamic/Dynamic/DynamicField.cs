using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// A field of an object whose fields come and go. As in Haxe, one that does not exist reads as null, and writing adds it.
/// The expressions hold no object of a VM, for such objects have one class in all VMs.
/// </summary>
internal sealed class DynamicField(HlType owner, string name, bool ignoreCase = false) : HlMember(owner, name)
{
    public override Expression BuildGet(Expression target) =>
        Expression.Call(RuleMethods.GetDynamicField, target, Expression.Constant(Name), Expression.Constant(ignoreCase));

    public override Expression? BuildSet(Expression target, Expression value, out string? problem)
    {
        problem = null;
        return Expression.Call(RuleMethods.SetDynamicField, target, Expression.Constant(Name), Expression.Convert(value, typeof(object)), Expression.Constant(ignoreCase));
    }

    public override Expression? BuildInvoke(Expression target, CallArguments arguments, out string? problem)
    {
        problem = arguments.Call.ArgumentNames.Count == 0 ? null : $"{Name} is a function whose parameters have no names";
        return problem is not null
            ? null
            : Expression.Call(RuleMethods.CallDynamicField, target, Expression.Constant(Name), arguments.ToArray(), Expression.Constant(ignoreCase));
    }

    public override object? Get(object target) => HlFields.Get(Owner.Context, target, Hash);

    public override void SetValue(object target, object? value) => Write(target, Name, value, ignoreCase);

    public override object? InvokeValue(object target, object?[] arguments) => Call(target, Name, arguments, ignoreCase);

    /// <summary>For rules: whether an object has the field now.</summary>
    internal static bool Has(object target, string name, bool ignoreCase)
    {
        HlContext context = ContextOf(target);
        return HlFields.Has(context, target, context.Hash(Resolve(context, target, name, ignoreCase)));
    }

    internal static object? Read(object target, string name, bool ignoreCase)
    {
        HlContext context = ContextOf(target);
        return HlConvert.FromHaxe(HlFields.Get(context, target, context.Hash(Resolve(context, target, name, ignoreCase))));
    }

    internal static object? Write(object target, string name, object? value, bool ignoreCase)
    {
        HlContext context = ContextOf(target);
        HlFields.Set(context, target, context.Hash(Resolve(context, target, name, ignoreCase)), HlConvert.ToDynamic(value, context));
        return value;
    }

    internal static object? Call(object target, string name, object?[] arguments, bool ignoreCase) =>
        FunctionCalls.Call(Read(target, name, ignoreCase), arguments, name, ContextOf(target));

    private static HlContext ContextOf(object target) => ((HlObject)target).Type.Context;

    private static string Resolve(HlContext context, object target, string name, bool ignoreCase)
    {
        if (!ignoreCase || HlFields.Has(context, target, context.Hash(name)))
            return name;
        string[] same = MemberFinder.SameButCase(HlFields.Names(context, target) ?? [], name);
        return same.Length switch
        {
            0 => name,
            1 => same[0],
            _ => throw new System.Reflection.AmbiguousMatchException($"The object has {string.Join(" and ", same)}, so {name} may mean any of them"),
        };
    }
}
