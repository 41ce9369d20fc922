using System.Runtime.CompilerServices;
using System.Text;

namespace HlDynamic.Bytecode;

/// <summary>
/// Decodes the strings of a module. Unlike .NET's decoder it keeps lone surrogates, which Haxe can write in a literal and
/// which the file holds as three bytes each; what is not UTF-8 at all becomes U+FFFD.
/// </summary>
internal static class Utf8Decoder
{
    private const int ShortLength = 256;

    /// <summary>The text of some bytes.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        TryDecodeShort(bytes) ?? (Ascii.IsValid(bytes) ? Encoding.ASCII.GetString(bytes) : DecodeGeneral(bytes));

    // Most texts are short and plain. Before .NET's own decoder decodes its first, it loads vectors for 2 ms.
    [SkipLocalsInit]
    private static string? TryDecodeShort(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > ShortLength)
            return null;
        Span<char> text = stackalloc char[ShortLength];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] >= 0x80)
                return null;
            text[i] = (char)bytes[i];
        }

        return new string(text[..bytes.Length]);
    }

    private static string DecodeGeneral(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed);
            if (TryReadSurrogate(bytes, out char surrogate))
            {
                text.Append(surrogate);
                consumed = 3;
            }
            else
            {
                text.Append(rune.ToString());
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    private static bool TryReadSurrogate(ReadOnlySpan<byte> bytes, out char surrogate)
    {
        bool found = bytes.Length >= 3 && bytes[0] == 0xed && bytes[1] is >= 0xa0 and < 0xc0 && bytes[2] is >= 0x80 and < 0xc0;
        surrogate = found ? (char)(0xd000 | ((bytes[1] & 0x3f) << 6) | (bytes[2] & 0x3f)) : '\0';
        return found;
    }
}
