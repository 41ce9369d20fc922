using System.Collections;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>A Haxe array as a list of a type its elements can be converted to. It shows the array itself: changes go both ways.</summary>
internal sealed class HlListView<T>(HlArrayObject array) : IList<T>, IReadOnlyList<T>
{
    public int Count => array.Count;

    public bool IsReadOnly => false;

    public T this[int index]
    {
        get => HlConvert.To<T>(array[index], $"Element {index}");
        set => array[index] = value;
    }

    public int IndexOf(T item)
    {
        for (int i = 0; i < Count; i++)
            if (EqualityComparer<T>.Default.Equals(this[i], item))
                return i;
        return -1;
    }

    public bool Contains(T item) => IndexOf(item) >= 0;

    public void Add(T item) => array.Add(item);

    public void Insert(int index, T item) => array.Insert(index, item);

    public void RemoveAt(int index) => array.RemoveAt(index);

    public bool Remove(T item)
    {
        int index = IndexOf(item);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    public void Clear() => array.Clear();

    public void CopyTo(T[] target, int start)
    {
        foreach (T item in this)
            target[start++] = item;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
