using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// Casts of dynamic values. A method per representation; each first tests for the value that is right already, and
/// what remains follows HashLink std/cast.c (<c>hl_dyn_casti</c> and its kin).
/// </summary>
internal static partial class HlCast
{
    /// <summary>
    /// A value as <paramref name="to"/>, in that type's representation, boxed; null bytes are null
    /// (HashLink std/cast.c: <c>hl_write_dyn</c>).
    /// </summary>
    /// <exception cref="HaxeException">The value cannot be cast.</exception>
    public static object? ToType(object? value, HlType to)
    {
        switch (to.Kind)
        {
            case HlTypeKind.Dyn:
                return value;
            case HlTypeKind.I32:
                return value is int ? value : HlBox.Int(ToI32(value));
            case HlTypeKind.F64:
                return value is double ? value : HlBox.F64(ToF64(value));
            case HlTypeKind.Bool:
                return value is bool ? value : HlBox.Bool(ToBool(value));
            case HlTypeKind.UI8:
                return value is byte ? value : HlBox.UI8(ToUI8(value));
            case HlTypeKind.UI16:
                return value is ushort ? value : HlBox.UI16(ToUI16(value));
            case HlTypeKind.I64 or HlTypeKind.Guid:
                return value is long ? value : HlBox.I64(ToI64(value));
            case HlTypeKind.F32:
                return value is float ? value : HlBox.F32(ToF32(value));
            case HlTypeKind.Bytes:
                return HlBox.Bytes(ToBytes(value));
            case HlTypeKind.Null:
                return ToNull(value, to);
            case HlTypeKind.Virtual:
                return ToVirtual(value, to);
            case HlTypeKind.Fun or HlTypeKind.Method:
                return ToFunction(value, to.ClrType, to.Context);
            case HlTypeKind.Void:
                return null;
            case HlTypeKind.Packed:
                return ToObject(value, to.Inner!);
            case HlTypeKind.Ref:
                throw Invalid(value, to.ToString());
            default:
                return ToObject(value, to);
        }
    }

    /// <summary>
    /// A value as what a CLR type represents, boxed; for the types of the host, whatever comes nearest.
    /// </summary>
    /// <exception cref="HaxeException">The value cannot be cast.</exception>
    public static object? ToClr(object? value, Type type)
    {
        if (type == typeof(object) || (type.IsInstanceOfType(value) && !type.IsValueType))
            return value;
        switch (HlTypes.KindOf(type))
        {
            case HlTypeKind.I32: return HlBox.Int(ToI32(value));
            case HlTypeKind.F64: return HlBox.F64(ToF64(value));
            case HlTypeKind.Bool: return HlBox.Bool(ToBool(value));
            case HlTypeKind.UI8: return HlBox.UI8(ToUI8(value));
            case HlTypeKind.UI16: return HlBox.UI16(ToUI16(value));
            case HlTypeKind.I64: return HlBox.I64(ToI64(value));
            case HlTypeKind.F32: return HlBox.F32(ToF32(value));
            case HlTypeKind.Bytes: return ToBytes(value);
        }
        if (value is null)
            return type.IsValueType ? RuntimeHelpers.GetUninitializedObject(type) : null;
        if (typeof(Delegate).IsAssignableFrom(type))
            return ToFunction(value, type, null);
        if (HlTypes.Of(type) is { } to)
            return ToType(value, to);
        return HlHost.TryToHost(value, type, out object? host) ? host : throw Invalid(value, HlTypes.NameOf(type));
    }

    /// <summary>A value as <c>i32</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToI32(object? value) => value is int i ? i : ToI32Slow(value, "i32");

    /// <summary>A value as <c>f64</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToF64(object? value) => value is double d ? d : ToF64Slow(value);

    /// <summary>A value as <c>bool</c>: whether the low byte of the integer it is differs from 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool ToBool(object? value) => value is bool b ? b : (byte)ToI32Slow(value, "bool") != 0;

    /// <summary>A value as <c>f32</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToF32(object? value) => value is float f ? f : ToF32Slow(value);

    /// <summary>A value as <c>i64</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToI64(object? value) => value is long l ? l : ToI64Slow(value);

    /// <summary>A value as <c>ui8</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte ToUI8(object? value) => value is byte b ? b : (byte)ToI32Slow(value, "i8");

    /// <summary>A value as <c>ui16</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort ToUI16(object? value) => value is ushort u ? u : (ushort)ToI32Slow(value, "i16");

    /// <summary>A value as <c>bytes</c>; null as null bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HlBytes ToBytes(object? value) => value is HlBytes b ? b : ToBytesSlow(value);

    /// <summary>A value as <paramref name="to"/>, a <c>null&lt;t&gt;</c>: null, or boxed as t.</summary>
    public static object? ToNull(object? value, HlType to)
    {
        if (value is null)
            return null;
        // What cannot be null is converted to itself.
        return to.Inner!.Kind switch
        {
            HlTypeKind.I32 => value is int ? value : HlBox.Int(ToI32(value)),
            HlTypeKind.F64 => value is double ? value : HlBox.F64(ToF64(value)),
            HlTypeKind.Bool => value is bool ? value : HlBox.Bool(ToBool(value)),
            HlTypeKind.Void or HlTypeKind.Null => value,
            _ => ToType(value, to.Inner),
        };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ToI32Slow(object? value, string to) => value switch
    {
        null => 0,
        int i => i,
        double d => HlMath.ToInt32(d),
        bool b => b ? 1 : 0,
        float f => HlMath.ToInt32(f),
        long l => (int)l,
        ushort u => u,
        byte u => u,
        _ => throw Invalid(value, to),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long ToI64Slow(object? value) => value switch
    {
        null => 0,
        int i => i,
        double d => HlMath.ToInt64(d),
        bool b => b ? 1 : 0,
        float f => HlMath.ToInt64(f),
        ushort u => u,
        byte u => u,
        _ => throw Invalid(value, "i64"),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double ToF64Slow(object? value) => value switch
    {
        // The first arm decides the type of all: with an integer there, the floats among them would make it float.
        null => 0d,
        int i => i,
        float f => f,
        bool b => b ? 1 : 0,
        long l => l,
        ushort u => u,
        byte u => u,
        _ => throw Invalid(value, "f64"),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float ToF32Slow(object? value) => value switch
    {
        null => 0,
        double d => (float)d,
        int i => i,
        bool b => b ? 1 : 0,
        long l => l,
        ushort u => u,
        byte u => u,
        _ => throw Invalid(value, "f32"),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static HlBytes ToBytesSlow(object? value) => value is null ? default : throw Invalid(value, "bytes");

    /// <summary>The error that an object is of no class that was wanted.</summary>
    public static Exception Refuse(object? value, HlType to) => HaxeError.CannotCast(HlTypes.NameOf(value), HlTypes.NameOf(to));

    private static HaxeException Invalid(object? value, string to) => HaxeError.CannotCast(HlTypes.NameOf(value), to);
}
