using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace HlDynamic.Runtime;

/// <summary>
/// A native array, what Haxe calls <c>hl.NativeArray</c>: a .NET array of the representation its element type has.
/// Haxe's own <c>Array</c> classes are built on it. For .NET programs it is a list whose length is fixed.
/// </summary>
public abstract class HlArray : IList, IReadOnlyList<object?>
{
    internal readonly int Count;

    /// <summary>The elements of an array of references; of another there are none, so that code which takes it for one meets nothing.</summary>
    internal readonly object[] References;

    private protected HlArray(HlType elementType, int count, object[] references)
    {
        ElementType = elementType;
        Count = count;
        References = references;
    }

    /// <summary>The element type.</summary>
    public HlType ElementType { get; }

    /// <summary>The number of elements.</summary>
    public int Length => Count;

    /// <summary>An element, boxed as Haxe's <c>Dynamic</c>.</summary>
    /// <param name="index">0 to <see cref="Length"/> - 1.</param>
    /// <exception cref="HaxeException">There is no such element, or a value is set that the element type cannot hold.</exception>
    public abstract object? this[int index] { get; set; }

    int ICollection.Count => Count;

    int IReadOnlyCollection<object?>.Count => Count;

    bool IList.IsFixedSize => true;

    bool IList.IsReadOnly => false;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    object? IList.this[int index]
    {
        get => HlHost.ToHost(this[index]);
        set => this[index] = value;
    }

    object? IReadOnlyList<object?>.this[int index] => HlHost.ToHost(this[index]);

    /// <summary>The elements.</summary>
    public IEnumerator<object?> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return HlHost.ToHost(this[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether an element equals a value.</summary>
    public bool Contains(object? value) => IndexOf(value) >= 0;

    /// <summary>The index of the first element equal to a value, or -1.</summary>
    public int IndexOf(object? value)
    {
        for (int i = 0; i < Count; i++)
            if (Equals(HlHost.ToHost(this[i]), value))
                return i;
        return -1;
    }

    /// <summary>Copies all elements.</summary>
    /// <param name="array">Where to.</param>
    /// <param name="index">The first index there.</param>
    public void CopyTo(Array array, int index)
    {
        ArgumentNullException.ThrowIfNull(array);
        foreach (object? element in this)
            array.SetValue(element, index++);
    }

    int IList.Add(object? value) => throw FixedSize();

    void IList.Insert(int index, object? value) => throw FixedSize();

    void IList.Remove(object? value) => throw FixedSize();

    void IList.RemoveAt(int index) => throw FixedSize();

    void IList.Clear() => throw FixedSize();

    private static NotSupportedException FixedSize() => new("The length of a native array is fixed.");

    /// <summary>Copies elements from another array of the same representation.</summary>
    internal abstract void Blit(int position, HlArray source, int sourcePosition, int length);

    private static readonly object[] NoObjects = [];

    /// <summary>A new array of nulls or zeros.</summary>
    internal static HlArray Allocate(HlType elementType, int length)
    {
        if (length < 0)
            throw HaxeError.Text($"Can't allocate an array of {length} elements");
        return elementType.Kind switch
        {
            Bytecode.HlTypeKind.UI8 => new HlArray<byte>(elementType, new byte[length]),
            Bytecode.HlTypeKind.UI16 => new HlArray<ushort>(elementType, new ushort[length]),
            Bytecode.HlTypeKind.I32 => new HlArray<int>(elementType, new int[length]),
            Bytecode.HlTypeKind.I64 or Bytecode.HlTypeKind.Guid => new HlArray<long>(elementType, new long[length]),
            Bytecode.HlTypeKind.F32 => new HlArray<float>(elementType, new float[length]),
            Bytecode.HlTypeKind.F64 => new HlArray<double>(elementType, new double[length]),
            Bytecode.HlTypeKind.Bool => new HlArray<bool>(elementType, new bool[length]),
            Bytecode.HlTypeKind.Bytes => new HlArray<HlBytes>(elementType, new HlBytes[length]),
            _ => new HlArray<object>(elementType, length == 0 ? NoObjects : new object[length]),
        };
    }

    /// <summary>
    /// The elements of an array of numbers or pointers. One comparison decides, where a cast tests for null first,
    /// which the access does anyway.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T[] Values<T>(HlArray array) where T : struct
    {
        if (array.GetType() != typeof(HlArray<T>))
            ThrowCannotCast<T>(array);
        return Unsafe.As<HlArray<T>>(array).Items;
    }

    // The exception of the cast. A method that only throws leaves the code that calls it in one piece.
    [DoesNotReturn]
    private static void ThrowCannotCast<T>(HlArray array) =>
        throw new InvalidCastException($"{array.GetType()} is not {typeof(HlArray<T>)}");

    private protected static HaxeException OutOfRange(int index, int length) =>
        HaxeError.Text($"Access of element {index} of an array of {length}");
}

/// <summary>A native array of one representation; references of every kind are held as <see cref="object"/>.</summary>
internal sealed class HlArray<T> : HlArray
{
    public readonly T[] Items;

    public HlArray(HlType elementType, T[] items) : base(elementType, items.Length, items as object[] ?? []) => Items = items;

    public override object? this[int index]
    {
        get => (uint)index < (uint)Items.Length ? Box(Items[index]) : throw OutOfRange(index, Items.Length);
        set
        {
            if ((uint)index >= (uint)Items.Length)
                throw OutOfRange(index, Items.Length);
            Items[index] = typeof(T) == typeof(object)
                ? (T)HlCast.ToType(value, ElementType)!
                : (T)(HlCast.ToType(value, ElementType) ?? default(T)!);
        }
    }

    internal override void Blit(int position, HlArray source, int sourcePosition, int length)
    {
        if (source is not HlArray<T> typed)
            throw HaxeError.Text($"Can't copy elements of {source.ElementType} to an array of {ElementType}");
        if (position < 0 || sourcePosition < 0 || length < 0
            || position > Items.Length - length || sourcePosition > typed.Items.Length - length)
            throw HaxeError.Text($"Can't copy {length} elements from {sourcePosition} of {typed.Items.Length} to {position} of {Items.Length}");
        Array.Copy(typed.Items, sourcePosition, Items, position, length);
    }

    private static object? Box(T value) => value switch
    {
        int i => HlBox.Int(i),
        bool b => HlBox.Bool(b),
        HlBytes bytes => HlBox.Bytes(bytes),
        _ => value,
    };
}
