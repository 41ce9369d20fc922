using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>Values as text, as HashLink writes them (std/buffer.c: <c>hl_buffer_val</c>).</summary>
internal static class HlText
{
    private const string Null = "null", Again = "...";

    /// <summary>Any value as text; numbers in full precision (HashLink std/buffer.c: <c>hl_to_string</c>).</summary>
    public static string Of(object? value)
    {
        switch (value)
        {
            case null:
                return Null;
            case HlString text:
                return text.ToString();
            case int i:
                return i.ToString(CultureInfo.InvariantCulture);
            default:
                var writer = new Writer();
                writer.Write(value);
                return writer.ToString();
        }
    }

    /// <summary>Any value as Haxe's <c>Std.string</c> writes it: a number by itself in 15 digits (HashLink std/string.c: <c>hl_value_to_string</c>).</summary>
    public static string OfValue(object? value) => value is double d ? OfDouble(d) : Of(value);

    /// <summary>How many characters an integer takes.</summary>
    public static int CountDigits(int value)
    {
        uint rest = value < 0 ? (uint)-value : (uint)value;
        int sign = value < 0 ? 1 : 0;
        return sign + (rest < 10 ? 1 : rest < 100 ? 2 : rest < 1000 ? 3 : rest < 10_000 ? 4 : rest < 100_000 ? 5 : rest < 1_000_000 ? 6
            : rest < 10_000_000 ? 7 : rest < 100_000_000 ? 8 : rest < 1_000_000_000 ? 9 : 10);
    }

    /// <summary>Writes an integer, which takes all of <paramref name="target"/>.</summary>
    public static void WriteDigits(int value, Span<char> target)
    {
        uint rest = value < 0 ? (uint)-value : (uint)value;
        int i = target.Length;
        while (rest >= 100)
        {
            uint two = rest;
            rest /= 100;
            two -= rest * 100;
            i -= 2;
            WritePair(target.Slice(i, 2), TwoDigits((int)two));
        }
        if (rest >= 10)
            WritePair(target.Slice(i - 2, 2), TwoDigits((int)rest));
        else
            target[i - 1] = (char)('0' + rest);
        if (value < 0)
            target[0] = '-';
    }

    private static void WritePair(Span<char> target, uint pair) => Unsafe.WriteUnaligned(ref Unsafe.As<char, byte>(ref target[0]), pair);

    /// <summary>A hash of a text that is not empty, of its length and three characters: enough for small tables of names and words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RoughHash(ReadOnlySpan<char> text) => text.Length + (text[0] * 3) + (text[text.Length >> 1] * 5) + (text[^1] * 7);

    /// <summary>The two characters of a number under 100, in the order of memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint TwoDigits(int number) => Unsafe.ReadUnaligned<uint>(ref Unsafe.As<char, byte>(ref Unsafe.AsRef(in Pairs.AsSpan()[number * 2])));

    /// <summary>Writes a number under 100 without a zero before it; says how many bytes it took. There must be room for four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteTwoDigits(ref byte target, int number)
    {
        if (number < 10)
        {
            Unsafe.WriteUnaligned(ref target, (ushort)('0' + number));
            return 2;
        }
        Unsafe.WriteUnaligned(ref target, TwoDigits(number));
        return 4;
    }

    private const string Pairs =
        "0001020304050607080910111213141516171819" +
        "2021222324252627282930313233343536373839" +
        "4041424344454647484950515253545556575859" +
        "6061626364656667686970717273747576777879" +
        "8081828384858687888990919293949596979899";

    /// <summary>A number in 15 digits (HashLink std/string.c: <c>hl_ftos</c>).</summary>
    public static string OfDouble(double value)
    {
        Span<char> text = stackalloc char[MaxNumber];
        return TryWriteDecimals(value, text, out int length) ? new string(text[..length]) : double.IsNaN(value) ? "NaN" : General(value, 15);
    }

    /// <summary>As many characters as numbers take that are written digit by digit.</summary>
    public const int MaxNumber = 32;

    private const int Decimals = 4;
    private const double Unit = 10_000;

