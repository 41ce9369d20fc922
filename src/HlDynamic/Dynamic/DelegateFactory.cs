using System.Collections.Concurrent;
using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Makes .NET delegates that call Haxe functions: arguments and results of known types are converted by those types,
/// without boxes. One method is compiled for each pair of types and VM.
/// </summary>
internal static class DelegateFactory
{
    /// <summary>A delegate that calls a function.</summary>
    /// <exception cref="HlConversionException">The delegate type does not fit the function.</exception>
    public static Delegate Create(HlFunction function, Type delegateType)
    {
        Delegate inner = function.Function;
        if (inner.GetType() == delegateType && Functions.IsPlain(delegateType) && PlainDelegate.Create(inner, function.Context) is { } plain)
            return plain;
        Func<Delegate, Delegate> factory = function.Context.State<Factories>().ByTypes.GetOrAdd((inner.GetType(), delegateType),
            static (types, function) => Compile(function, types.Inner, types.Outer), function);
        return factory(inner);
    }

    /// <summary>The delegate whose call is <paramref name="build"/>'s expression.</summary>
    /// <param name="delegateType">The delegate type.</param>
    /// <param name="name">What is called, for errors.</param>
    /// <param name="skip">How many of the first parameters are no arguments.</param>
    /// <param name="build">Makes the call of the parameters; null and the reason if they do not fit.</param>
    /// <exception cref="HlConversionException">They do not fit.</exception>
    public static LambdaExpression Lambda(Type delegateType, string name, int skip, BuildCall build)
    {
        MethodInfo invoke = delegateType.GetMethod("Invoke") ?? throw new ArgumentException($"{delegateType} is no delegate type that could be made.");
        ParameterExpression[] parameters = [.. invoke.GetParameters().Select(p => Expression.Parameter(p.ParameterType, p.Name))];
        Expression[] values = [.. parameters.Skip(skip)];
        Expression call = build(parameters, new CallArguments(values, new CallInfo(values.Length), false), out HlType? result, out string? problem)
            ?? throw new HlConversionException($"{delegateType} does not fit: {problem}.", null);
        return Expression.Lambda(delegateType, ValueExpressions.FromHaxeAs(call, result, invoke.ReturnType, name + "()"), parameters);
    }

    /// <summary>Makes the expression of a call. Its value is a Haxe value of the type <c>result</c>, or, if that is null, one that .NET programs see.</summary>
    public delegate Expression? BuildCall(ParameterExpression[] parameters, CallArguments arguments, out HlType? result, out string? problem);

    private static Func<Delegate, Delegate> Compile(HlFunction function, Type inner, Type outer)
    {
        ParameterExpression self = Expression.Parameter(typeof(Delegate)), target = Expression.Variable(inner);
        CallSignature signature = FunctionCalls.SignatureOf(function.Function, function.Context, withNames: false);
        LambdaExpression lambda = Lambda(outer, signature.Name, 0, (ParameterExpression[] _, CallArguments arguments, out HlType? result, out string? problem) =>
        {
            if (inner == typeof(HlVarArgs))
            {
                result = null;
                return FunctionCalls.Build(target, signature.Name, function.Context, arguments, out problem);
            }
            result = signature.Result;
            return signature.BuildCall(inner.GetMethod("Invoke")!, target, arguments, out problem);
        });
        return Expression.Lambda<Func<Delegate, Delegate>>(
            Expression.Block(typeof(Delegate), [target], Expression.Assign(target, Expression.Convert(self, inner)), lambda), self).Compile();
    }

    private sealed class Factories
    {
        public ConcurrentDictionary<(Type Inner, Type Outer), Func<Delegate, Delegate>> ByTypes { get; } = new();
    }
}
