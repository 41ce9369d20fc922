using System.Collections;
using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// A Haxe <c>Array</c>: the module's array classes derive from this. For .NET programs it is a list: an
/// <see cref="IList"/>, and an <c>IList&lt;int&gt;</c> or <c>IList&lt;double&gt;</c> where Haxe knows that it
/// holds numbers. The list is the array itself; nothing is copied.
/// </summary>
public abstract class HlArrayObject : HlObject, IList
{
    // What the field `array` or `bytes` of the class holds, which has one of these at most: a native array or a block of bytes.
    private object? held;

    /// <summary>The same one step nearer: the elements of an array of objects, or the block (<see cref="HlBytes.Near"/>).</summary>
    internal object? near;

    // The field of hl.types.ArrayBase, by its name in bytecode; so are the properties below.
    internal int length;
    private int offset;

    internal HlArrayObject() { }

    internal HlArray? array
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.As<HlArray>(held);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            held = value;
            near = value?.References;
        }
    }

    internal HlBytes bytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Unsafe.As<byte[]>(held), offset);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            held = value.Buffer;
            offset = value.Offset;
            near = value.Near;
        }
    }

    /// <summary>The number of elements.</summary>
    public int Count => Store.Count(this);

    /// <summary>The type of the elements as .NET programs see them: <c>int</c>, <c>double</c>, ..., or <see cref="object"/>.</summary>
    public Type ElementType => Store.ElementType(this);

    bool IList.IsFixedSize => false;

    bool IList.IsReadOnly => false;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    /// <summary>
    /// What <c>hl.types.ArrayObj.__expand</c> does for the next element, if there is no room for it; false for anything else.
    /// Small arrays grow by more than in Haxe, where one grows from one to two, three, four and six.
    /// </summary>
    internal static bool TryExpand(HlArrayObject self, int index)
    {
        if (self.array is not HlArray<object> { Items: { } items } array || index != self.length || index != items.Length || index >= 1 << 28)
            return false;
        HlType type = array.ElementType;
        var grown = new object[Grown(index)];
        Array.Copy(items, grown, index);
        self.array = new HlArray<object>(type.Kind == HlTypeKind.Dyn ? type : type.Context.Basic(HlTypeKind.Dyn), grown);
        self.length = index + 1;
        return true;
    }

    /// <summary>
    /// The same for an array of numbers: what <c>hl.types.ArrayBytes_Int.__expand</c> and its like do. It grows as in Haxe, since what was removed
    /// from it shows again where it is made longer without growing.
    /// </summary>
    internal static bool TryExpandNumbers(HlArrayObject self, int index, ref int size, int elementSize)
    {
        HlBytes bytes = self.bytes;
        int used = index * elementSize;
        if (index != self.length || index != size || index >= 1 << 27 || bytes.Buffer is not { } buffer || bytes.Offset != 0 || buffer.Length < used)
            return false;
        int count = Math.Max(size * 3 >> 1, index + 1);
        byte[] grown = GC.AllocateUninitializedArray<byte>(count * elementSize);
        buffer.AsSpan(0, used).CopyTo(grown);
        grown.AsSpan(used).Clear();
        self.bytes = new HlBytes(grown);
        size = count;
        self.length = index + 1;
        return true;
    }

    private static int Grown(int count) => count < 4 ? 4 : count < QuickTo ? count * 2 : count * 3 >> 1;

    private const int QuickTo = 1 << 12;

    private HlArrayStore Store => Type.ArrayStore;

    /// <summary>An element.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="HlConversionException">The array cannot hold the value.</exception>
    public object? this[int index]
    {
        get => Store.Get(this, Check(index));
        set => Store.Set(this, Check(index), value);
    }

    /// <summary>Adds an element at the end, and returns its index.</summary>
    /// <exception cref="HlConversionException">The array cannot hold the value.</exception>
    public int Add(object? value)
    {
        Insert(Count, value);
        return Count - 1;
    }

    /// <summary>Adds elements at the end.</summary>
    /// <exception cref="HlConversionException">The array cannot hold one of the values.</exception>
    public void AddRange(IEnumerable values)
    {
        ArgumentNullException.ThrowIfNull(values);
        // What is added may be this array.
        foreach (object? value in ReferenceEquals(values, this) ? values.Cast<object?>().ToArray() : values)
            Add(value);
    }

    /// <summary>Adds an element before another one.</summary>
    /// <param name="index">0 to <see cref="Count"/>.</param>
    /// <param name="value">The element.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is outside.</exception>
    /// <exception cref="HlConversionException">The array cannot hold the value.</exception>
    public void Insert(int index, object? value)
    {
        int count = Count;
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, count);
        HlArrayStore store = Store;
        object? converted = store.Convert(this, value);
        store.Resize(this, count + 1);
        store.Move(this, index, index + 1, count - index);
        store.SetConverted(this, index, converted);
    }

    /// <summary>Removes an element.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public void RemoveAt(int index)
    {
        Check(index);
        int count = Count;
        Store.Move(this, index + 1, index, count - index - 1);
        Store.Resize(this, count - 1);
    }

    /// <summary>Removes the first element equal to a value; false if there is none.</summary>
    public bool Remove(object? value)
    {
        int index = IndexOf(value);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    void IList.Remove(object? value) => Remove(value);

    /// <summary>Removes all elements.</summary>
    public void Clear() => Store.Resize(this, 0);

    /// <summary>Whether an element equals a value.</summary>
    public bool Contains(object? value) => IndexOf(value) >= 0;

    /// <summary>The index of the first element equal to a value, or -1.</summary>
    public int IndexOf(object? value)
    {
        for (int i = 0; i < Count; i++)
            if (Equals(Store.Get(this, i), value))
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

    /// <summary>
    /// The elements of an array of numbers as they lie in memory, without a copy. The span shows the array as long as
    /// it does not grow.
    /// </summary>
    /// <typeparam name="T">The type of the elements, as <see cref="ElementType"/> gives it.</typeparam>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public Span<T> AsSpan<T>() where T : unmanaged => Store.TrySpan(this, out Span<T> span)
        ? span
        : throw new InvalidOperationException($"The elements of this array are {ElementType}, of which there is no Span<{typeof(T).Name}>.");

    /// <inheritdoc/>
    public IEnumerator GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return Store.Get(this, i);
    }

    internal T Get<T>(int index) => (T)Store.Get(this, Check(index))!;

    private int Check(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return index;
    }
}
