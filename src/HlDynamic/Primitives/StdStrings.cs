using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Text: numbers to and from it, its encodings, its letters (HashLink std/string.c, std/ucs2.c).</summary>
internal static class StdStrings
{
    [HlPrimitive("std", "itos")]
    public static HlBytes Itos(int value, ref int length)
    {
        length = HlText.CountDigits(value);
        byte[] buffer = new byte[(length + 1) * 2];
        HlText.WriteDigits(value, HlBytes.AsChars(buffer.AsSpan())[..length]);
        return new HlBytes(buffer);
    }

    [HlPrimitive("std", "ftos")]
    public static HlBytes Ftos(double value, ref int length) => Text(HlText.OfDouble(value), ref length);

    [HlPrimitive("std", "value_to_string")]
    public static HlBytes ValueToString(object? value, ref int length)
    {
        switch (value)
        {
            case int i:
                return Itos(i, ref length);
            case HlString { IsEmpty: false } text:
                // Strings never change, so theirs is as good as a copy. A zero ends the text here, as it does there.
                length = text.bytes.Chars().Length;
                return text.bytes;
            default:
                return Text(HlText.OfValue(value), ref length);
        }
    }

    [HlPrimitive("std", "ucs2length")]
    public static int Ucs2length(HlBytes text, int position) => text.Add(position).Chars().Length;

    [HlPrimitive("std", "parse_float")]
    public static double ParseFloat(HlBytes text, int position, int length) => ParseFloat(text.Add(position).Chars());

    /// <summary>What Haxe's own <c>Std.parseFloat(text.substr(position, length))</c> returns; NaN where it takes more to say, too.</summary>
    internal static double FloatOfPart(HlString text, int position, int length) =>
        (uint)position >= (uint)text.length || length <= 0 ? double.NaN : ParseFloat(text.bytes.Chars(position * 2, Math.Min(length, text.length - position)));

    // A character that is zero ends the number like any other that does not belong to it.
    private static double ParseFloat(ReadOnlySpan<char> text)
    {
        const int Limit = 30; // No more characters count, as in HashLink std/ucs2.c: utod.
        ReadOnlySpan<char> chars = SkipSpaces(text);
        chars = chars[..Math.Min(Limit, chars.Length)];
        if (TryParseShort(chars, out double value))
            return value;
        int used = FloatPrefix(chars);
        return used == 0 ? double.NaN : double.Parse(chars[..used], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    // Up to 15 digits and no exponent, which most numbers have: two whole numbers that a double holds, divided, are rounded once.
    private static bool TryParseShort(ReadOnlySpan<char> text, out double value)
    {
        int start = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0, point = -1, i = start;
        long digits = 0;
        for (; i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '.' && point < 0); i++)
        {
            if (text[i] == '.')
                point = i;
            else
                digits = digits * 10 + (text[i] - '0');
        }
        int decimals = point < 0 ? 0 : i - point - 1, count = i - start - (point < 0 ? 0 : 1);
        bool isShort = (uint)(count - 1) < (uint)PowersOfTen.Length - 1 && !(i < text.Length && text[i] is 'e' or 'E');
        value = isShort ? digits / PowersOfTen[decimals] : 0;
        if (start == 1 && text[0] == '-')
            value = -value;
        return isShort;
    }

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    [HlPrimitive("std", "parse_int")]
    public static object? ParseInt(HlBytes text, int position, int length)
    {
        ReadOnlySpan<char> all = text.Add(position).Chars(), chars = SkipSpaces(all);
        bool signed = chars.Length > 0 && chars[0] is '-' or '+';
        bool negative = signed && chars[0] == '-';
        ReadOnlySpan<char> digits = signed ? chars[1..] : chars;
        // The length is that of the text in bytes, but it is compared with characters.
        if (digits.Length >= 2 && digits[0] == '0' && digits[1] is 'x' or 'X'
            && length - (all.Length - chars.Length) >= (signed ? 3 : 2))
        {
            int hex = 0;
            foreach (char c in digits[2..])
            {
                if (!char.IsAsciiHexDigit(c))
                    break;
                hex = hex << 4 | Convert.ToInt32(c.ToString(), 16);
            }
            return HlBox.Int(negative ? -hex : hex);
        }
        long value = 0;
        int count = 0, limit = signed ? 15 : 16;
        for (; count < limit && count < digits.Length && char.IsAsciiDigit(digits[count]); count++)
            value = value * 10 + (digits[count] - '0');
        return count == 0 ? null : HlBox.Int((int)(negative ? -value : value));
    }

    [HlPrimitive("std", "utf8_to_utf16")]
    public static HlBytes Utf8ToUtf16(HlBytes text, int position, ref int size)
    {
        string chars = ReadUtf8(text.Add(position));
        if (!Unsafe.IsNullRef(ref size))
            size = chars.Length * 2;
        return HlBytes.FromString(chars);
    }

    /// <summary>The text of UTF-8 bytes that a zero ends; what is not UTF-8 is read as HashLink reads it.</summary>
    internal static string ReadUtf8(HlBytes text)
    {
        ReadOnlySpan<byte> source = text.Span();
        int end = source.IndexOf((byte)0);
        if (end >= 0)
            source = source[..end];
        char[]? rented = null;
        Span<char> target = source.Length <= 256 ? stackalloc char[256] : rented = ArrayPool<char>.Shared.Rent(source.Length);
        string result = Utf8.ToUtf16(source, target, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done
            ? new string(target[..written])
            : ReadLooseUtf8(source);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return result;
    }

    // Decodes by the first byte of each sequence alone, and stops where there can be no sequence.
    private static string ReadLooseUtf8(ReadOnlySpan<byte> source)
    {
        var result = new System.Text.StringBuilder(source.Length);
        int i = 0;
        int Next(ReadOnlySpan<byte> bytes) => (i < bytes.Length ? bytes[i++] : 0) & 0x7F;
        while (i < source.Length)
        {
            int c = source[i], count = c < 0x80 ? 1 : c < 0xC0 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF8 ? 4 : 0;
            if (c >= 0xF8)
                result.Append('\0');
            if (count == 0 || !Continues(source[i..], count))
                break;
            i++;
            switch (count)
            {
                case 1:
                    result.Append((char)c);
                    break;
                case 2:
                    result.Append((char)((c & 0x3F) << 6 | Next(source)));
                    break;
                case 3:
                    result.Append((char)((c & 0x1F) << 12 | Next(source) << 6 | Next(source)));
                    break;
                default:
                    c = ((c & 0x0F) << 18 | Next(source) << 12 | Next(source) << 6 | Next(source)) - 0x10000;
                    result.Append((char)((c >> 10) + 0xD800)).Append((char)(c & 0x3FF | 0xDC00));
                    break;
            }
        }
        return result.ToString();
    }

    private static bool Continues(ReadOnlySpan<byte> sequence, int count)
    {
        for (int i = 1; i < count; i++)
            if (i >= sequence.Length || (sequence[i] & 0x80) == 0)
                return false;
        return true;
    }

    [HlPrimitive("std", "utf16_to_utf8")]
    public static HlBytes Utf16ToUtf8(HlBytes text, int length, ref int size)
    {
        ReadOnlySpan<char> chars = length == 0 ? text.Chars() : text.Chars(0, length);
        byte[] result = new byte[Utf8Length(chars) + 1];
        int written = WriteUtf8(chars, result);
        if (!Unsafe.IsNullRef(ref size))
            size = written;
        return new HlBytes(result);
    }

    /// <summary>How many bytes <see cref="WriteUtf8"/> writes.</summary>
    internal static int Utf8Length(ReadOnlySpan<char> text)
    {
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < 0x80)
                count++;
            else if (c < 0x800)
                count += 2;
            else if (char.IsSurrogate(c))
            {
                count += 4;
                i++;
            }
            else
                count += 3;
        }
        return count;
    }

