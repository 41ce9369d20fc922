using System.Dynamic;
using System.Linq.Expressions;

namespace HlDynamic.Dynamic;

/// <summary>The arguments of a call at a call site.</summary>
/// <param name="Values">Their expressions, in the order of the call.</param>
/// <param name="Call">Which of them have names.</param>
/// <param name="IgnoreCase">Whether names are compared without regard to case.</param>
internal sealed record CallArguments(IReadOnlyList<Expression> Values, CallInfo Call, bool IgnoreCase)
{
    /// <summary>No arguments.</summary>
    public static CallArguments None { get; } = new([], new CallInfo(0), false);

    /// <summary>One argument.</summary>
    public static CallArguments Of(Expression value) => new([value], new CallInfo(1), false);

    /// <summary>The arguments as an array of objects.</summary>
    public Expression ToArray() => Expression.NewArrayInit(typeof(object), Values.Select(v => Expression.Convert(v, typeof(object))));
}
