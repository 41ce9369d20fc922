using System.Collections.Concurrent;
using System.Linq.Expressions;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Calls of functions that are known only when they are called: those in fields typed <c>Dynamic</c>, in structures, and as values.</summary>
internal static class FunctionCalls
{
    private const string Anonymous = "The function";

    /// <summary>The expression that calls the function which <paramref name="function"/> reads.</summary>
    public static Expression? Build(Expression function, string name, HlContext context, CallArguments arguments, out string? problem)
    {
        problem = arguments.Call.ArgumentNames.Count == 0 ? null : $"{name} is a function whose parameters have no names";
        return problem is not null
            ? null
            : Expression.Call(RuleMethods.CallFunction, function, arguments.ToArray(), Expression.Constant(name), Expression.Constant(context));
    }

    /// <summary>Calls a function with .NET values; the result is one too.</summary>
    /// <exception cref="HlConversionException">The arguments do not fit.</exception>
    /// <exception cref="HaxeException">There is no function, or it threw an exception.</exception>
    public static object? Call(object? function, object?[] arguments, string name, HlContext context)
    {
        switch (function is HlFunction value ? value.Function : function)
        {
            case null:
                throw HaxeError.NullAccess(name);
            case HlVarArgs varArgs:
                object?[] values = [.. arguments.Select(a => HlConvert.ToDynamic(a, context))];
                return HlFaults.Run(() => HlConvert.FromHaxe(varArgs(values)));
            case Delegate target:
                CallSignature signature = SignatureOf(target, context, withNames: false);
                object?[] converted = signature.Convert(arguments);
                return HlFaults.Run(() => HlConvert.FromHaxe(HlClosures.Call(target, converted), signature.Result));
            default:
                throw new HlConversionException($"{name} is {HaxeNames.OfValue(function)}, which cannot be called.", function);
        }
    }

    /// <summary>What a call of a function takes. Names take longer to find, and are its own; without them, functions of one type share this.</summary>
    public static CallSignature SignatureOf(Delegate function, HlContext context, bool withNames)
    {
        if (withNames)
        {
            Delegate inner = HlClosures.Unwrap(function);
            HlFunctionDef? definition = HlModuleInstance.Find(inner.Method.Module.Assembly)?.FindFunction(inner.Method);
            return CallSignature.Of(definition?.DisplayName ?? Anonymous, context.TypeOf(function), definition, 0);
        }
        return context.State<Signatures>().ByType.GetOrAdd(function.GetType(), static (_, of) => CallSignature.Of(Anonymous, of.context.TypeOf(of.function), null, 0), (function, context));
    }

    // Of one VM: how a text is converted depends on it.
    private sealed class Signatures
    {
        public ConcurrentDictionary<Type, CallSignature> ByType { get; } = new();
    }
}
