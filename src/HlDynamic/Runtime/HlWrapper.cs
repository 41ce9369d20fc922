using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace HlDynamic.Runtime;

/// <summary>The target of a delegate that passes its call on to another function.</summary>
internal interface IHlWrapper
{
    /// <summary>The function that is called.</summary>
    Delegate Inner { get; }
}

/// <summary>A function that takes any number of arguments.</summary>
internal delegate object? HlVarArgs(object?[] arguments);

/// <summary>
/// What a delegate closes over that has another type than the function it calls: arguments are made dynamic and
/// cast to the function's parameters, and the result likewise (HashLink std/fun.c: <c>hl_wrapper_call</c>). There is
/// one compiled method for each delegate type.
/// </summary>
internal sealed class HlWrapper : IHlWrapper
{
    private static readonly ConditionalWeakTable<Type, DynamicMethod> Methods = new();
    private static readonly MethodInfo CallMethod = typeof(HlWrapper).GetMethod(nameof(Call), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private readonly HlContext? context;
    private HlInvoker? invoker;

    private HlWrapper(HlContext? context, Delegate inner)
    {
        this.context = context;
        Inner = inner;
    }

    public Delegate Inner { get; }

    /// <summary>A delegate of <paramref name="delegateType"/> that calls <paramref name="inner"/>.</summary>
    public static Delegate Create(HlContext? context, Delegate inner, Type delegateType) =>
        Methods.GetValue(delegateType, Compile).CreateDelegate(delegateType, new HlWrapper(context, inner));

    private object? Call(object?[] arguments)
    {
        object? result = HlClosures.Call(Inner, arguments, ref invoker);
        return context is null ? result : HlHost.FromHost(context, result);
    }

    private static DynamicMethod Compile(Type delegateType)
    {
        MethodInfo invoke = delegateType.GetMethod("Invoke")!;
        Type[] parameters = [.. invoke.GetParameters().Select(p => p.ParameterType)];
        var method = new DynamicMethod("wrapper", invoke.ReturnType, [typeof(HlWrapper), .. parameters], typeof(HlWrapper).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, parameters.Length);
        il.Emit(OpCodes.Newarr, typeof(object));
        for (int i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            Type type = parameters[i];
            if (type.IsByRef)
                LoadReferenced(il, type.GetElementType()!);
            else
                HlEmit.ToDynamic(il, type);
            il.Emit(OpCodes.Stelem_Ref);
        }
        il.Emit(OpCodes.Call, CallMethod);
        if (invoke.ReturnType == typeof(void))
            il.Emit(OpCodes.Pop);
        else
            HlEmit.FromDynamic(il, invoke.ReturnType);
        il.Emit(OpCodes.Ret);
        return method;
    }

    // A null reference, which asks for the parameter's default, is null.
    private static void LoadReferenced(ILGenerator il, Type type)
    {
        Label absent = il.DefineLabel(), done = il.DefineLabel();
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Brfalse, absent);
        il.Emit(OpCodes.Ldobj, type);
        HlEmit.ToDynamic(il, type);
        il.Emit(OpCodes.Br, done);
        il.MarkLabel(absent);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldnull);
        il.MarkLabel(done);
    }
}
