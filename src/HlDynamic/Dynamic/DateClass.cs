using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Haxe's <c>Date</c>: seconds since 1970, UTC, in a field of 32 bits that counts as unsigned.</summary>
internal static class DateClass
{
    private const string Name = "Date", Field = "t";

    public static bool IsDate(HlType type) => type.Name == Name && type.FindMember(Field) is HlField { FieldType.Kind: Bytecode.HlTypeKind.I32 };

    /// <summary>The point in time that a date is.</summary>
    public static DateTimeOffset Read(HlObject date) =>
        DateTimeOffset.FromUnixTimeSeconds((uint)(int)((HlField)date.Type.FindMember(Field)!).Get(date)!);

    /// <summary>A date; null if Haxe's cannot hold it, which ends in 2106 and knows no fractions of seconds.</summary>
    public static object? Create(HlType type, object value)
    {
        DateTimeOffset? time = value switch
        {
            // Without a zone, it is local time, as everywhere in .NET.
            DateTime local => new DateTimeOffset(local.ToUniversalTime(), TimeSpan.Zero),
            DateTimeOffset offset => offset,
            DateOnly day => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Local).ToUniversalTime(), TimeSpan.Zero),
            _ => null,
        };
        if (time?.ToUnixTimeSeconds() is not { } seconds || seconds is < 0 or > uint.MaxValue)
            return null;
        object date = type.Allocate();
        ((HlField)type.FindMember(Field)!).Set(date, unchecked((int)(uint)seconds));
        return date;
    }

    /// <summary>A date as one of .NET's types for it.</summary>
    public static bool TryConvert(HlObject date, Type type, out object? result)
    {
        DateTimeOffset time = Read(date).ToLocalTime();
        result = type == typeof(DateTime) ? time.LocalDateTime
            : type == typeof(DateTimeOffset) ? time
            : type == typeof(DateOnly) ? DateOnly.FromDateTime(time.LocalDateTime)
            : null;
        return result is not null;
    }
}
