using System.Dynamic;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// The rule of a call of what has hardly been called yet: two calls of methods that are compiled already, which look the function up and
/// call it by value. It names no class, so it is one for all. .NET optimises each rule as well as it can, which
/// is most of what a first use costs: 600 µs for a rule that calls the function itself, 300 for this one. Once a function
/// has been called some times the rule does not hold for it any more, and the site gets the other one. (perf/README.md)
/// </summary>
internal static class FirstRule
{
    /// <summary>How often a function is called by value.</summary>
    public const int Uses = 16;

    private const int MaxArguments = 4;

    /// <summary>The rule; null if the call needs another one.</summary>
    public static DynamicMetaObject? Create(InvokeMemberBinder binder, DynamicMetaObject target, DynamicMetaObject[] args)
    {
        if (binder.IgnoreCase || binder.CallInfo.ArgumentNames.Count > 0 || args.Length > MaxArguments || !Takes(target.Value, binder.Name, args.Length))
            return null;
        Expression name = Expression.Constant(binder.Name);
        var all = new Expression[args.Length + 2];
        all[0] = target.Expression;
        all[1] = name;
        for (int i = 0; i < args.Length; i++)
        {
            Expression argument = args[i].Expression;
            if (argument is ParameterExpression { IsByRef: true })
                return null;
            all[i + 2] = argument.Type.IsValueType ? Expression.Convert(argument, typeof(object)) : argument;
        }
        Expression takes = Expression.Call(RuleMethods.FirstRuleTakes, target.Expression, name, Expression.Constant(args.Length));
        return new DynamicMetaObject(
            Expression.Call(RuleMethods.FirstRuleCall(args.Length), all), target.Restrictions.Merge(BindingRestrictions.GetExpressionRestriction(takes)));
    }

    /// <summary>For the rule: whether it holds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool Takes(object? target, string name, int arguments) => Find(target, name) is { } member && member.MayCall(Self(target), arguments);

    /// <summary>For the rule: the call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static object? Call0(object target, string name) => Call(target, name, []);

    /// <inheritdoc cref="Call0"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static object? Call1(object target, string name, object? argument) => Call(target, name, [argument]);

    /// <inheritdoc cref="Call0"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static object? Call2(object target, string name, object? first, object? second) => Call(target, name, [first, second]);

    /// <inheritdoc cref="Call0"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static object? Call3(object target, string name, object? first, object? second, object? third) => Call(target, name, [first, second, third]);

    /// <inheritdoc cref="Call0"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static object? Call4(object target, string name, object? first, object? second, object? third, object? fourth) =>
        Call(target, name, [first, second, third, fourth]);

    private static object? Call(object target, string name, object?[] arguments) => Find(target, name)!.Call(Self(target), arguments);

    private static HlMember? Find(object? target, string name) => target switch
    {
        HlObject obj => obj.Type.FindMember(name),
        // The object that holds the statics would have to be asked by a method that is not compiled yet.
        HlClass c => HlClass.StaticsType(c.Type)?.FindMember(name),
        _ => null,
    };

    private static HlObject Self(object? target) => target as HlObject ?? ((HlClass)target!).Statics;
}
