using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Delegates of functions that take and return numbers alone, for .NET programs that ask for the very type that the
/// function has. They call the function's method with what it closes over, so that a call costs that of one delegate; all
/// they add is that faults become exceptions of Haxe's.
/// </summary>
internal sealed class PlainDelegate : IHlWrapper
{
    private static readonly FieldInfo TargetField = typeof(PlainDelegate).GetField(nameof(target), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private readonly object target;

    private PlainDelegate(Delegate inner)
    {
        Inner = inner;
        target = inner.Target!;
    }

    public Delegate Inner { get; }

    /// <summary>The delegate; null for a function that closes over nothing, or that is no method of the program.</summary>
    public static Delegate? Create(Delegate function, HlContext context)
    {
        if (function.Target is null or IHlWrapper || HlModuleInstance.Find(function.Method.Module.Assembly) is null)
            return null;
        return context.State<Methods>().ByMethod.GetOrAdd((function.Method, function.GetType()), static key => Compile(key.Item1, key.Item2))
            .CreateDelegate(function.GetType(), new PlainDelegate(function));
    }

    private static DynamicMethod Compile(MethodInfo method, Type type)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        Type[] parameters = [typeof(PlainDelegate), .. invoke.GetParameters().Select(p => p.ParameterType)];
        var made = new DynamicMethod("bound$" + method.Name, invoke.ReturnType, parameters, typeof(PlainDelegate).Module, skipVisibility: true);
        ILGenerator il = made.GetILGenerator();
        LocalBuilder? result = invoke.ReturnType == typeof(void) ? null : il.DeclareLocal(invoke.ReturnType);
        LocalBuilder fault = il.DeclareLocal(typeof(HaxeException));
        il.BeginExceptionBlock();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, TargetField);
        for (int i = 1; i < parameters.Length; i++)
            il.Emit(OpCodes.Ldarg, (short)i);
        // A closure closes over what its method takes, and it has chosen the method: no override is to be called instead.
        il.Emit(OpCodes.Call, method);
        if (result is not null)
            il.Emit(OpCodes.Stloc, result);
        il.BeginExceptFilterBlock();
        il.Emit(OpCodes.Castclass, typeof(Exception));
        il.Emit(OpCodes.Call, RuleMethods.TranslateFault);
        il.Emit(OpCodes.Stloc, fault);
        il.Emit(OpCodes.Ldloc, fault);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Cgt_Un);
        il.BeginCatchBlock(null!);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldloc, fault);
        il.Emit(OpCodes.Throw);
        il.EndExceptionBlock();
        if (result is not null)
            il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Ret);
        return made;
    }

    private sealed class Methods
    {
        public ConcurrentDictionary<(MethodInfo, Type), DynamicMethod> ByMethod { get; } = new();
    }
}
