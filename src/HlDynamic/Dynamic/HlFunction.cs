using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// A Haxe function as a value. Used as <c>dynamic</c> it is called like any function, and it converts to a delegate of
/// any type whose parameters and result fit. What Haxe code gets back is the function itself.
/// </summary>
public sealed class HlFunction : IDynamicMetaObjectProvider, IEquatable<HlFunction>, IHlValue
{
    private CallSignature? signature;

    private HlFunction(Delegate function, HlContext context)
    {
        Function = function;
        Context = context;
    }

    /// <summary>What Haxe code holds.</summary>
    internal Delegate Function { get; }

    internal HlContext Context { get; }

    object? IHlValue.HaxeValue => Function;

    /// <summary>What a call takes; a function that takes any number of arguments has none.</summary>
    internal CallSignature Signature => signature ??= FunctionCalls.SignatureOf(Function, Context, withNames: true);

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The result; null where there is none.</returns>
    /// <exception cref="HlConversionException">The arguments do not fit.</exception>
    /// <exception cref="HaxeException">The function threw an exception.</exception>
    public object? Invoke(params object?[]? arguments) => FunctionCalls.Call(Function, arguments ?? [null], Signature.Name, Context);

    /// <summary>The function as a delegate, which costs little more to call than one made of C# code.</summary>
    /// <typeparam name="T">A delegate type; its parameters and result are converted as in any call.</typeparam>
    /// <exception cref="HlConversionException">The delegate type does not fit the function.</exception>
    public T ToDelegate<T>() where T : Delegate => (T)DelegateFactory.Create(this, typeof(T));

    /// <summary>Whether both are the same function, of the same object where it is a method.</summary>
    /// <param name="other">The other function.</param>
    public bool Equals(HlFunction? other) => other is not null && HlClosures.SameFunction(Function, other.Function);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HlFunction);

    /// <inheritdoc/>
    public override int GetHashCode() => HlClosures.Unwrap(Function).Method.GetHashCode();

    /// <summary>The function as Haxe writes it.</summary>
    public override string ToString() => HlText.Of(Function);

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new FunctionMetaObject(parameter, this);

    /// <summary>A function of a Haxe program as .NET programs see it; one of .NET's comes back as the delegate it was.</summary>
    internal static object From(Delegate function) =>
        FindContext(function) is { } context ? new HlFunction(function, context) : HlClosures.Unwrap(function);

    private static HlContext? FindContext(Delegate function)
    {
        for (;;)
        {
            function = HlClosures.Unwrap(function);
            switch (function.Target)
            {
                case HlObject obj:
                    return obj.Type.Context;
                case HlVarArgsFunction any:
                    return any.Context;
                case HlOpenFunction open:
                    function = open.Bound;
                    break;
                default:
                    return HlModuleInstance.Find(function.Method.Module.Assembly)?.Context;
            }
        }
    }
}
