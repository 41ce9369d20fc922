using System.Security.Cryptography;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Fmt;

/// <summary>Digests of bytes and texts (HashLink libs/fmt/fmt.c).</summary>
internal static class FmtDigests
{
    private const int TextFlag = 256;

    // Of a text, the UTF-8 up to the first zero counts, whatever length is given.
    [HlPrimitive("fmt", "digest")]
    public static void Digest(HlBytes target, HlBytes source, int length, int format)
    {
        ReadOnlySpan<byte> bytes = (format & TextFlag) != 0 ? Utf8(source) : length == 0 ? [] : source.Span(0, length);
        switch (format & 0xFF)
        {
            case 0:
                MD5.HashData(bytes, target.Span(0, MD5.HashSizeInBytes));
                break;
            case 1:
                SHA1.HashData(bytes, target.Span(0, SHA1.HashSizeInBytes));
                break;
            case 2:
                target.Set(0, Checksums.Crc32(target.Get<uint>(0), bytes));
                break;
            case 3:
                target.Set(0, Checksums.Adler32(target.Get<uint>(0), bytes));
                break;
            default:
                throw HaxeError.Text($"Unknown digest format {format & 0xFF}");
        }
    }

    private static ReadOnlySpan<byte> Utf8(HlBytes text)
    {
        ReadOnlySpan<char> chars = text.Chars();
        byte[] bytes = new byte[StdStrings.Utf8Length(chars)];
        return bytes.AsSpan(0, StdStrings.WriteUtf8(chars, bytes));
    }
}
