using System.Linq.Expressions;
using System.Reflection;

namespace HlDynamic.Dynamic;

/// <summary>An <see cref="HlArgument"/> in a compiled call: an object, or, for a parameter that is a number, that number without a box.</summary>
internal sealed class ArgumentExpression(ParameterExpression argument) : Expression
{
    private static readonly MethodInfo AsObject = Method(nameof(HlArgument.ToObject), 1);

    private static readonly Dictionary<Type, MethodInfo> Numbers = new()
    {
        [typeof(int)] = Method(nameof(HlArgument.ToI32), 2),
        [typeof(double)] = Method(nameof(HlArgument.ToF64), 2),
        [typeof(bool)] = Method(nameof(HlArgument.ToBool), 2),
    };

    public override ExpressionType NodeType => ExpressionType.Extension;

    public override Type Type => typeof(object);

    public override bool CanReduce => true;

    public override Expression Reduce() => Call(AsObject, argument);

    /// <summary>The argument as a number; null if the parameter is none.</summary>
    public Expression? As(Type type, HlParameter to) => Numbers.TryGetValue(type, out MethodInfo? method) ? Call(method, argument, Constant(to)) : null;

    private static MethodInfo Method(string name, int parameters) => typeof(HlArgument).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        .Single(m => m.Name == name && m.GetParameters().Length == parameters);
}
