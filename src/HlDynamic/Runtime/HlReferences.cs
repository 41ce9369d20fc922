namespace HlDynamic.Runtime;

/// <summary>References to elements of native arrays (<c>hl.Ref</c> of <c>hl.NativeArray</c>).</summary>
internal static class HlReferences
{
    /// <summary>A reference to an element; the place just behind the last element exists for no one.</summary>
    /// <exception cref="HaxeException">There is no such element, or the array's elements are of another representation.</exception>
    public static ref T Element<T>(HlArray array, int index)
    {
        if (array is not HlArray<T> typed)
            throw array is null ? HaxeError.NullAccess() : HaxeError.Text($"An array of {array.ElementType} has no such references");
        if ((uint)index >= (uint)typed.Items.Length)
            throw HaxeError.Text($"Access of element {index} of an array of {typed.Items.Length}");
        return ref typed.Items[index];
    }
}
