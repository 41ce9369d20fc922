using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Native arrays (HashLink std/array.c).</summary>
internal static class StdArrays
{
    [HlPrimitive("std", "alloc_array")]
    public static HlArray AllocArray(HlType elementType, int length) => HlArray.Allocate(elementType, length);

    [HlPrimitive("std", "array_blit")]
    public static void ArrayBlit(HlArray target, int position, HlArray source, int sourcePosition, int length) =>
        target.Blit(position, source, sourcePosition, length);

    [HlPrimitive("std", "array_type")]
    public static HlType ArrayType(HlArray array) => array.ElementType;

    [HlPrimitive("std", "array_bytes")]
    public static HlBytes ArrayBytes(HlArray array) => array is HlArray<byte> bytes
        ? new HlBytes(bytes.Items)
        : throw HaxeError.Text($"The bytes of an array of {array.ElementType} can't be shared");

    // An array of structures that lie side by side: here they are objects of their own.
    [HlPrimitive("std", "alloc_carray")]
    public static HlArray AllocCarray(HlType elementType, int length)
    {
        if (elementType.Kind is not (HlTypeKind.Obj or HlTypeKind.Struct))
            throw HaxeError.Text("Invalid array type");
        if (length < 0)
            throw HaxeError.Text("Invalid array size");
        var items = new object[length];
        for (int i = 0; i < length; i++)
            items[i] = elementType.Allocate();
        return new HlArray<object>(elementType, items);
    }

    [HlPrimitive("std", "carray_get")]
    public static object? CarrayGet(HlArray array, int index) => array[index];

    [HlPrimitive("std", "carray_length")]
    public static int CarrayLength(HlArray array) => array.Length;

    // Copies the content of the structures; as with other arrays, the ranges may overlap.
    [HlPrimitive("std", "carray_blit")]
    public static void CarrayBlit(HlArray target, HlType elementType, int position, HlArray source, int sourcePosition, int length)
    {
        if (elementType.Kind is not (HlTypeKind.Obj or HlTypeKind.Struct))
            throw HaxeError.Text("Invalid array type");
        if (position < 0 || sourcePosition < 0 || length < 0 || position > target.Length - length || sourcePosition > source.Length - length)
            throw HaxeError.Text("Invalid array pos or length");
        bool backwards = ReferenceEquals(target, source) && position > sourcePosition;
        for (int i = 0; i < length; i++)
        {
            int k = backwards ? length - 1 - i : i;
            for (HlType? type = elementType; type is not null; type = type.Super)
                foreach (HlField field in type.Fields)
                    field.Info.SetValue(target[position + k], field.Info.GetValue(source[sourcePosition + k]));
        }
    }

    /// <summary>An array of dynamic values.</summary>
    internal static HlArray Of(HlContext context, object?[] items) => new HlArray<object>(context.Basic(HlTypeKind.Dyn), items!);

    /// <summary>An array of bytes.</summary>
    internal static HlArray Of(HlContext context, HlBytes[] items) => new HlArray<HlBytes>(context.Basic(HlTypeKind.Bytes), items);

    /// <summary>An array of texts, in UTF-16.</summary>
    internal static HlArray OfStrings(HlContext context, IReadOnlyList<string> texts)
    {
        var items = new HlBytes[texts.Count];
        for (int i = 0; i < items.Length; i++)
            items[i] = HlBytes.FromString(texts[i]);
        return Of(context, items);
    }
}
