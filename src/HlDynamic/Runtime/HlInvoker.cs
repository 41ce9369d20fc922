using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace HlDynamic.Runtime;

/// <summary>
/// Calls a method, or any delegate of a type, with dynamic arguments: each is converted to its parameter's type, the
/// result is made dynamic. It works by reflection at first and is compiled once it has been used some times:
/// compiling costs 50 µs, and brings a call from 600 ns to 10 ns.
/// </summary>
internal sealed class HlInvoker
{
    private const int UsesBeforeCompiling = 16;
    private static readonly ConditionalWeakTable<Type, HlInvoker> Delegates = new();

    private readonly MethodInfo method;
    private readonly Type targetType;
    private readonly Type[] parameters;
    private Invocation? compiled;
    private int uses;

    private delegate object? Invocation(object target, object?[] arguments);

    private HlInvoker(MethodInfo method, Type targetType, Type[] parameters)
    {
        this.method = method;
        this.targetType = targetType;
        this.parameters = parameters;
    }

    /// <summary>Calls delegates of a type; the target is the delegate.</summary>
    public static HlInvoker OfDelegate(Type type) => Delegates.GetValue(type, static type =>
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        return new HlInvoker(invoke, type, Parameters(invoke));
    });

    /// <summary>Calls a method; the target is the object, also where the method is static and takes it first.</summary>
    public static HlInvoker OfMethod(MethodInfo method)
    {
        Type[] parameters = Parameters(method);
        return method.IsStatic
            ? new HlInvoker(method, parameters[0], parameters[1..])
            : new HlInvoker(method, method.DeclaringType!, parameters);
    }

    /// <summary>The delegate type, or the type that has the method.</summary>
    public Type TargetType => targetType;

    /// <summary>How many arguments a call needs.</summary>
    public int ParameterCount => parameters.Length;

    /// <summary>Calls with dynamic arguments; ones too many are ignored (HashLink std/fun.c: <c>hl_call_method</c>).</summary>
    /// <exception cref="HaxeException">Arguments are missing or cannot be cast to the parameters' types.</exception>
    public object? Invoke(object target, object?[] arguments)
    {
        if (arguments.Length < parameters.Length)
            throw Missing(target, arguments.Length);
        HlStackGuard.Check();
        return compiled is { } fast ? fast(target, arguments) : InvokeCold(target, arguments);
    }

    // HashLink counts the value that a closure closes over.
    private HaxeException Missing(object target, int passed)
    {
        int own = target is Delegate function && HlClosures.GetClosureValue(function) is null ? 0 : 1;
        return HaxeError.Text($"Missing arguments : {parameters.Length + own} expected but {passed + own} passed");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private object? InvokeCold(object target, object?[] arguments)
    {
        // Reflection cannot pass null references.
        if (++uses > UsesBeforeCompiling || Array.Exists(parameters, p => p.IsByRef))
            return (compiled = Compile())(target, arguments);
        int shift = method.IsStatic ? 1 : 0;
        var values = new object?[parameters.Length + shift];
        if (method.IsStatic)
            values[0] = HlCast.ToClr(target, targetType);
        for (int i = 0; i < parameters.Length; i++)
            values[i + shift] = HlCast.ToClr(arguments[i], Value(parameters[i]));
        return Reflect(method, method.IsStatic ? null : target, values);
    }

    /// <summary>Calls a static method that takes no object, and no references, by reflection: for a few calls.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">Dynamic arguments, one for each parameter.</param>
    public static object? InvokeStatic(MethodInfo method, object?[] arguments)
    {
        HlStackGuard.Check();
        ParameterInfo[] to = method.GetParameters();
        var values = new object?[to.Length];
        for (int i = 0; i < to.Length; i++)
            values[i] = HlCast.ToClr(arguments[i], to[i].ParameterType);
        return Reflect(method, null, values);
    }

    // .NET compiles a method for an invoker that is used a second time, 300 µs, so that none is.
    private static object? Reflect(MethodInfo method, object? target, object?[] values) =>
        MethodInvoker.Create(method).Invoke(target, values.AsSpan()) is { } result ? result is HlBytes bytes ? HlBox.Bytes(bytes) : result : null;

    private Invocation Compile()
    {
        var dynamicMethod = new DynamicMethod("invoke$" + method.Name, typeof(object), [typeof(object), typeof(object[])], typeof(HlInvoker).Module, skipVisibility: true);
        ILGenerator il = dynamicMethod.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        // A static method's first parameter need not be of the object's class, nor a class at all.
        if (method.IsStatic)
            HlEmit.FromDynamic(il, targetType);
        else
            il.Emit(OpCodes.Castclass, targetType);
        for (int i = 0; i < parameters.Length; i++)
        {
            LocalBuilder? reference = parameters[i].IsByRef ? il.DeclareLocal(parameters[i]) : null;
            Label absent = il.DefineLabel();
            if (reference is not null)
            {
                LoadElement(il, i);
                il.Emit(OpCodes.Brfalse, absent);
            }
            LoadElement(il, i);
            HlEmit.FromDynamic(il, Value(parameters[i]));
            if (reference is null)
                continue;
            // A reference is to a variable of the call alone, or null for null, which asks for the parameter's default.
            LocalBuilder variable = il.DeclareLocal(Value(parameters[i]));
            il.Emit(OpCodes.Stloc, variable);
            il.Emit(OpCodes.Ldloca, variable);
            il.Emit(OpCodes.Stloc, reference);
            il.MarkLabel(absent);
            il.Emit(OpCodes.Ldloc, reference);
        }
        il.Emit(method.IsStatic ? OpCodes.Call : OpCodes.Callvirt, method);
        HlEmit.ToDynamic(il, method.ReturnType);
        il.Emit(OpCodes.Ret);
        return dynamicMethod.CreateDelegate<Invocation>();
    }

    private static void LoadElement(ILGenerator il, int index)
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Ldelem_Ref);
    }

    private static Type[] Parameters(MethodInfo method) => [.. method.GetParameters().Select(p => p.ParameterType)];

    private static Type Value(Type parameter) => parameter.IsByRef ? parameter.GetElementType()! : parameter;
}
