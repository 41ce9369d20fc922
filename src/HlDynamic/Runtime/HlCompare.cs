using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>Comparison and equality of values.</summary>
internal static class HlCompare
{
    /// <summary>What <see cref="Compare"/> answers for values that have no order; it is not 0, and neither less nor greater holds.</summary>
    public const int Invalid = unchecked((int)0xAABBCCDD);

    /// <summary>
    /// Less than, equal to or greater than 0 as <paramref name="a"/> is to <paramref name="b"/>, or
    /// <see cref="Invalid"/> (HashLink std/cast.c: <c>hl_dyn_compare</c>). Different objects without an order of
    /// their own are greater than each other: HashLink compares their addresses, which no object keeps here.
    /// </summary>
    public static int Compare(object? a, object? b)
    {
        if (ReferenceEquals(a, b))
            return 0;
        if (a is null)
            return -1;
        if (b is null)
            return 1;
        switch (a)
        {
            case int x:
                return b switch
                {
                    int y => x == y ? 0 : x > y ? 1 : -1,
                    double y => CompareF64(x, y),
                    _ => Invalid,
                };
            case double x:
                return b switch
                {
                    double y => CompareF64(x, y),
                    int y => CompareF64(x, y),
                    float y => CompareF64(x, y),
                    _ => Invalid,
                };
            case HlString x when b is HlString y:
                return CompareStrings(x, y);
            case HlObject x:
                return b is HlObject other ? CompareObjects(x, other) : Invalid;
            case bool x:
                return b is bool b1 ? (x ? 1 : 0) - (b1 ? 1 : 0) : Invalid;
            case float x:
                return b switch
                {
                    float y => CompareF32(x, y),
                    double y => CompareF64(x, y),
                    _ => Invalid,
                };
            case long x:
                return b is long l ? x == l ? 0 : x > l ? 1 : -1 : Invalid;
            case byte x:
                return b is byte u8 ? x - u8 : Invalid;
            case ushort x:
                return b is ushort u16 ? x - u16 : Invalid;
            case HlBytes x:
                return b is HlBytes bytes ? x == bytes ? 0 : 1 : Invalid;
            case HlType x:
                return b is HlType ? 1 : Invalid;
            case Delegate x:
                return b is Delegate function ? CompareFunctions(HlClosures.Unwrap(x), HlClosures.Unwrap(function)) : Invalid;
            case HlArray:
                return Invalid;
            default:
                return HlHost.Compare(a, b);
        }
    }

    /// <summary>Whether dynamic values are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool DynEquals(object? a, object? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && (a is int x && b is int y ? x == y : Compare(a, b) == 0));

    /// <summary>Whether values of a <c>null&lt;t&gt;</c> are equal: both null, or the same number (HashLink jit.c: <c>dyn_value_compare</c>).</summary>
    public static bool NullEquals(object? a, object? b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a is null || b is null)
            return false;
        return a switch
        {
            int x when b is int y => x == y,
            double x when b is double y => x == y,
            bool x when b is bool y => x == y,
            float x when b is float y => x == y,
            long x when b is long y => x == y,
            byte x when b is byte y => x == y,
            ushort x when b is ushort y => x == y,
            _ => Compare(a, b) == 0,
        };
    }

    /// <summary>Whether the same object stands behind two structures or objects.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool VirtualEquals(object? a, object? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && ReferenceEquals(HlVirtual.Unwrap(a), HlVirtual.Unwrap(b)));

    /// <summary>Whether types are the same (HashLink std/types.c: <c>hl_same_type</c>).</summary>
    public static bool SameType(HlType? a, HlType? b) => HlType.Same(a, b);

    private static int CompareF64(double a, double b) => a == b ? 0 : a > b ? 1 : a < b ? -1 : Invalid;

    private static int CompareF32(float a, float b) => a == b ? 0 : a > b ? 1 : a < b ? -1 : Invalid;

    /// <summary>The difference of the first characters that differ, or of the lengths (Haxe hl/_std/String.hx: <c>__compare</c>).</summary>
    private static int CompareStrings(HlString a, HlString b)
    {
        int shared = Math.Min(a.length, b.length);
        if (shared > 0)
        {
            ReadOnlySpan<char> x = a.bytes.Chars(0, shared), y = b.bytes.Chars(0, shared);
            int same = x.CommonPrefixLength(y);
            if (same < shared)
                return x[same] - y[same];
        }
        return a.length - b.length;
    }

    private static int CompareObjects(HlObject a, HlObject b)
    {
        if (a is HlVirtual || b is HlVirtual)
        {
            object? x = HlVirtual.Unwrap(a), y = HlVirtual.Unwrap(b);
            if (ReferenceEquals(x, y))
                return 0;
            // A structure that holds its fields itself is no object to be compared with.
            if (x is HlVirtual)
                return b is HlVirtual || !IsObject(b) ? Invalid : -1;
            if (y is HlVirtual)
                return a is HlVirtual || !IsObject(a) ? Invalid : 1;
            return Compare(x, y);
        }
        HlType type = a.Type;
        if (type.Kind != b.Type.Kind)
            return Invalid;
        switch (type.Kind)
        {
            case HlTypeKind.Obj or HlTypeKind.Struct:
                return type.SpecialMethods.Compare is { } compare ? HlCast.ToI32(compare.Invoke(a, b)) : 1;
            case HlTypeKind.Enum:
                return 1;
            default:
                return Invalid;
        }
    }

    private static bool IsObject(HlObject value) => value.Type.Kind is HlTypeKind.Obj or HlTypeKind.DynObj;

    private static int CompareFunctions(Delegate a, Delegate b)
    {
        // A closure may close over a closure.
        HlStackGuard.Check();
        return HlClosures.SameFunction(a, b) ? 0 : a.Method != b.Method ? Invalid : Compare(a.Target, b.Target);
    }
}
