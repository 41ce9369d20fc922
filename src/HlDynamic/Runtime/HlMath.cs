using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HlDynamic.Runtime;

/// <summary>
/// HashLink's arithmetic where it is not the CLR's: division never traps, and a number that does not fit an integer
/// becomes the integer's lowest value, whatever the processor.
/// </summary>
internal static class HlMath
{
    /// <summary>Signed division; 0 where the divisor is 0 (HashLink jit.c: <c>OSDiv</c>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SDiv(int a, int b) => (uint)(b + 1) <= 1 ? unchecked(-a & b) : a / b;

    /// <summary>Signed remainder; 0 where the divisor is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SMod(int a, int b) => (uint)(b + 1) <= 1 ? 0 : a % b;

    /// <summary>Unsigned division; 0 where the divisor is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int UDiv(int a, int b) => b == 0 ? 0 : (int)((uint)a / (uint)b);

    /// <summary>Unsigned remainder; 0 where the divisor is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int UMod(int a, int b) => b == 0 ? 0 : (int)((uint)a % (uint)b);

    /// <inheritdoc cref="SDiv"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long SDivI64(long a, long b) => (ulong)(b + 1) <= 1 ? unchecked(-a & b) : a / b;

    /// <inheritdoc cref="SMod"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long SModI64(long a, long b) => (ulong)(b + 1) <= 1 ? 0 : a % b;

    /// <inheritdoc cref="UDiv"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long UDivI64(long a, long b) => b == 0 ? 0 : (long)((ulong)a / (ulong)b);

    /// <inheritdoc cref="UMod"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long UModI64(long a, long b) => b == 0 ? 0 : (long)((ulong)a % (ulong)b);

    /// <summary>The remainder with the sign of <paramref name="a"/>: C's <c>fmod</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Mod(double a, double b) => a % b;

    /// <inheritdoc cref="Mod(double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Mod(float a, float b) => a % b;

    /// <summary>An integer taken as unsigned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double UToF64(int value) => (uint)value;

    /// <inheritdoc cref="UToF64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float UToF32(int value) => (uint)value;

    /// <summary>Cuts off the fraction; <see cref="int.MinValue"/> for NaN and what does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToInt32(double value) => Sse2.IsSupported
        ? Sse2.ConvertToInt32WithTruncation(Vector128.CreateScalarUnsafe(value))
        : ToInt32Portable(value);

    /// <inheritdoc cref="ToInt32(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToInt32(float value) => Sse.IsSupported
        ? Sse.ConvertToInt32WithTruncation(Vector128.CreateScalarUnsafe(value))
        : ToInt32Portable(value);

    /// <summary>Cuts off the fraction; <see cref="long.MinValue"/> for NaN and what does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToInt64(double value) => Sse2.X64.IsSupported
        ? Sse2.X64.ConvertToInt64WithTruncation(Vector128.CreateScalarUnsafe(value))
        : ToInt64Portable(value);

    /// <inheritdoc cref="ToInt64(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToInt64(float value) => Sse.X64.IsSupported
        ? Sse.X64.ConvertToInt64WithTruncation(Vector128.CreateScalarUnsafe(value))
        : ToInt64Portable(value);

    internal static int ToInt32Portable(double value) =>
        value > -2147483649.0 && value < 2147483648.0 ? (int)value : int.MinValue;

    internal static long ToInt64Portable(double value) =>
        value >= -9223372036854775808.0 && value < 9223372036854775808.0 ? (long)value : long.MinValue;
}
