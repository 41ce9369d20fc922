using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Calls of functions that are known only when they are called: those in fields typed <c>Dynamic</c> and in structures.</summary>
internal static class FunctionCalls
{
    private static readonly ConditionalWeakTable<Type, CallSignature> Signatures = new();

    /// <summary>The expression that calls the function which <paramref name="function"/> reads.</summary>
    public static Expression? Build(Expression function, string name, HlContext context, CallArguments arguments, out string? problem)
    {
        problem = arguments.Call.ArgumentNames.Count == 0 ? null : $"{name} is a function whose parameters have no names";
        return problem is not null
            ? null
            : Expression.Call(CachedReflection.CallFunction, function, arguments.ToArray(), Expression.Constant(name), Expression.Constant(context));
    }

    /// <summary>Calls a function with .NET values; the result is one too.</summary>
    /// <exception cref="HlConversionException">The arguments do not fit.</exception>
    /// <exception cref="HaxeException">There is no function, or it threw an exception.</exception>
    public static object? Call(object? function, object?[] arguments, string name, HlContext context)
    {
        switch (function)
        {
            case null:
                throw HaxeError.NullAccess(name);
            case HlVarArgs varArgs:
                object?[] values = [.. arguments.Select(a => HlConvert.ToDynamic(a, context))];
                return HlFaults.Run(() => HlConvert.FromHaxe(varArgs(values)));
            case Delegate target:
                CallSignature signature = Signatures.GetValue(target.GetType(),
                    _ => CallSignature.Of("The function", context.TypeOf(target), null, 0));
                object?[] converted = signature.Convert(arguments);
                return HlFaults.Run(() => HlConvert.FromHaxe(HlClosures.Call(target, converted)));
            default:
                throw new HlConversionException($"{name} is {HaxeNames.OfValue(function)}, which cannot be called.", function);
        }
    }
}
