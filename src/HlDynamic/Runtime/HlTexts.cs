using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HlDynamic.Runtime;

/// <summary>
/// Makes a module's strings of .NET's. Short ones are kept, a few hundred of them, since most texts that go to Haxe are
/// literals; a string never changes, so that it can be passed again.
/// </summary>
internal sealed class HlTexts(HlType type)
{
    // Longer texts are not kept alive.
    private const int MaxLength = 64, Count = 256;

    private readonly HlString empty = (HlString)type.Allocate();
    private readonly HlString?[] kept = new HlString?[Count], letters = new HlString?[Count];
    private readonly Part[] parts = new Part[Count];

    // A structure, so that writing an element need not look what class the array is of.
    private struct Part
    {
        public HlString? Text;
    }

    /// <summary>A string that may be the one that was made of the same text before.</summary>
    public HlString Get(string text)
    {
        if ((uint)(text.Length - 1) >= MaxLength)
            return Create(text);
        ref HlString? slot = ref kept[HlText.RoughHash(text) & (Count - 1)];
        return slot is { } known && known.IsMadeOf(text) ? known : slot = Create(text);
    }

    /// <summary>The string of one character, always the same; null if it is none of the first 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HlString? Letter(int code) => (uint)code < Count ? letters[code] ?? NewLetter(code) : null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private HlString NewLetter(int code) => letters[code] = Create(((char)code).ToString());

