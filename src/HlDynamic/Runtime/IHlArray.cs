using System.Collections;

namespace HlDynamic.Runtime;

/// <summary>A Haxe <c>Array</c> as a list of its elements' type. The compiled array classes implement it.</summary>
/// <typeparam name="T">The type of the elements: <c>int</c> for <c>Array&lt;Int&gt;</c>, <c>double</c> for <c>Array&lt;Float&gt;</c>, <see cref="object"/> where only Haxe's compiler knew.</typeparam>
public interface IHlArray<T> : IList<T>, IReadOnlyList<T>
{
    private HlArrayObject Self => (HlArrayObject)this;

    T IList<T>.this[int index]
    {
        get => Self.Get<T>(index);
        set => Self[index] = value;
    }

    T IReadOnlyList<T>.this[int index] => Self.Get<T>(index);

    int ICollection<T>.Count => Self.Count;

    int IReadOnlyCollection<T>.Count => Self.Count;

    bool ICollection<T>.IsReadOnly => false;

    int IList<T>.IndexOf(T item) => Self.IndexOf(item);

    void IList<T>.Insert(int index, T item) => Self.Insert(index, item);

    void IList<T>.RemoveAt(int index) => Self.RemoveAt(index);

    void ICollection<T>.Add(T item) => Self.Add(item);

    void ICollection<T>.Clear() => Self.Clear();

    bool ICollection<T>.Contains(T item) => Self.Contains(item);

    void ICollection<T>.CopyTo(T[] array, int arrayIndex) => Self.CopyTo(array, arrayIndex);

    bool ICollection<T>.Remove(T item) => Self.Remove(item);

    IEnumerator<T> IEnumerable<T>.GetEnumerator()
    {
        HlArrayObject self = Self;
        for (int i = 0; i < self.Count; i++)
            yield return self.Get<T>(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => Self.GetEnumerator();
}
