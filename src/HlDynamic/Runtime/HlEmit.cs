using System.Reflection;
using System.Reflection.Emit;

namespace HlDynamic.Runtime;

/// <summary>Emits the conversions between dynamic values and the representations of types; for code the runtime makes while it runs.</summary>
internal static class HlEmit
{
    private static readonly MethodInfo Convert = Cast(nameof(HlCast.ToClr));
    private static readonly MethodInfo FromHandle = typeof(Type).GetMethod(nameof(Type.GetTypeFromHandle))!;

    private static readonly Dictionary<Type, MethodInfo> Unboxers = new()
    {
        [typeof(int)] = Cast(nameof(HlCast.ToI32)),
        [typeof(double)] = Cast(nameof(HlCast.ToF64)),
        [typeof(bool)] = Cast(nameof(HlCast.ToBool)),
        [typeof(float)] = Cast(nameof(HlCast.ToF32)),
        [typeof(long)] = Cast(nameof(HlCast.ToI64)),
        [typeof(byte)] = Cast(nameof(HlCast.ToUI8)),
        [typeof(ushort)] = Cast(nameof(HlCast.ToUI16)),
        [typeof(HlBytes)] = Cast(nameof(HlCast.ToBytes)),
    };

    private static readonly Dictionary<Type, MethodInfo> Boxers = new()
    {
        [typeof(int)] = Box(nameof(HlBox.Int)),
        [typeof(bool)] = Box(nameof(HlBox.Bool)),
        [typeof(HlBytes)] = Box(nameof(HlBox.Bytes)),
    };

    /// <summary>Converts the dynamic value on the stack to <paramref name="type"/>, as <see cref="HlCast.ToClr"/> does.</summary>
    public static void FromDynamic(ILGenerator il, Type type)
    {
        if (type == typeof(object))
            return;
        if (Unboxers.TryGetValue(type, out MethodInfo? unboxer))
        {
            il.Emit(OpCodes.Call, unboxer);
            return;
        }
        Label done = il.DefineLabel();
        if (!type.IsValueType)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Isinst, type);
            il.Emit(OpCodes.Brtrue, done);
        }
        il.Emit(OpCodes.Ldtoken, type);
        il.Emit(OpCodes.Call, FromHandle);
        il.Emit(OpCodes.Call, Convert);
        il.MarkLabel(done);
        il.Emit(OpCodes.Unbox_Any, type);
    }

    /// <summary>Makes the value on the stack dynamic; where there is none (void), null.</summary>
    public static void ToDynamic(ILGenerator il, Type type)
    {
        if (type == typeof(void))
            il.Emit(OpCodes.Ldnull);
        else if (Boxers.TryGetValue(type, out MethodInfo? boxer))
            il.Emit(OpCodes.Call, boxer);
        else if (type.IsValueType)
            il.Emit(OpCodes.Box, type);
    }

    private static MethodInfo Cast(string name) => typeof(HlCast).GetMethod(name)!;

    private static MethodInfo Box(string name) => typeof(HlBox).GetMethod(name)!;
}
