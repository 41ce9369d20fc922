using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Functions across the border. A function that takes and returns numbers alone is the same delegate on both sides;
/// all others are adapted, and what was adapted comes back as what it was.
/// </summary>
internal static class Functions
{
    private static readonly ConditionalWeakTable<Type, object> Plain = new();
    private static readonly ConditionalWeakTable<Delegate, Delegate> Adapted = new();

    /// <summary>Whether functions of a delegate type can be called by both sides: no texts, no objects.</summary>
    public static bool IsPlain(Type delegateType) => (bool)Plain.GetValue(delegateType, static type =>
    {
        var invoke = type.GetMethod("Invoke");
        return HlBox.Bool(invoke is not null && (invoke.ReturnType == typeof(void) || IsBasic(invoke.ReturnType)) && invoke.GetParameters().All(p => IsBasic(p.ParameterType)));
    });

    /// <summary>A function of a .NET program as one of a Haxe type.</summary>
    /// <exception cref="HlConversionException">It is no such function.</exception>
    public static object? ToHaxe(object? value, HlParameter to)
    {
        if (value is null || (to.Type.ClrType.IsInstanceOfType(value) && IsPlain(value.GetType())))
            return value;
        if (value is not Delegate function)
            throw to.Refuse(value);
        // A Haxe function that was adapted for C# comes back.
        if (function.Target is FunctionAdapter adapter && !IsOfHost(adapter.Inner))
            function = adapter.Inner;
        if (to.Type.ClrType.IsInstanceOfType(function) && !IsOfHost(function))
            return function;
        try
        {
            Delegate? adapted = IsOfHost(function) ? FunctionAdapter.ToHaxe(function, to.Type) : null;
            return adapted ?? HlCast.ToFunction(function, to.Type.ClrType, to.Type.Context);
        }
        catch (HaxeException e)
        {
            throw to.Refuse(value, e);
        }
    }

    /// <summary>A function of a .NET program as Haxe's <c>Dynamic</c>.</summary>
    public static Delegate ToDynamic(Delegate function, HlContext context)
    {
        if (IsPlain(function.GetType()))
            return function;
        if (function.Target is FunctionAdapter adapter && !IsOfHost(adapter.Inner))
            return adapter.Inner;
        if (!IsOfHost(function))
            return function;
        var invoke = function.GetType().GetMethod("Invoke")!;
        if (invoke.GetParameters().Any(p => p.ParameterType.IsByRef))
            return function;
        // What Haxe calls with any arguments: numbers as they are, all else as Dynamic.
        HlType dynamic = context.Basic(HlTypeKind.Dyn);
        HlType[] parameters = [.. invoke.GetParameters().Select(p => IsBasic(p.ParameterType) ? context.TypeOfClr(p.ParameterType) : dynamic)];
        HlType result = invoke.ReturnType == typeof(void) || IsBasic(invoke.ReturnType) ? context.TypeOfClr(invoke.ReturnType) : dynamic;
        Type clr = HlDelegates.GetType([.. parameters.Select(p => p.ClrType)], result.ClrType, null);
        return FunctionAdapter.ToHaxe(function, HlType.CreateFunction(context, clr, parameters, result)) ?? function;
    }

    /// <summary>A function of a Haxe program as .NET programs see it: texts are strings, objects of the program's classes are objects.</summary>
    public static Delegate ToHost(Delegate function)
    {
        if (IsPlain(function.GetType()))
            return function;
        Delegate inner = HlClosures.Unwrap(function);
        if (IsOfHost(inner) && inner is not HlVarArgs)
            return inner;
        var invoke = function.GetType().GetMethod("Invoke")!;
        Type[] parameters = [.. invoke.GetParameters().Select(p => p.ParameterType)];
        if (function is HlVarArgs || Array.Exists(parameters, p => p.IsByRef) || FindContext([.. parameters, invoke.ReturnType]) is not { } context)
            return function;
        return Adapted.GetValue(function, f => FunctionAdapter.ToHost(f, context.TypeOf(f),
            HlDelegates.GetType([.. parameters.Select(OfHost)], OfHost(invoke.ReturnType), null)) ?? f);
    }

    /// <summary>A function of a Haxe program as a delegate of a given type; null if it cannot be.</summary>
    public static Delegate? ToHost(Delegate function, Type delegateType)
    {
        if (function.Target is FunctionAdapter adapter)
            function = adapter.Inner;
        if (delegateType.IsInstanceOfType(function))
            return function;
        var invoke = function.GetType().GetMethod("Invoke")!;
        HlContext? context = FindContext([.. invoke.GetParameters().Select(p => p.ParameterType), invoke.ReturnType])
            ?? (HlModuleInstance.Find(function.Method.Module.Assembly)?.Context);
        return context is null || function is HlVarArgs || delegateType.GetMethod("Invoke") is null ? null : FunctionAdapter.ToHost(function, context.TypeOf(function), delegateType);
    }

    private static bool IsOfHost(Delegate function) =>
        function is not HlVarArgs && function.Target is not IHlWrapper && HlModuleInstance.Find(function.Method.Module.Assembly) is null;

    private static HlContext? FindContext(Type[] types) => types.Select(t => t.IsByRef ? null : HlTypes.Of(t)?.Context).FirstOrDefault(c => c is not null);

    private static Type OfHost(Type type) =>
        typeof(HlString).IsAssignableFrom(type) ? typeof(string)
        : type.IsValueType || type == typeof(void) ? type
        : typeof(object);

    private static bool IsBasic(Type type) =>
        type == typeof(int) || type == typeof(double) || type == typeof(bool) || type == typeof(float) || type == typeof(long)
        || type == typeof(byte) || type == typeof(ushort) || type == typeof(HlBytes);
}
