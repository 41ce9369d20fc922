using System.Globalization;
using System.Runtime.CompilerServices;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>
/// Dates: seconds since 1970 in 32 bits, which count as unsigned (HashLink std/date.c). Local time is that of the
/// system's time zone.
/// </summary>
internal static class StdDates
{
    private const long SecondsPerDay = 86400;

    [HlPrimitive("std", "date_now")]
    public static int DateNow() => (int)DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [HlPrimitive("std", "date_get_time")]
    public static double DateGetTime(int date) => (uint)date * 1000.0;

    [HlPrimitive("std", "date_from_time")]
    public static int DateFromTime(double time) => (int)HlMath.ToInt64(time / 1000);

    [HlPrimitive("std", "date_new")]
    public static int DateNew(int year, int month, int day, int hour, int minute, int second) =>
        (int)FromLocal(year, month, day, hour, minute, second);

    [HlPrimitive("std", "date_to_string")]
    public static HlBytes DateToString(int date, ref int length) =>
        StdStrings.Text(ToLocal(date).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), ref length);

    // The length of the text decides what it is: a date and a time, a time (of the first day of 1970), or a date.
    [HlPrimitive("std", "date_from_string")]
    public static int DateFromString(HlBytes text, int length)
    {
        ReadOnlySpan<char> chars = text.Chars();
        Span<int> parts = stackalloc int[6];
        switch (StdStrings.Utf8Length(chars))
        {
            case 19:
                Scan(chars, "4-2-2 2:2:2", parts);
                break;
            case 8:
                Scan(chars, "2:2:2", parts);
                return parts[0] * 3600 + parts[1] * 60 + parts[2];
            case 10:
                Scan(chars, "4-2-2", parts);
                break;
            default:
                throw HaxeError.Text("Invalid date format");
        }
        return (int)FromLocal(parts[0], parts[1] - 1, parts[2], parts[3], parts[4], parts[5]);
    }

    [HlPrimitive("std", "date_get_inf")]
    public static void DateGetInf(int date, ref int year, ref int month, ref int day, ref int hour, ref int minute, ref int second, ref int weekday) =>
        Split(ToLocal(date), ref year, ref month, ref day, ref hour, ref minute, ref second, ref weekday);

    [HlPrimitive("std", "date_get_utc_inf")]
    public static void DateGetUtcInf(int date, ref int year, ref int month, ref int day, ref int hour, ref int minute, ref int second, ref int weekday) =>
        Split(ToUtc(date), ref year, ref month, ref day, ref hour, ref minute, ref second, ref weekday);

    private static DateTime ToUtc(int date) => DateTime.UnixEpoch.AddSeconds((uint)date);

    private static DateTime ToLocal(int date) => TimeZoneInfo.ConvertTimeFromUtc(ToUtc(date), TimeZoneInfo.Local);

    private static void Split(DateTime date, ref int year, ref int month, ref int day, ref int hour, ref int minute, ref int second, ref int weekday)
    {
        Set(ref year, date.Year);
        Set(ref month, date.Month - 1);
        Set(ref day, date.Day);
        Set(ref hour, date.Hour);
        Set(ref minute, date.Minute);
        Set(ref second, date.Second);
        Set(ref weekday, (int)date.DayOfWeek);
    }

    // Callers pass null for what they do not ask for.
    private static void Set(ref int target, int value)
    {
        if (!Unsafe.IsNullRef(ref target))
            target = value;
    }

    // The seconds since 1970 of a local time. As in C's mktime, each part may lie outside of its range: the 32nd of
    // January is the 1st of February.
    private static long FromLocal(int year, int month, int day, int hour, int minute, int second)
    {
        long months = year * 12L + month;
        long y = Math.DivRem(months, 12, out long m);
        if (m < 0)
        {
            m += 12;
            y--;
        }
        long seconds = (DaysTo(y, (int)m) + day - 1) * SecondsPerDay + hour * 3600L + minute * 60L + second;
        // Far from today the rules of today hold.
        long within = Math.Clamp(seconds, -50 * 365 * SecondsPerDay, 200 * 365 * SecondsPerDay);
        DateTime local = DateTime.SpecifyKind(DateTime.UnixEpoch.AddSeconds(within), DateTimeKind.Unspecified);
        return seconds - (long)TimeZoneInfo.Local.GetUtcOffset(local).TotalSeconds;
    }

    // The days from 1970 to the first of a month, in the Gregorian calendar without end.
    private static long DaysTo(long year, int month)
    {
        // Every 400 years are alike.
        long cycle = (long)Math.Floor((year - 1) / 400.0);
        var first = new DateTime((int)(year - cycle * 400), month + 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return (first - DateTime.UnixEpoch).Days + cycle * 146097;
    }

    // Reads numbers of at most so many digits, as C's sscanf does: it stops at what does not fit and leaves the rest 0.
    private static void Scan(ReadOnlySpan<char> text, string format, Span<int> parts)
    {
        int at = 0, part = 0;
        foreach (char f in format)
        {
            if (f == ' ' || char.IsAsciiDigit(f))
                while (at < text.Length && char.IsWhiteSpace(text[at]))
                    at++;
            if (f == ' ')
                continue;
            if (!char.IsAsciiDigit(f))
            {
                if (at >= text.Length || text[at++] != f)
                    return;
                continue;
            }
            int end = Math.Min(text.Length, at + (f - '0')), start = at, value = 0;
            bool negative = at < end && text[at] == '-';
            if (at < end && text[at] is '-' or '+')
                start = ++at;
            for (; at < end && char.IsAsciiDigit(text[at]); at++)
                value = value * 10 + (text[at] - '0');
            if (at == start)
                return;
            parts[part++] = negative ? -value : value;
        }
    }
}
