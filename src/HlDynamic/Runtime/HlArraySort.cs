using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// The two steps of Haxe's sort (<c>haxe.ds.ArraySort</c>) that only move elements: no function of the program runs in
/// between, so that nobody can tell how they are moved.
/// </summary>
internal static class HlArraySort
{
    /// <summary>Whether a function is <c>rotate(array, compare, from, middle, to)</c> of Haxe's library.</summary>
    public static bool IsRotate(HlFunctionDef function) => IsStep(function, "rotate")
        && function.Type.Parameters is [_, HlFunctionTypeDef, { Kind: HlTypeKind.I32 }, { Kind: HlTypeKind.I32 }, { Kind: HlTypeKind.I32 }];

    /// <summary>Whether a function is <c>swap(array, i, j)</c> of Haxe's library.</summary>
    public static bool IsSwap(HlFunctionDef function) => IsStep(function, "swap")
        && function.Type.Parameters is [_, { Kind: HlTypeKind.I32 }, { Kind: HlTypeKind.I32 }];

    private static bool IsStep(HlFunctionDef function, string name) => function.Name == name && function.Owner?.Name == "haxe.ds.$ArraySort"
        && function.Type.Return.Kind == HlTypeKind.Void && function.Type.Parameters is [HlObjectTypeDef { Name: "hl.types.ArrayDyn" }, ..];

    /// <summary>Exchanges two neighbouring ranges of elements; false if there are no such ranges.</summary>
    /// <param name="owner">The Haxe array.</param>
    /// <param name="from">The first element.</param>
    /// <param name="middle">The first of the second range.</param>
    /// <param name="to">The first behind it.</param>
    internal static bool TryRotate(HlArrayObject owner, int from, int middle, int to)
    {
        int count = owner.length;
        if (owner.array is not { References: { } items } || (uint)count > (uint)items.Length || from < 0 || middle < from || to < middle || to > count)
            return false;
        // Not a span of the array: its class may be one of strings, and what is in it fits.
        Span<object> range = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(items), from), to - from);
        Rotate(range, middle - from);
        return true;
    }

    /// <summary>Exchanges two elements; false if there are no such.</summary>
    internal static bool TrySwap(HlArrayObject owner, int i, int j)
    {
        int count = owner.length;
        if (owner.array is not { References: { } items } || (uint)count > (uint)items.Length || (uint)i >= (uint)count || (uint)j >= (uint)count)
            return false;
        ref object first = ref MemoryMarshal.GetArrayDataReference(items);
        (Unsafe.Add(ref first, i), Unsafe.Add(ref first, j)) = (Unsafe.Add(ref first, j), Unsafe.Add(ref first, i));
        return true;
    }

    // Most ranges are short, and copying them in one go is a call into the CLR.
    private const int Few = 16;

    [InlineArray(Few)]
    private struct Aside
    {
        private object first;
    }

    private static void Rotate(Span<object> range, int left)
    {
        int right = range.Length - left, shorter = Math.Min(left, right);
        if (shorter == 0)
            return;
        if (range.Length <= Few)
        {
            if (left == 1)
                MoveToEnd(range);
            else if (right == 1)
                MoveToStart(range);
            else
                Reverse(range, left);
        }
        else if (shorter <= Few)
        {
            var aside = new Aside();
            Rotate(range, left, right, ((Span<object>)aside)[..shorter]);
        }
        else
        {
            object[] rented = ArrayPool<object>.Shared.Rent(shorter);
            Span<object> used = rented.AsSpan(0, shorter);
            Rotate(range, left, right, used);
            used.Clear();
            ArrayPool<object>.Shared.Return(rented);
        }
    }

    private static void MoveToEnd(Span<object> range)
    {
        object moved = range[0];
        for (int i = 1; i < range.Length; i++)
            range[i - 1] = range[i];
        range[^1] = moved;
    }

    private static void MoveToStart(Span<object> range)
    {
        object moved = range[^1];
        for (int i = range.Length - 1; i > 0; i--)
            range[i] = range[i - 1];
        range[0] = moved;
    }

    private static void Reverse(Span<object> range, int left)
    {
        range[..left].Reverse();
        range[left..].Reverse();
        range.Reverse();
    }

    // The shorter part is put aside.
    private static void Rotate(Span<object> range, int left, int right, Span<object> aside)
    {
        if (left <= right)
        {
            range[..left].CopyTo(aside);
            range[left..].CopyTo(range);
            aside.CopyTo(range[right..]);
        }
        else
        {
            range[left..].CopyTo(aside);
            range[..left].CopyTo(range[right..]);
            aside.CopyTo(range);
        }
    }
}
