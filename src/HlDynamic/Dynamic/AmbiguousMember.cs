using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>A name that means several members where case does not count. Every use of it is an error that says so.</summary>
internal sealed class AmbiguousMember(HlType owner, string name, IReadOnlyList<string> candidates) : HlMember(owner, name)
{
    private string Problem => $"{HaxeNames.Of(Owner)} has {string.Join(" and ", candidates)}, so {Name} may mean any of them";

    public override Expression BuildGet(Expression target) => Throw();

    public override Expression? BuildSet(Expression target, Expression value, out string? problem)
    {
        problem = null;
        return Throw();
    }

    public override Expression? BuildInvoke(Expression target, CallArguments arguments, out string? problem)
    {
        problem = null;
        return Throw();
    }

    public override object? Get(object target) => throw new AmbiguousMatchException(Problem);

    public override void SetValue(object target, object? value) => throw new AmbiguousMatchException(Problem);

    public override object? InvokeValue(object target, object?[] arguments) => throw new AmbiguousMatchException(Problem);

    private UnaryExpression Throw() =>
        Expression.Throw(Expression.New(typeof(AmbiguousMatchException).GetConstructor([typeof(string)])!, Expression.Constant(Problem)), typeof(object));
}
