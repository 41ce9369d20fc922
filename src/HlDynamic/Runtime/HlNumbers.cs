using System.Globalization;

namespace HlDynamic.Runtime;

/// <summary>Conversions between the number types of .NET that lose nothing, or fail.</summary>
internal static class HlNumbers
{
    /// <summary>Whether a type is one of numbers that values can be converted to.</summary>
    public static bool IsNumber(Type type) =>
        (type.IsPrimitive && type != typeof(bool) && type != typeof(char) && type != typeof(nint) && type != typeof(nuint)) || type == typeof(decimal);

    /// <summary>A number as another type of numbers; false where it is none, or would lose something.</summary>
    public static bool TryConvert(object? value, Type type, out object? result)
    {
        result = null;
        if (!IsNumber(type) || value is bool or char)
            return false;
        bool isFloating = type == typeof(float) || type == typeof(double) || type == typeof(decimal);
        try
        {
            if (!isFloating && TryInt64(value, out long n))
                result = type == typeof(int) && (int)n == n ? HlBox.Int((int)n) : Convert.ChangeType(n, type, CultureInfo.InvariantCulture);
            else if (isFloating && TryDouble(value, out double d) && (type != typeof(float) || (float)d == d || double.IsNaN(d)))
                result = Convert.ChangeType(d, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return false;
        }
        return result is not null;
    }

    public static bool TryInt64(object? value, out long result)
    {
        switch (value)
        {
            case int n: result = n; return true;
            case long n: result = n; return true;
            case byte n: result = n; return true;
            case sbyte n: result = n; return true;
            case short n: result = n; return true;
            case ushort n: result = n; return true;
            case uint n: result = n; return true;
            case ulong n: result = (long)n; return n <= long.MaxValue;
            case float n: return TryInt64((double)n, out result);
            case double n: return TryInt64(n, out result);
            case decimal n when decimal.Truncate(n) == n && n is >= long.MinValue and <= long.MaxValue: result = (long)n; return true;
            default: result = 0; return false;
        }
    }

    public static bool TryDouble(object? value, out double result)
    {
        switch (value)
        {
            case double n: result = n; return true;
            case float n: result = n; return true;
            case ulong n when n > long.MaxValue: result = n; return result < 18446744073709551616.0 && (ulong)result == n;
            case decimal n: result = (double)n; return Math.Abs(result) < 7.9e28 && (decimal)result == n;
            default:
                bool isInteger = TryInt64(value, out long integer);
                result = integer;
                return isInteger && TryInt64(result, out long back) && back == integer;
        }
    }

    private static bool TryInt64(double value, out long result)
    {
        // 2^63 itself is no long.
        bool fits = value is >= long.MinValue and < 9223372036854775808.0 && Math.Truncate(value) == value;
        result = fits ? (long)value : 0;
        return fits;
    }
}
