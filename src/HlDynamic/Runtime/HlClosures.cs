using System.Reflection;
using System.Runtime.CompilerServices;

namespace HlDynamic.Runtime;

/// <summary>Functions as values: calling them with dynamic arguments, giving them other types, taking closures apart.</summary>
internal static class HlClosures
{
    // What the compiler names the methods of the wrappers it makes: closed over the wrapped function.
    private const string WrapperPrefix = "wrap$";

    /// <summary>A dynamic value that is to be called; null stays null.</summary>
    /// <exception cref="HaxeException">It is no function, where HashLink crashes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Delegate? Callable(object? value) => value is Delegate function ? function : value is null ? null : throw NotCallable(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static HaxeException NotCallable(object value) => HaxeError.CannotCast(HlTypes.NameOf(value), "function");

    /// <summary>Calls as <see cref="Call(Delegate, object?[])"/> does; what a function of the host returns is made a Haxe value.</summary>
    public static object? Call(HlContext context, Delegate function, params object?[] arguments)
    {
        HlInvoker? invoker = context.FindInvoker(function.GetType());
        object? result = Call(function, arguments, ref invoker);
        if (invoker is not null)
            context.KeepInvoker(invoker);
        return HlHost.FromHost(context, result);
    }

    /// <summary>
    /// Calls a function with dynamic arguments (HashLink std/fun.c: <c>hl_dyn_call</c>, which allows nine
    /// at most). Arguments too many are ignored, null stands for 0 where the parameter cannot be null.
    /// </summary>
    /// <exception cref="HaxeException">Arguments are missing or cannot be cast to the parameters' types.</exception>
    public static object? Call(Delegate function, params object?[] arguments)
    {
        HlInvoker? invoker = null;
        return Call(function, arguments, ref invoker);
    }

    /// <summary>Calls as <see cref="Call(Delegate, object?[])"/> does, and remembers in <paramref name="invoker"/> how functions of this type are called.</summary>
    public static object? Call(Delegate function, object?[] arguments, ref HlInvoker? invoker)
    {
        HlStackGuard.Check();
        Type type = function.GetType();
        if (invoker is { } known && known.TargetType == type)
            return known.Invoke(function, arguments);
        switch (arguments.Length)
        {
            case 0:
                if (type == typeof(Func<object>)) return Unsafe.As<Func<object?>>(function)();
                if (type == typeof(Action)) return Null(Unsafe.As<Action>(function));
                break;
            case 1:
                if (type == typeof(Func<object, object>)) return Unsafe.As<Func<object?, object?>>(function)(arguments[0]);
                if (type == typeof(Action<object>)) return Null(Unsafe.As<Action<object?>>(function), arguments[0]);
                break;
            case 2:
                if (type == typeof(Func<object, object, object>)) return Unsafe.As<Func<object?, object?, object?>>(function)(arguments[0], arguments[1]);
                break;
            case 3:
                if (type == typeof(Func<object, object, object, object>)) return Unsafe.As<Func<object?, object?, object?, object?>>(function)(arguments[0], arguments[1], arguments[2]);
                break;
            case 4:
                if (type == typeof(Func<object, object, object, object, object>)) return Unsafe.As<Func<object?, object?, object?, object?, object?>>(function)(arguments[0], arguments[1], arguments[2], arguments[3]);
                break;
        }
        if (type == typeof(HlVarArgs))
            return Unsafe.As<HlVarArgs>(function)(arguments);
        return (invoker = HlInvoker.OfDelegate(type)).Invoke(function, arguments);
    }

    private static object? Null(Action action)
    {
        action();
        return null;
    }

    private static object? Null(Action<object?> action, object? argument)
    {
        action(argument);
        return null;
    }

    /// <summary>
    /// A function of another type that converts arguments and result (HashLink std/fun.c: <c>hl_make_fun_wrapper</c>);
    /// null if the numbers of parameters differ.
    /// </summary>
    /// <param name="context">Where results of host functions become Haxe values; null leaves them as they are.</param>
    /// <param name="function">What is called.</param>
    /// <param name="delegateType">The type wanted.</param>
    public static Delegate? Wrap(HlContext? context, Delegate function, Type delegateType) =>
        function is HlVarArgs || ParameterCount(function) == HlInvoker.OfDelegate(delegateType).ParameterCount
            ? HlWrapper.Create(context, function, delegateType)
            : null;

