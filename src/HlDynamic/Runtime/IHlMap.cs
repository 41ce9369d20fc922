using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace HlDynamic.Runtime;

/// <summary>A Haxe <c>Map</c> as a dictionary of its keys' type. The compiled map classes implement it.</summary>
/// <typeparam name="TKey">The type of the keys: <c>int</c>, <see cref="string"/>, or <see cref="object"/> for objects and enum values.</typeparam>
public interface IHlMap<TKey> : IDictionary<TKey, object?>, IReadOnlyDictionary<TKey, object?> where TKey : notnull
{
    private HlMapObject Self => (HlMapObject)this;

    private object? Require(TKey key) => Self.TryGetValue(key, out object? value) ? value : throw new KeyNotFoundException($"The map has no entry for {key}.");

    object? IDictionary<TKey, object?>.this[TKey key]
    {
        get => Require(key);
        set => Self[key] = value;
    }

    object? IReadOnlyDictionary<TKey, object?>.this[TKey key] => Require(key);

    ICollection<TKey> IDictionary<TKey, object?>.Keys => [.. Self.Keys.Cast<TKey>()];

    IEnumerable<TKey> IReadOnlyDictionary<TKey, object?>.Keys => Self.Keys.Cast<TKey>();

    ICollection<object?> IDictionary<TKey, object?>.Values => [.. Self.Values];

    IEnumerable<object?> IReadOnlyDictionary<TKey, object?>.Values => Self.Values;

    int ICollection<KeyValuePair<TKey, object?>>.Count => Self.Count;

    int IReadOnlyCollection<KeyValuePair<TKey, object?>>.Count => Self.Count;

    bool ICollection<KeyValuePair<TKey, object?>>.IsReadOnly => false;

    void IDictionary<TKey, object?>.Add(TKey key, object? value) => Self.Add(key, value);

    bool IDictionary<TKey, object?>.ContainsKey(TKey key) => Self.ContainsKey(key);

    bool IReadOnlyDictionary<TKey, object?>.ContainsKey(TKey key) => Self.ContainsKey(key);

    bool IDictionary<TKey, object?>.Remove(TKey key) => Self.Remove(key);

    bool IDictionary<TKey, object?>.TryGetValue(TKey key, [MaybeNullWhen(false)] out object? value) => Self.TryGetValue(key, out value);

    bool IReadOnlyDictionary<TKey, object?>.TryGetValue(TKey key, [MaybeNullWhen(false)] out object? value) => Self.TryGetValue(key, out value);

    void ICollection<KeyValuePair<TKey, object?>>.Add(KeyValuePair<TKey, object?> item) => Self.Add(item.Key, item.Value);

    void ICollection<KeyValuePair<TKey, object?>>.Clear() => Self.Clear();

    bool ICollection<KeyValuePair<TKey, object?>>.Contains(KeyValuePair<TKey, object?> item) =>
        Self.TryGetValue(item.Key, out object? value) && Equals(value, item.Value);

    bool ICollection<KeyValuePair<TKey, object?>>.Remove(KeyValuePair<TKey, object?> item) =>
        Self.TryGetValue(item.Key, out object? value) && Equals(value, item.Value) && Self.Remove(item.Key);

    void ICollection<KeyValuePair<TKey, object?>>.CopyTo(KeyValuePair<TKey, object?>[] array, int arrayIndex)
    {
        ArgumentNullException.ThrowIfNull(array);
        foreach (KeyValuePair<TKey, object?> entry in Self.Entries<TKey>())
            array[arrayIndex++] = entry;
    }

    IEnumerator<KeyValuePair<TKey, object?>> IEnumerable<KeyValuePair<TKey, object?>>.GetEnumerator() => Self.Entries<TKey>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Self.GetEnumerator();
}
