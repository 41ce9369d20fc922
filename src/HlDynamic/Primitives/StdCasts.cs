using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Dynamic values: their order, casts and operators (HashLink std/cast.c).</summary>
internal static class StdCasts
{
    private static readonly string[] Operators = ["+", "-", "*", "%", "/", "<<", ">>", ">>>", "&", "|", "^"];

    [HlPrimitive("std", "dyn_compare")]
    public static int DynCompare(object? a, object? b) => HlCompare.Compare(a, b);

    [HlPrimitive("std", "ptr_compare")]
    public static int PtrCompare(HlContext context, object? a, object? b) => ReferenceEquals(a, b)
        ? 0
        : ValueAddress(context, a) > ValueAddress(context, b) ? 1 : -1;

    [HlPrimitive("std", "value_address")]
    public static long ValueAddress(HlContext context, object? value) => value switch
    {
        null => 0,
        HlBytes bytes => StdBytes.BytesAddress64(context, bytes),
        _ => context.State<HlAddresses>().Of(value),
    };

    [HlPrimitive("std", "value_cast")]
    public static object? ValueCast(HlContext context, object? value, HlType type) =>
        value is null || HlType.SafeCast(context.TypeOf(value), type) || type.Kind == Bytecode.HlTypeKind.Dyn
            ? value
            : throw HaxeError.CannotCast(context.TypeOf(value).ToString(), type.ToString());

    [HlPrimitive("std", "type_safe_cast")]
    public static bool TypeSafeCast(HlType type, HlType to) => HlType.SafeCast(type, to);

    [HlPrimitive("std", "dyn_op")]
    public static object? DynOp(HlContext context, int operation, object? a, object? b)
    {
        if ((uint)operation >= (uint)Operators.Length)
            throw HaxeError.Text($"Invalid op {operation}");
        if (a is null && b is null)
            return operation is 3 or 4 ? HlBox.F64(double.NaN) : null;
        if (!IsNumber(a) || !IsNumber(b))
            throw HaxeError.Text($"Can't perform dyn op {context.TypeOf(a)} {Operators[operation]} {context.TypeOf(b)}");
        return operation switch
        {
            0 => HlBox.F64(HlCast.ToF64(a) + HlCast.ToF64(b)),
            1 => HlBox.F64(HlCast.ToF64(a) - HlCast.ToF64(b)),
            2 => HlBox.F64(HlCast.ToF64(a) * HlCast.ToF64(b)),
            3 => HlBox.F64(HlMath.Mod(HlCast.ToF64(a), HlCast.ToF64(b))),
            4 => HlBox.F64(HlCast.ToF64(a) / HlCast.ToF64(b)),
            5 => HlBox.Int(HlCast.ToI32(a) << HlCast.ToI32(b)),
            6 => HlBox.Int(HlCast.ToI32(a) >> HlCast.ToI32(b)),
            7 => HlBox.Int(HlCast.ToI32(a) >>> HlCast.ToI32(b)),
            8 => HlBox.Int(HlCast.ToI32(a) & HlCast.ToI32(b)),
            9 => HlBox.Int(HlCast.ToI32(a) | HlCast.ToI32(b)),
            _ => HlBox.Int(HlCast.ToI32(a) ^ HlCast.ToI32(b)),
        };
    }

    private static bool IsNumber(object? value) => value is null or int or double or bool or byte or ushort or long or float;
}
