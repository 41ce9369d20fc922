using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// What the delegate closes over that a C# function is for Haxe: a method compiled for each pair of types converts
/// arguments and result by their static types, so that numbers are not boxed.
/// </summary>
internal sealed class FunctionAdapter : IHlWrapper
{
    private static readonly MethodInfo ToHostMethod = Method(nameof(ToHost)), ToObjectMethod = Method(nameof(ToObject)),
        ToDynamicMethod = Method(nameof(ToDynamic));

    private static readonly FieldInfo InnerField = Field(nameof(inner)), ParametersField = Field(nameof(parameters)), ResultField = Field(nameof(result));

    private readonly Delegate inner;
    private readonly HlParameter[] parameters;
    private readonly HlParameter result;

    private FunctionAdapter(Delegate inner, Signature signature)
    {
        this.inner = inner;
        parameters = signature.Parameters;
        result = signature.Result;
    }

    public Delegate Inner => inner;

    /// <summary>A C# function as a Haxe function of a type; null if it has another number of parameters.</summary>
    public static Delegate? ToHaxe(Delegate function, HlType type)
    {
        Type outer = type.ClrType;
        MethodInfo call = outer.GetMethod("Invoke")!, invoke = function.GetType().GetMethod("Invoke")!;
        if (call.GetParameters().Length != invoke.GetParameters().Length
            || call.GetParameters().Concat(invoke.GetParameters()).Any(p => p.ParameterType.IsByRef))
            return null;
        Cache cache = type.Context.State<Cache>();
        Signature signature = cache.Signatures.GetOrAdd(type, static t => new Signature(t));
        DynamicMethod method = cache.Methods.GetOrAdd((type, function.GetType()), _ => Compile(call, invoke, type));
        return method.CreateDelegate(outer, new FunctionAdapter(function, signature));
    }

    private static DynamicMethod Compile(MethodInfo outer, MethodInfo inner, HlType type)
    {
        Type[] from = [.. outer.GetParameters().Select(p => p.ParameterType)], to = [.. inner.GetParameters().Select(p => p.ParameterType)];
        var method = new DynamicMethod("adapt$", outer.ReturnType, [typeof(FunctionAdapter), .. from], typeof(FunctionAdapter).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, InnerField);
        il.Emit(OpCodes.Castclass, inner.DeclaringType!);
        for (int i = 0; i < from.Length; i++)
        {
            int index = i;
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            Convert(il, from[i], to[i], type.Parameters[i], toHaxe: false, () =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldfld, ParametersField);
                il.Emit(OpCodes.Ldc_I4, index);
                il.Emit(OpCodes.Ldelem_Ref);
            });
        }
        il.Emit(OpCodes.Callvirt, inner);
        ConvertResult(il, inner.ReturnType, outer.ReturnType, type);
        il.Emit(OpCodes.Ret);
        return method;
    }

    private static void ConvertResult(ILGenerator il, Type from, Type to, HlType type)
    {
        if (to == typeof(void))
        {
            if (from != typeof(void))
                il.Emit(OpCodes.Pop);
            return;
        }
        if (from == typeof(void))
        {
            // Void, as a value, is null; as a number, zero.
            LocalBuilder nothing = il.DeclareLocal(to);
            il.Emit(OpCodes.Ldloca, nothing);
            il.Emit(OpCodes.Initobj, to);
            il.Emit(OpCodes.Ldloc, nothing);
            return;
        }
        Convert(il, from, to, type.Return!, toHaxe: true, () =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, ResultField);
        });
    }

    private static void Convert(ILGenerator il, Type from, Type to, HlType type, bool toHaxe, Action loadParameter)
    {
        if (from == to && from.IsValueType)
            return;
        if (Widen(il, from, to))
            return;
        if (from.IsValueType)
            HlEmit.ToDynamic(il, from);
        if (toHaxe)
        {
            loadParameter();
            if (type.Kind == HlTypeKind.Dyn)
            {
                il.Emit(OpCodes.Call, ToDynamicMethod);
                return;
            }
            MethodInfo converter = RuleMethods.Converter(to);
            il.Emit(OpCodes.Call, converter);
            if (converter.ReturnType != to)
                il.Emit(OpCodes.Castclass, to);
        }
        else if (to == typeof(string) && typeof(HlString).IsAssignableFrom(from))
        {
            il.Emit(OpCodes.Call, RuleMethods.Text);
        }
        else if (to == typeof(object))
        {
            loadParameter();
            il.Emit(OpCodes.Call, ToObjectMethod);
        }
        else
        {
            loadParameter();
            il.Emit(OpCodes.Call, ToHostMethod.MakeGenericMethod(to));
        }
    }

    private static bool Widen(ILGenerator il, Type from, Type to)
    {
        if (!from.IsPrimitive || from == typeof(uint) || !ValueExpressions.Widens(from, to))
            return false;
        il.Emit(to == typeof(double) ? OpCodes.Conv_R8 : to == typeof(float) ? OpCodes.Conv_R4 : to == typeof(long) ? OpCodes.Conv_I8 : OpCodes.Nop);
        return true;
    }

    private static T ToHost<T>(object? value, HlParameter from) => HlConvert.To<T>(HlConvert.FromHaxe(value, from.Type), from.Name!);

    private static object? ToObject(object? value, HlParameter from) => HlConvert.FromHaxe(value, from.Type);

    private static object? ToDynamic(object? value, HlParameter to) => HlConvert.ToDynamic(value, to.Type.Context);

    private static MethodInfo Method(string name) =>
        typeof(FunctionAdapter).GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Single(m => m.Name == name && m.GetParameters().Length == 2);

    private static FieldInfo Field(string name) => typeof(FunctionAdapter).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;

    private sealed class Cache
    {
        public ConcurrentDictionary<HlType, Signature> Signatures { get; } = new();

        public ConcurrentDictionary<(HlType Outer, Type Inner), DynamicMethod> Methods { get; } = new();
    }

    /// <summary>What errors say of the arguments and the result.</summary>
    private sealed class Signature(HlType type)
    {
        public HlParameter[] Parameters { get; } =
            [.. type.Parameters.Select((p, i) => new HlParameter($"The function gets {HaxeNames.Of(p)}", $"Argument {i + 1} of the function", p))];

        public HlParameter Result { get; } = new($"The function returns {HaxeNames.Of(type.Return!)}", null, type.Return!);
    }
}
