using System.Runtime.CompilerServices;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// An argument of a call by name (<see cref="HlVm.CallStatic{T}(string, string, HlArgument, HlArgument, HlArgument, HlArgument)"/>),
/// which numbers and texts convert to by themselves, so that such a call allocates nothing.
/// </summary>
public readonly struct HlArgument : IEquatable<HlArgument>
{
    private static readonly object IntTag = new(), FloatTag = new(), BoolTag = new(), NullTag = new();

    // What kind of number the bits are, the object itself, or nothing for an argument that is left out.
    private readonly object? content;
    private readonly long bits;

    private HlArgument(object? content, long bits = 0)
    {
        this.content = content ?? NullTag;
        this.bits = bits;
    }

    /// <summary>Whether there is no argument; a null is one.</summary>
    public bool IsAbsent => content is null;

    /// <summary>An Int.</summary>
    public static implicit operator HlArgument(int value) => new(IntTag, value);

    /// <summary>An Int.</summary>
    public static implicit operator HlArgument(byte value) => new(IntTag, value);

    /// <summary>An Int.</summary>
    public static implicit operator HlArgument(ushort value) => new(IntTag, value);

    /// <summary>A Float.</summary>
    public static implicit operator HlArgument(double value) => new(FloatTag, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A Bool.</summary>
    public static implicit operator HlArgument(bool value) => new(BoolTag, value ? 1 : 0);

    /// <summary>A String, or null.</summary>
    public static implicit operator HlArgument(string? value) => new((object?)value);

    /// <summary>A number that is no Int.</summary>
    public static implicit operator HlArgument(long value) => new((object)value);

    /// <summary>A number that may be an Int.</summary>
    public static implicit operator HlArgument(uint value) => new((object)value);

    /// <summary>A number that is no Int.</summary>
    public static implicit operator HlArgument(ulong value) => new((object)value);

    /// <summary>A Single.</summary>
    public static implicit operator HlArgument(float value) => new((object)value);

    /// <summary>A character, as an Int.</summary>
    public static implicit operator HlArgument(char value) => new((object)value);

    /// <summary>Whether both are the same argument.</summary>
    public bool Equals(HlArgument other) => Equals(ToObject(), other.ToObject()) && IsAbsent == other.IsAbsent;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HlArgument other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToObject()?.GetHashCode() ?? 0;

    /// <summary>Whether both are the same argument.</summary>
    public static bool operator ==(HlArgument left, HlArgument right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(HlArgument left, HlArgument right) => !left.Equals(right);

    /// <summary>The value.</summary>
    public override string ToString() => $"{ToObject()}";

    internal object? ToObject() =>
        ReferenceEquals(content, IntTag) ? HlBox.Int((int)bits)
        : ReferenceEquals(content, FloatTag) ? BitConverter.Int64BitsToDouble(bits)
        : ReferenceEquals(content, BoolTag) ? HlBox.Bool(bits != 0)
        : ReferenceEquals(content, NullTag) ? null
        : content;

    /// <summary>How many arguments there are: up to the last that is one.</summary>
    internal static int Count(HlArgument first, HlArgument second, HlArgument third, HlArgument fourth) =>
        fourth.content is not null ? 4 : third.content is not null ? 3 : second.content is not null ? 2 : first.content is not null ? 1 : 0;

    // For compiled calls. Arguments go by value, and what is rare by itself, so that they stay in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static object? ToObject(HlArgument argument) => argument.ToObject();

    internal static int ToI32(HlArgument argument, HlParameter to) =>
        ReferenceEquals(argument.content, IntTag) ? (int)argument.bits : HlConvert.ToI32(ToObject(argument), to);

    internal static double ToF64(HlArgument argument, HlParameter to) =>
        ReferenceEquals(argument.content, FloatTag) ? BitConverter.Int64BitsToDouble(argument.bits)
        : ReferenceEquals(argument.content, IntTag) ? argument.bits
        : HlConvert.ToF64(ToObject(argument), to);

    internal static bool ToBool(HlArgument argument, HlParameter to) =>
        ReferenceEquals(argument.content, BoolTag) ? argument.bits != 0 : HlConvert.ToBool(ToObject(argument), to);
}