    /// <summary>
    /// The same for a number that is not zero and has at most four decimals, which most have; false for others. A decimal of up to
    /// 15 digits that reads as the number is what the number rounds to, and dividing two whole numbers reads it exactly.
    /// </summary>
    public static bool TryWriteDecimals(double value, Span<char> target, out int length)
    {
        double magnitude = Math.Abs(value), scaled = magnitude * Unit;
        length = 0;
        if (!(scaled < 1e15))
            return false;
        long units = (long)(scaled + 0.5);
        if (units == 0 || units / Unit != magnitude)
            return false;
        if (value < 0)
            target[length++] = '-';
        long whole = units / (long)Unit;
        int rest = (int)(units - (whole * (long)Unit));
        if (whole <= int.MaxValue)
        {
            int count = CountDigits((int)whole);
            WriteDigits((int)whole, target.Slice(length, count));
            length += count;
        }
        else
        {
            whole.TryFormat(target[length..], out int written, default, CultureInfo.InvariantCulture);
            length += written;
        }
        if (rest == 0)
            return true;
        target[length++] = '.';
        WritePair(target.Slice(length, 2), TwoDigits(rest / 100));
        WritePair(target.Slice(length + 2, 2), TwoDigits(rest % 100));
        length += Decimals;
        while (target[length - 1] == '0')
            length--;
        return true;
    }

    /// <summary>A single precision number in 9 digits, enough to read the same number back.</summary>
    public static string OfFloat(float value) => General(value, 9);

    /// <summary>A number in 17 digits, enough to read the same number back: as part of a value.</summary>
    public static string OfDoubleInFull(double value) => General(value, 17);

