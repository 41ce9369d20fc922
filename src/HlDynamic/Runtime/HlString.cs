using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HlDynamic.Runtime;

/// <summary>A Haxe <c>String</c>: the module's own class derives from this.</summary>
public abstract class HlString : HlObject
{
    // Where the bytes are, apart: together they would take more room.
    private byte[]? buffer;
    private string? text;
    private int offset;
    private int count;
    private uint hash;
    private int fieldNumber;

    internal HlString() { }

    // The names of this and the next are those of the fields in bytecode. Haxe strings never change, but a module may build
    // one in several steps.
    internal int length
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => count;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            count = value;
            text = null;
        }
    }

    internal HlBytes bytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(buffer, offset);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            buffer = value.Buffer;
            offset = value.Offset;
            text = null;
            hash = 0;
            fieldNumber = 0;
        }
    }

    /// <summary>Whether there are no bytes.</summary>
    internal bool IsEmpty => buffer is null;

    /// <summary>The text.</summary>
    public override string ToString() => text ?? Read();

    /// <summary>The text of a string, or null of null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static string? TextOf(HlString? value) => value is null ? null : value.text ?? value.Read();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private string Read() => text = buffer is null ? "" : new string(bytes.Chars(0, length));

    /// <summary>By what maps find the text up to its zero: <see cref="HlBytesKey.Hash"/> of the bytes, which is odd.</summary>
    internal uint KeyHash => (hash & 1) != 0 ? hash : FindKeyHash();

    // Where the block goes on behind the zero, a StringBuf may have made the string and put more over the zero since. The
    // hash is kept as an even number then, and looked at before it is used.
    private uint FindKeyHash()
    {
        HlBytes all = bytes;
        int end = length << 1;
        bool isEnded = all.EndsAt(end);
        if (hash != 0 && isEnded)
            return hash | 1;
        uint found = HlBytesKey.Hash(all);
        hash = all.Available == end + 2 && isEnded ? found : found & ~1u;
        return found;
    }

    /// <summary>The number that a field of this name has: <see cref="HlContext.Hash(HlBytes)"/> of the bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int FieldNumber(HlContext context) => fieldNumber is not 0 and var known ? known : FindFieldNumber(context);

    // Kept where the block ends with the text, as there no StringBuf can put more over the zero.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindFieldNumber(HlContext context)
    {
        HlBytes all = bytes;
        int found = context.Hash(all), end = length << 1;
        if (all.Available == end + 2 && all.EndsAt(end))
            fieldNumber = found;
        return found;
    }

    /// <summary>A string, which may be the one that was made of the same text before.</summary>
    /// <param name="type">The module's <c>String</c> class.</param>
    /// <param name="text">The text.</param>
    internal static HlString From(HlType type, string text) => type.Texts.Get(text);

    /// <summary>Whether the string was made of this very object, and is still.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsMadeOf(string? other) => text is { } known && ReferenceEquals(known, other);

    /// <summary>A new string of the same class, without a text.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract HlString New();

    /// <summary>What Haxe's own <c>String.__compare</c> finds equal; null is equal to null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Same(HlString? a, HlString? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.length == b.length && SameBytes(a, b));

    private static bool SameBytes(HlString a, HlString b) =>
        a.length <= 0 || a.bytes.Span(0, a.length * 2).SequenceEqual(b.bytes.Span(0, a.length * 2));

    /// <summary>What Haxe's own <c>String.__compare</c> does: by characters, then by length.</summary>
    internal static int Compare(HlString a, HlString b)
    {
        int common = Math.Min(a.length, b.length);
        int order = common <= 0 ? 0 : ((ReadOnlySpan<char>)a.bytes.Chars(0, common)).SequenceCompareTo(b.bytes.Chars(0, common));
        return order != 0 ? order : a.length - b.length;
    }

    /// <summary>What Haxe's own <c>charAt</c> returns; null for characters that are not kept as strings.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static HlString? CharAt(HlString text, int index, HlTexts texts) =>
        (uint)index < (uint)text.length ? texts.Letter(text.bytes.Get<ushort>(index << 1)) : null;

    /// <summary>What Haxe's own <c>fromCharCode</c> returns; null for characters that are not kept as strings.</summary>
    internal static HlString? FromCharCode(int code, HlTexts texts) => texts.Letter(code);

    /// <summary>The characters.</summary>
    internal ReadOnlySpan<char> Characters => length <= 0 ? default : bytes.Chars(0, length);

    /// <summary>What Haxe's own <c>substr</c> returns; null where it takes more to say.</summary>
    internal static HlString? Substr(HlString text, int position, object? length, HlTexts texts) =>
        length is null ? SubstrOfLength(text, position, int.MaxValue, texts)
        : length.GetType() == typeof(int) ? SubstrOfLength(text, position, (int)length, texts)
        : null;

    /// <inheritdoc cref="Substr"/>
    internal static HlString? SubstrOfLength(HlString text, int position, int length, HlTexts texts)
    {
        if ((uint)position >= (uint)text.length || length <= 0)
            return null;
        return texts.PartOf(text.bytes, position, Math.Min(length, text.length - position));
    }

    /// <summary>What Haxe's own <c>indexOf</c> returns, from the start on.</summary>
    internal static int IndexOf(HlString text, HlString? part, object? start) =>
        start is not null || part is null || part.length <= 0 || text.length <= 0 ? HlKnownFunction.Declined
        : ((ReadOnlySpan<char>)text.bytes.Chars(0, text.length)).IndexOf(part.bytes.Chars(0, part.length));

    /// <summary>What Haxe's own <c>lastIndexOf</c> returns, from the end on.</summary>
    internal static int LastIndexOf(HlString text, HlString? part, object? start) =>
        start is not null || part is null || part.length <= 0 || text.length <= 0 ? HlKnownFunction.Declined
        : ((ReadOnlySpan<char>)text.bytes.Chars(0, text.length)).LastIndexOf(part.bytes.Chars(0, part.length));

    /// <summary>What <c>+</c> makes of two strings; null where one is null or the result would be too long.</summary>
    internal static HlString? Concat(HlString? a, HlString? b, HlTexts texts) =>
        !IsPart(a) || !IsPart(b) ? null : texts.Create(a.Raw, b.Raw);

    /// <summary>The same of three strings.</summary>
    internal static HlString? Concat3(HlString? a, HlString? b, HlString? c, HlTexts texts) =>
        !IsPart(a) || !IsPart(b) || !IsPart(c) ? null : texts.Create(a.Raw, b.Raw, c.Raw, default);

    /// <summary>The same of four strings.</summary>
    internal static HlString? Concat4(HlString? a, HlString? b, HlString? c, HlString? d, HlTexts texts) =>
        !IsPart(a) || !IsPart(b) || !IsPart(c) || !IsPart(d) ? null : texts.Create(a.Raw, b.Raw, c.Raw, d.Raw);

    /// <summary>The same of a string and a number.</summary>
    internal static HlString? ConcatNumber(HlString? a, int number, HlTexts texts) => IsPart(a) ? texts.CreateWithNumber(a.Raw, number) : null;

    private const int MaxPart = 1 << 27;

    private static bool IsPart([NotNullWhen(true)] HlString? text) => text is not null && (uint)text.length <= MaxPart;

    private ReadOnlySpan<byte> Raw => length == 0 ? default : bytes.Span(0, length * 2);

    /// <summary>A text of one character compared with another's, whose bytes are reversed: by bytes, the lower one first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int CompareLetter(HlBytes text, int reversed) => BinaryPrimitives.ReverseEndianness(text.Get<ushort>(0)) - reversed;

    /// <summary>The character of a text of one; -1 for every other text, and null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int OnlyLetter(HlString? text) => text is { length: 1 } ? text.bytes.Get<ushort>(0) : -1;

    /// <summary>A new string.</summary>
    /// <param name="type">The module's <c>String</c> class.</param>
    /// <param name="text">The text.</param>
    internal static HlString Create(HlType type, string text) => type.Texts.Create(text);

    /// <summary>Gives a new string its text.</summary>
    internal void Set(string value)
    {
        bytes = HlBytes.FromString(value);
        length = value.Length;
        text = value;
    }

    /// <summary>Gives a new string its characters, which a zero follows.</summary>
    internal void Set(HlBytes characters, int count)
    {
        bytes = characters;
        length = count;
    }
}