    /// <summary>
    /// A part of a text, of at least one character, which may be a string that was made of an equal part before: programs
    /// that take texts apart meet the same words and names again and again.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="position">The first character, not negative.</param>
    /// <param name="count">The number of characters.</param>
    /// <exception cref="HaxeException">The part does not lie in the text's block.</exception>
    public HlString PartOf(HlBytes text, int position, int count)
    {
        byte[]? source = text.Buffer;
        ulong start = (uint)text.Offset + ((ulong)(uint)position << 1);
        if ((uint)(count - 2) > MaxPart - 2 || !Lies(source, start, count))
            return OtherPart(text, position, count);
        ref byte part = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(source), (nuint)start);
        ref Part slot = ref parts[PartHash(ref part, count) & (Count - 1)];
        if (slot.Text is { } known && known.length == count && known.bytes is var bytes && Lies(bytes.Buffer, (uint)bytes.Offset, count)
            && SamePart(ref part, ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes.Buffer), (nuint)(uint)bytes.Offset), count))
            return known;
        return slot.Text = OtherPart(text, position, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private HlString OtherPart(HlBytes text, int position, int count)
    {
        ReadOnlySpan<char> part = text.Chars(position * 2, count);
        return part.Length == 1 && Letter(part[0]) is { } letter ? letter : Create(MemoryMarshal.AsBytes(part), default);
    }

    private const int MaxPart = 16;

    // In 64 bits no sum is too large.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Lies([NotNullWhen(true)] byte[]? block, ulong start, int count) => block is not null && start + ((ulong)(uint)count << 1) <= (uint)block.Length;

    // The first two characters, two in the middle and the last two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint PartHash(ref byte part, int count)
    {
        uint last = ((uint)count - 2) * 2, middle = ((uint)count - 2) & ~1u;
        uint hash = (Pair(ref part, 0) * 0x9E3779B1) + (Pair(ref part, middle) * 0x85EBCA77) + (Pair(ref part, last) * 0xC2B2AE3D);
        return hash >> 24;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Pair(ref byte text, uint offset) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, offset));

    // Both ends are compared, which may overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SamePart(ref byte a, ref byte b, int count)
    {
        nuint size = (nuint)(uint)count * 2;
        if (size >= 16)
            return Same<Vector128<byte>>(ref a, ref b, 0) && Same<Vector128<byte>>(ref a, ref b, size - 16);
        return size >= 8 ? Same<ulong>(ref a, ref b, 0) && Same<ulong>(ref a, ref b, size - 8) : Same<uint>(ref a, ref b, 0) && Same<uint>(ref a, ref b, size - 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Same<T>(ref byte a, ref byte b, nuint offset) where T : unmanaged, IEquatable<T> =>
        Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref a, offset)).Equals(Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref b, offset)));

    /// <summary>A place that texts come from: mostly the same one.</summary>
    public sealed class Place(HlTexts texts)
    {
        private HlString? last;

        /// <summary>The string of a text; null of null.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public HlString? Get(string? text) => last is { } known && known.IsMadeOf(text) ? known : Other(text);

        [MethodImpl(MethodImplOptions.NoInlining)]
        private HlString? Other(string? text)
        {
            if (text is null)
                return null;
            HlString made = texts.Get(text);
            if (text.Length <= MaxLength)
                last = made;
            return made;
        }
    }

    /// <summary>A new string.</summary>
    public HlString Create(string text)
    {
        HlString result = empty.New();
        result.Set(text);
        return result;
    }

    /// <summary>A new string of a text that a zero ends, which is shared.</summary>
    public HlString Create(HlBytes text)
    {
        HlString result = empty.New();
        result.Set(text, text.Chars().Length);
        return result;
    }

    /// <summary>A new string of characters that a zero ends, which are shared.</summary>
    public HlString Create(HlBytes characters, int count)
    {
        HlString result = empty.New();
        result.Set(characters, count);
        return result;
    }

    /// <summary>What Haxe's own <c>Std.string</c> makes of a number; null for other values.</summary>
    public static HlString? OfValue(object? value, HlTexts texts)
    {
        if (value is int small && (uint)small < SmallNumbers)
            return texts.OfSmall(small);
        Span<char> text = stackalloc char[HlText.MaxNumber];
        int length;
        if (value is int i)
        {
            length = HlText.CountDigits(i);
            HlText.WriteDigits(i, text[..length]);
        }
        else if (value is not double d || !HlText.TryWriteDecimals(d, text, out length))
        {
            return null;
        }
        return texts.Create(MemoryMarshal.AsBytes((ReadOnlySpan<char>)text[..length]), default);
    }

    // As many as have a box ready; .NET keeps the texts of the first 300.
    private const int SmallNumbers = 1024;

    private Part[]? small;

    private HlString OfSmall(int number) => small is { } all && all[number].Text is { } known ? known : NewSmall(number);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private HlString NewSmall(int number)
    {
        Part[] all = small ??= new Part[SmallNumbers];
        return all[number].Text = CreateWithNumber(default, number);
    }

    /// <summary>A new string of two parts, in UTF-16.</summary>
    public HlString Create(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        HlString result = Create(first.Length + second.Length, out Span<byte> target);
        first.CopyTo(target);
        second.CopyTo(target[first.Length..]);
        return result;
    }

    /// <summary>A new string of four parts, in UTF-16.</summary>
    public HlString Create(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth)
    {
        HlString result = Create(first.Length + second.Length + third.Length + fourth.Length, out Span<byte> target);
        first.CopyTo(target);
        target = target[first.Length..];
        second.CopyTo(target);
        target = target[second.Length..];
        third.CopyTo(target);
        fourth.CopyTo(target[third.Length..]);
        return result;
    }

    /// <summary>A new string of a part in UTF-16 and the digits of a number.</summary>
    public HlString CreateWithNumber(ReadOnlySpan<byte> first, int number)
    {
        HlString result = Create(first.Length + (HlText.CountDigits(number) * 2), out Span<byte> target);
        first.CopyTo(target);
        HlText.WriteDigits(number, HlBytes.AsChars(target[first.Length..]));
        return result;
    }

    // Whoever calls this writes all that is before the zero.
    private HlString Create(int size, out Span<byte> target)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(size + 2);
        buffer[size] = buffer[size + 1] = 0;
        target = buffer.AsSpan(0, size);
        HlString result = empty.New();
        result.Set(new HlBytes(buffer), size / 2);
        return result;
    }
}