    /// <summary>A number as C's <c>%.{digits}g</c> writes it.</summary>
    private static string General(double value, int digits)
    {
        if (!double.IsFinite(value))
            return (double.IsNegative(value) ? "-" : "") + (double.IsNaN(value) ? "nan" : "inf");
        if (value == 0)
            return double.IsNegative(value) ? "-0" : "0";
        // d.ddddE+xxx: exactly rounded, with as many digits as are asked for.
        Span<char> scientific = stackalloc char[32];
        Math.Abs(value).TryFormat(scientific, out int length, digits == 15 ? "E14" : digits == 17 ? "E16" : "E8", CultureInfo.InvariantCulture);
        scientific = scientific[..length];
        int exponent = int.Parse(scientific[(digits + 2)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        scientific[1] = scientific[0];
        int last = digits;
        while (scientific[last] == '0')
            last--;
        ReadOnlySpan<char> mantissa = scientific[1..(last + 1)];
        Span<char> result = stackalloc char[48];
        int position = 0;
        if (value < 0)
            result[position++] = '-';
        if (exponent < -4 || exponent >= digits)
        {
            result[position++] = mantissa[0];
            if (mantissa.Length > 1)
            {
                result[position++] = '.';
                mantissa[1..].CopyTo(result[position..]);
                position += mantissa.Length - 1;
            }
            result[position++] = 'e';
            result[position++] = exponent < 0 ? '-' : '+';
            Math.Abs(exponent).TryFormat(result[position..], out int written, "00", CultureInfo.InvariantCulture);
            return new string(result[..(position + written)]);
        }
        if (exponent < 0)
        {
            result[position++] = '0';
            result[position++] = '.';
            for (int i = -1; i > exponent; i--)
                result[position++] = '0';
            mantissa.CopyTo(result[position..]);
            return new string(result[..(position + mantissa.Length)]);
        }
        for (int i = 0; i <= exponent || i < mantissa.Length; i++)
        {
            if (i == exponent + 1)
                result[position++] = '.';
            result[position++] = i < mantissa.Length ? mantissa[i] : '0';
        }
        return new string(result[..position]);
    }

    /// <summary>Writes values one after the other, and knows which ones it is inside of.</summary>
    private readonly struct Writer()
    {
        private readonly StringBuilder text = new();
        private readonly List<object> open = [];

        public override string ToString() => text.ToString();

        public void Write(object? value)
        {
            switch (value)
            {
                case null: text.Append(Null); break;
                case int i: text.Append(CultureInfo.InvariantCulture, $"{i}"); break;
                case double d: text.Append(OfDoubleInFull(d)); break;
                case float f: text.Append(OfFloat(f)); break;
                case bool b: text.Append(b ? "true" : "false"); break;
                case byte or ushort or long: text.Append(CultureInfo.InvariantCulture, $"{value}"); break;
                case HlBytes bytes: text.Append(bytes.Chars()); break;
                case HlType type: text.Append(type); break;
                case Delegate function: text.Append("function#").Append(Address(function)); break;
                case HlArray array: WriteArray(array); break;
                case HlVirtual { Target: { } target }: Write(target); break;
                case HlVirtual structure: WriteStructure(structure); break;
                case HlDynObj obj: WriteDynObj(obj); break;
                case HlEnum e: WriteEnum(e); break;
                case HlObject obj: WriteObject(obj, obj.Type); break;
                case Exception exception: text.Append(exception.Message); break;
                default: text.Append(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            }
        }

        // Where the static type says more than the value does.
        private void Write(object? value, HlType type)
        {
            switch (type.Kind)
            {
                case HlTypeKind.Struct when value is null && type.SpecialMethods.ToText is null:
                    text.Append('@').Append(type.Name);
                    break;
                case HlTypeKind.Abstract when value is not null:
                    text.Append('~').Append(type.Name).Append(':').Append(Address(value));
                    break;
                default:
                    Write(value);
                    break;
            }
        }

        private void WriteObject(HlObject obj, HlType type)
        {
            if (type.SpecialMethods.ToText is { } toText)
            {
                HlBytes bytes = HlCast.ToBytes(toText.Invoke(obj));
                if (bytes.IsNull)
                    text.Append(Null);
                else
                    text.Append(bytes.Chars());
                return;
            }
            if (type.Kind == HlTypeKind.Struct)
                text.Append('@');
            text.Append(type.Name);
        }

        private void WriteArray(HlArray array)
        {
            if (!Enter(array))
                return;
            text.Append('[');
            for (int i = 0; i < array.Length; i++)
            {
                if (i > 0)
                    text.Append(", ");
                Write(array[i], array.ElementType);
            }
            text.Append(']');
            Leave();
        }

        private void WriteStructure(HlVirtual structure)
        {
            if (!Enter(structure))
                return;
            text.Append('{');
            bool first = true;
            // HashLink looks the fields up in the order of their hashes.
            foreach (HlField field in structure.Type.Fields.OrderBy(f => f.Hash))
            {
                WriteName(field.Name, ref first);
                Write(field.Get(structure), field.FieldType);
            }
            text.Append('}');
            Leave();
        }

        private void WriteDynObj(HlDynObj obj)
        {
            if (!Enter(obj))
                return;
            HlContext context = obj.Type.Context;
            ref HlDynObj.Entry own = ref obj.Find(context.Hash("__string"));
            if (!Unsafe.IsNullRef(ref own) && own.Value is Func<HlBytes> toText)
            {
                text.Append(toText());
                Leave();
                return;
            }
            text.Append('{');
            bool first = true;
            foreach (HlDynObj.Entry entry in obj.Entries.ToArray())
            {
                WriteName(HlFields.NameOf(context, entry.Hash), ref first);
                Write(entry.Value, entry.Type);
            }
            text.Append('}');
            Leave();
        }

        private void WriteEnum(HlEnum value)
        {
            HlConstructor constructor = value.Type.Constructors[value.ConstructorIndex];
            if (constructor.Parameters.Length == 0)
            {
                text.Append(constructor.Name);
                return;
            }
            if (!Enter(value))
                return;
            text.Append(constructor.Name).Append('(');
            for (int i = 0; i < constructor.Parameters.Length; i++)
            {
                if (i > 0)
                    text.Append(',');
                Write(constructor.GetParameter(value, i), constructor.Parameters[i]);
            }
            text.Append(')');
            Leave();
        }

        private void WriteName(string name, ref bool first)
        {
            if (!first)
                text.Append(", ");
            first = false;
            text.Append(name).Append(" : ");
        }

        private bool Enter(object value)
        {
            foreach (object outer in open)
            {
                if (ReferenceEquals(outer, value))
                {
                    text.Append(Again);
                    return false;
                }
            }
            // Not at first: the text of "Stack overflow" is wanted where there is no stack left.
            if (open.Count > 0)
                HlStackGuard.Check();
            open.Add(value);
            return true;
        }

        private void Leave() => open.RemoveAt(open.Count - 1);

        // Objects move; HashLink writes where they lie.
        private static string Address(object value) => RuntimeHelpers.GetHashCode(value).ToString("X", CultureInfo.InvariantCulture);
    }
}
