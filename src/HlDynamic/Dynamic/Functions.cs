using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Functions of .NET programs as Haxe's. One that takes and returns numbers alone is the same delegate on both sides; all
/// others are adapted, and come back as what they were. (<see cref="HlFunction"/> is the other way.)
/// </summary>
internal static class Functions
{
    private static readonly ConditionalWeakTable<Type, object> Plain = new();

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
        if (!IsOfHost(function))
            return function;
        HlType? type = context.State<DynamicTypes>().ByDelegate.GetOrAdd(function.GetType(), static (type, context) => DynamicType(type, context), context);
        return type is null ? function : FunctionAdapter.ToHaxe(function, type) ?? function;
    }

    // What Haxe calls with any arguments: numbers as they are, all else as Dynamic.
    private static HlType? DynamicType(Type delegateType, HlContext context)
    {
        var invoke = delegateType.GetMethod("Invoke")!;
        if (invoke.GetParameters().Any(p => p.ParameterType.IsByRef))
            return null;
        HlType dynamic = context.Basic(HlTypeKind.Dyn);
        HlType[] parameters = [.. invoke.GetParameters().Select(p => IsBasic(p.ParameterType) ? context.TypeOfClr(p.ParameterType) : dynamic)];
        HlType result = invoke.ReturnType == typeof(void) || IsBasic(invoke.ReturnType) ? context.TypeOfClr(invoke.ReturnType) : dynamic;
        return HlType.CreateFunction(context, HlDelegates.GetType([.. parameters.Select(p => p.ClrType)], result.ClrType, null), parameters, result);
    }

    // Types are what adapters are compiled for, so there is one for each.
    private sealed class DynamicTypes
    {
        public ConcurrentDictionary<Type, HlType?> ByDelegate { get; } = new();
    }

    private static bool IsOfHost(Delegate function) =>
        function is not HlVarArgs && function.Target is not IHlWrapper && HlModuleInstance.Find(function.Method.Module.Assembly) is null;

    private static bool IsBasic(Type type) =>
        type == typeof(int) || type == typeof(double) || type == typeof(bool) || type == typeof(float) || type == typeof(long)
        || type == typeof(byte) || type == typeof(ushort) || type == typeof(HlBytes);
}