    /// <summary>The function inside of any wrappers, as a delegate of its own method.</summary>
    public static Delegate Unwrap(Delegate function)
    {
        for (;;)
        {
            switch (function.Target)
            {
                case IHlWrapper wrapper:
                    function = wrapper.Inner;
                    break;
                case Delegate inner when function.Method.Name.StartsWith(WrapperPrefix, StringComparison.Ordinal):
                    function = inner;
                    break;
                case HlNoEnvironment nothing:
                    return nothing.Open(function);
                default:
                    return function;
            }
        }
    }

    /// <summary>How many arguments a function takes; 0 for one that takes any number.</summary>
    public static int ParameterCount(Delegate function) => function is HlVarArgs ? 0 : HlInvoker.OfDelegate(function.GetType()).ParameterCount;

    /// <summary>A function that takes any number of arguments, as an array (HashLink std/fun.c: <c>hl_make_var_args</c>).</summary>
    public static Delegate MakeVarArgs(HlContext context, Func<HlArray, object?> function)
    {
        HlType elements = context.Basic(Bytecode.HlTypeKind.Dyn);
        return HlVarArgsFunction.Create(context, arguments => function(new HlArray<object>(elements, [.. arguments!])));
    }

    /// <summary>Whether both are the same function of the same object (HashLink std/fun.c: <c>hl_fun_compare</c>); wrappers do not count.</summary>
    public static bool SameFunction(object? a, object? b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a is not Delegate x || b is not Delegate y)
            return false;
        x = Unwrap(x);
        y = Unwrap(y);
        if (x.Target is HlOpenFunction open)
            return y.Target is HlOpenFunction other ? open.Bound.Method == other.Bound.Method : y.Target is null && open.Bound.Method == y.Method;
        return ReferenceEquals(x, y) || (ReferenceEquals(x.Target, y.Target) && x.Method == y.Method);
    }

    /// <summary>
    /// The function that a closure closes over, which takes the closed-over value as its first argument (HashLink
    /// std/fun.c: <c>hl_no_closure</c>). A function that closes over nothing that could be an argument is returned as it is.
    /// </summary>
    public static Delegate NoClosure(Delegate function)
    {
        function = Unwrap(function);
        return GetClosureValue(function) is null ? function : new HlVarArgs(new HlOpenFunction(function).Call);
    }

    /// <summary>
    /// A closure over <paramref name="value"/> as first argument (HashLink std/fun.c: <c>hl_make_closure</c>); null
    /// if the function takes none or the value is not of its type.
    /// </summary>
    public static Delegate? MakeClosure(Delegate function, object? value)
    {
        function = Unwrap(function);
        if (function.Target is HlOpenFunction open)
            function = open.Bound;
        MethodInfo method = function.Method;
        // What other libraries compiled while running has no method that a closure could be made of.
        if (value is null || function is HlVarArgs || method.DeclaringType is null || (method.IsStatic && method.GetParameters().Length == 0))
            return null;
        Type[] parameters = [.. method.GetParameters().Select(p => p.ParameterType)];
        Type first = method.IsStatic ? parameters[0] : method.DeclaringType;
        if (first.IsValueType || !first.IsInstanceOfType(value))
            return null;
        Type type = HlDelegates.GetType(method.IsStatic ? parameters[1..] : parameters, method.ReturnType, method.DeclaringType.Assembly);
        return Delegate.CreateDelegate(type, value, method);
    }

    /// <summary>
    /// The value that a closure closes over, or null (HashLink std/fun.c: <c>hl_get_closure_value</c>). What functions
    /// of the host close over is their own affair.
    /// </summary>
    public static object? GetClosureValue(Delegate function)
    {
        function = Unwrap(function);
        return HlHost.IsObject(function.Target) || function is HlVarArgs ? null : function.Target;
    }
}
