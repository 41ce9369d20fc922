using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace HlDynamic.Runtime;

/// <summary>
/// A Haxe <c>Map</c>: the module's map classes derive from this. For .NET programs it is a dictionary: an
/// <see cref="IDictionary"/>, and an <c>IDictionary&lt;int, object&gt;</c>, <c>IDictionary&lt;string, object&gt;</c>
/// or <c>IDictionary&lt;object, object&gt;</c> after the type of its keys. The dictionary is the map itself.
/// </summary>
public abstract class HlMapObject : HlObject, IDictionary
{
    // The field of haxe.ds.IntMap and its kin, by its name in bytecode.
    internal object? h;

    internal HlMapObject() { }

    /// <summary>The number of entries.</summary>
    public int Count => Store.Count(this);

    /// <summary>The keys, in the map's own order.</summary>
    public IReadOnlyCollection<object> Keys => [.. Store.Keys(this)];

    /// <summary>The values, in the order of the keys.</summary>
    public IReadOnlyCollection<object?> Values => [.. Store.Keys(this).Select(k => this[k])];

    /// <summary>The type of the keys as .NET programs see them: <c>int</c>, <see cref="string"/>, or <see cref="object"/>.</summary>
    public Type KeyType => Store.KeyType;

    ICollection IDictionary.Keys => Keys.ToArray();

    ICollection IDictionary.Values => Values.ToArray();

    bool IDictionary.IsFixedSize => false;

    bool IDictionary.IsReadOnly => false;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    private HlMapStore Store => Type.MapStore;

    /// <summary>The value of a key; null, as in Haxe, if there is none.</summary>
    /// <exception cref="HlConversionException">The map cannot have such a key.</exception>
    [SuppressMessage("Design", "CA1043", Justification = "Keys of maps are of any type.")]
    public object? this[object key]
    {
        get => TryGetValue(key, out object? value) ? value : null;
        set => Store.Set(this, Store.ConvertKey(this, key), HlCollections.FromHost(Type.Context, value));
    }

    /// <summary>The value of a key; false if there is none.</summary>
    /// <exception cref="HlConversionException">The map cannot have such a key.</exception>
    public bool TryGetValue(object key, out object? value)
    {
        bool found = Store.TryGet(this, Store.ConvertKey(this, key), out object? held);
        value = HlHost.ToHost(held);
        return found;
    }

    /// <summary>Adds an entry.</summary>
    /// <exception cref="ArgumentException">There is one with this key.</exception>
    /// <exception cref="HlConversionException">The map cannot have such a key.</exception>
    public void Add(object key, object? value)
    {
        if (ContainsKey(key))
            throw new ArgumentException($"The map has an entry for {key} already.", nameof(key));
        this[key] = value;
    }

    /// <summary>Whether there is an entry for a key.</summary>
    public bool ContainsKey(object key) => TryGetValue(key, out _);

    bool IDictionary.Contains(object key) => ContainsKey(key);

    /// <summary>Removes an entry; false if there is none.</summary>
    public bool Remove(object key) => Store.Remove(this, Store.ConvertKey(this, key));

    void IDictionary.Remove(object key) => Remove(key);

    /// <summary>Removes all entries.</summary>
    public void Clear() => Store.Clear(this);

    void ICollection.CopyTo(Array array, int index)
    {
        ArgumentNullException.ThrowIfNull(array);
        foreach (object entry in this)
            array.SetValue(entry, index++);
    }

    /// <summary>The entries, as <see cref="KeyValuePair{TKey, TValue}"/> of the key's type and <see cref="object"/>.</summary>
    public IEnumerator GetEnumerator() => Store.Pairs(this).GetEnumerator();

    IDictionaryEnumerator IDictionary.GetEnumerator() => new EntryEnumerator(Entries<object>().GetEnumerator());

    /// <summary>The entries as they are when enumeration begins, so that the map may change meanwhile.</summary>
    internal IEnumerable<KeyValuePair<TKey, object?>> Entries<TKey>()
    {
        object[] keys = [.. Store.Keys(this)];
        foreach (object key in keys)
            if (TryGetValue(key, out object? value))
                yield return new KeyValuePair<TKey, object?>((TKey)key, value);
    }

    private sealed class EntryEnumerator(IEnumerator<KeyValuePair<object, object?>> entries) : IDictionaryEnumerator
    {
        public DictionaryEntry Entry => new(entries.Current.Key, entries.Current.Value);

        public object Key => entries.Current.Key;

        public object? Value => entries.Current.Value;

        public object Current => Entry;

        public bool MoveNext() => entries.MoveNext();

        public void Reset() => throw new NotSupportedException();
    }
}
