using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Numbers (HashLink std/math.c). Each method is one operation, so that compiled code has it inlined.</summary>
internal static class StdMath
{
    [HlPrimitive("std", "nan")]
    public static double Nan() => double.NaN;

    [HlPrimitive("std", "math_abs")]
    public static double MathAbs(double value) => Math.Abs(value);

    [HlPrimitive("std", "math_isnan")]
    public static bool MathIsnan(double value) => double.IsNaN(value);

    [HlPrimitive("std", "math_isfinite")]
    public static bool MathIsfinite(double value) => double.IsFinite(value);

    [HlPrimitive("std", "math_fceil")]
    public static double MathFceil(double value) => Math.Ceiling(value);

    // Halves go up, also below zero; Math.Round has other rules.
    [HlPrimitive("std", "math_fround")]
    public static double MathFround(double value) => Math.Floor(value + 0.5);

    [HlPrimitive("std", "math_ffloor")]
    public static double MathFfloor(double value) => Math.Floor(value);

    [HlPrimitive("std", "math_round")]
    public static int MathRound(double value) => HlMath.ToInt32(Math.Floor(value + 0.5));

    [HlPrimitive("std", "math_ceil")]
    public static int MathCeil(double value) => HlMath.ToInt32(Math.Ceiling(value));

    [HlPrimitive("std", "math_floor")]
    public static int MathFloor(double value) => HlMath.ToInt32(Math.Floor(value));

    [HlPrimitive("std", "math_cos")]
    public static double MathCos(double value) => Math.Cos(value);

    [HlPrimitive("std", "math_sin")]
    public static double MathSin(double value) => Math.Sin(value);

    [HlPrimitive("std", "math_tan")]
    public static double MathTan(double value) => Math.Tan(value);

    [HlPrimitive("std", "math_acos")]
    public static double MathAcos(double value) => Math.Acos(value);

    [HlPrimitive("std", "math_asin")]
    public static double MathAsin(double value) => Math.Asin(value);

    [HlPrimitive("std", "math_atan")]
    public static double MathAtan(double value) => Math.Atan(value);

    [HlPrimitive("std", "math_atan2")]
    public static double MathAtan2(double y, double x) => Math.Atan2(y, x);

    [HlPrimitive("std", "math_pow")]
    public static double MathPow(double value, double power) => Math.Pow(value, power);

    [HlPrimitive("std", "math_log")]
    public static double MathLog(double value) => Math.Log(value);

    [HlPrimitive("std", "math_exp")]
    public static double MathExp(double value) => Math.Exp(value);

    [HlPrimitive("std", "math_sqrt")]
    public static double MathSqrt(double value) => Math.Sqrt(value);
}