    /// <summary>Writes UTF-8. A surrogate is taken together with whatever follows it, as HashLink does.</summary>
    internal static int WriteUtf8(ReadOnlySpan<char> text, Span<byte> target)
    {
        if (Utf8.FromUtf16(text, target, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done)
            return written;
        int at = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int c = text[i];
            if (c < 0x80)
                target[at++] = (byte)c;
            else if (c < 0x800)
            {
                target[at++] = (byte)(0xC0 | c >> 6);
                target[at++] = (byte)(0x80 | c & 63);
            }
            else if (char.IsSurrogate((char)c))
            {
                i++;
                c = ((c - 0xD800) << 10 | ((i < text.Length ? text[i] : 0) - 0xDC00)) + 0x10000;
                target[at++] = (byte)(0xF0 | c >> 18);
                target[at++] = (byte)(0x80 | c >> 12 & 63);
                target[at++] = (byte)(0x80 | c >> 6 & 63);
                target[at++] = (byte)(0x80 | c & 63);
            }
            else
            {
                target[at++] = (byte)(0xE0 | c >> 12);
                target[at++] = (byte)(0x80 | c >> 6 & 63);
                target[at++] = (byte)(0x80 | c & 63);
            }
        }
        return at;
    }

    /// <summary>A new block that holds <paramref name="text"/> in UTF-8, ended by a zero.</summary>
    internal static HlBytes ToUtf8(ReadOnlySpan<char> text)
    {
        byte[] result = new byte[Utf8Length(text) + 1];
        WriteUtf8(text, result);
        return new HlBytes(result);
    }

    [HlPrimitive("std", "ucs2_upper")]
    public static HlBytes Ucs2Upper(HlBytes text, int position, int length)
    {
        HlBytes result = HlBytes.FromString(text.Chars(position, length));
        foreach (ref char c in result.Chars(0, length))
            c = ToUpper(c);
        return result;
    }

    [HlPrimitive("std", "ucs2_lower")]
    public static HlBytes Ucs2Lower(HlBytes text, int position, int length)
    {
        HlBytes result = HlBytes.FromString(text.Chars(position, length));
        foreach (ref char c in result.Chars(0, length))
            c = ToLower(c);
        return result;
    }

    // HashLink's tables know the letters up to Unicode 7. They take Croatian digraphs to their title case, and the
    // dotless i and the long s to the plain letters.
    private static char ToUpper(char c) => c switch
    {
        < '\u0080' => char.IsAsciiLetterLower(c) ? (char)(c - 32) : c,
        '\u0131' => 'I',
        '\u017F' => 'S',
        >= '\u01C4' and <= '\u01C6' => '\u01C5',
        >= '\u01C7' and <= '\u01C9' => '\u01C8',
        >= '\u01CA' and <= '\u01CC' => '\u01CB',
        >= '\u01F1' and <= '\u01F3' => '\u01F2',
        _ => char.ToUpperInvariant(c),
    };

    private static char ToLower(char c) => c switch
    {
        < '\u0080' => char.IsAsciiLetterUpper(c) ? (char)(c + 32) : c,
        '\u0130' => 'i',
        _ => char.ToLowerInvariant(c),
    };

    [HlPrimitive("std", "url_encode")]
    public static HlBytes UrlEncode(HlBytes text, ref int length)
    {
        var result = new System.Text.StringBuilder();
        Span<byte> sequence = stackalloc byte[4];
        ReadOnlySpan<char> chars = text.Chars();
        for (int i = 0; i < chars.Length; i++)
        {
            char c = chars[i];
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            {
                result.Append(c);
                continue;
            }
            // A surrogate without its other half is encoded alone. U+xxDFFF counts as such a half.
            bool pair = char.IsHighSurrogate(c) && i + 1 < chars.Length && chars[i + 1] is >= '\uDC00' and < '\uDFFF';
            int count;
            if (char.IsSurrogate(c) && !pair)
            {
                sequence[0] = (byte)(0xE0 | c >> 12);
                sequence[1] = (byte)(0x80 | c >> 6 & 63);
                sequence[2] = (byte)(0x80 | c & 63);
                count = 3;
            }
            else
                count = WriteUtf8(chars.Slice(i, pair ? 2 : 1), sequence);
            foreach (byte b in sequence[..count])
                result.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            if (pair)
                i++;
        }
        return Text(result.ToString(), ref length);
    }

    [HlPrimitive("std", "url_decode")]
    public static HlBytes UrlDecode(HlBytes text, ref int length)
    {
        var result = new System.Text.StringBuilder();
        ReadOnlySpan<char> chars = text.Chars();
        for (int i = 0; i < chars.Length;)
        {
            char c = chars[i++];
            if (c == '+')
                result.Append(' ');
            else if (c != '%')
                result.Append(c);
            else
            {
                int first = HexByte(chars, ref i);
                if (first < 0)
                {
                    result.Append('%');
                    continue;
                }
                // A missing hexadecimal number in the middle of a sequence counts as its low bits, all ones.
                int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
                int value = more switch { 0 => first, 1 => first & 0x3F, 2 => first & 0x1F, _ => first & 0x0F };
                for (; more > 0; more--)
                {
                    if (i >= chars.Length || chars[i++] != '%')
                        throw HaxeError.Text("Malformed URL encoded");
                    value = value << 6 | HexByte(chars, ref i) & 0x7F;
                }
                if (first >= 0xF0)
                {
                    value -= 0x10000;
                    result.Append((char)((value >> 10) + 0xD800)).Append((char)(value & 0x3FF | 0xDC00));
                }
                else
                    result.Append((char)value);
            }
        }
        return Text(result.ToString(), ref length);
    }

    private static int HexByte(ReadOnlySpan<char> chars, ref int at)
    {
        if (at + 1 >= chars.Length || !char.IsAsciiHexDigit(chars[at]) || !char.IsAsciiHexDigit(chars[at + 1]))
            return -1;
        int value = int.Parse(chars.Slice(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        at += 2;
        return value;
    }

    /// <summary>A new block that holds <paramref name="text"/>, and its length for a native that returns both.</summary>
    internal static HlBytes Text(string text, ref int length)
    {
        if (!Unsafe.IsNullRef(ref length))
            length = text.Length;
        return HlBytes.FromString(text);
    }

    private static ReadOnlySpan<char> SkipSpaces(ReadOnlySpan<char> text)
    {
        int i = 0;
        while (i < text.Length && text[i] is ' ' or (> (char)8 and < (char)14))
            i++;
        return text[i..];
    }

    // How long the number at the start of the text is; 0 if there is none.
    private static int FloatPrefix(ReadOnlySpan<char> text)
    {
        int i = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        int digits = CountDigits(text, i);
        i += digits;
        if (i < text.Length && text[i] == '.')
        {
            int fraction = CountDigits(text, i + 1);
            if (digits + fraction == 0)
                return 0;
            digits += fraction;
            i += fraction + 1;
        }
        if (digits == 0)
            return 0;
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            int start = i + 1 < text.Length && text[i + 1] is '+' or '-' ? i + 2 : i + 1;
            int exponent = CountDigits(text, start);
            if (exponent > 0)
                return start + exponent;
        }
        return i;
    }

    private static int CountDigits(ReadOnlySpan<char> text, int start)
    {
        int i = start;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i - start;
    }
}
