using System.Runtime.CompilerServices;

namespace HlDynamic.Runtime;

/// <summary>
/// A map whose keys are objects, by identity. HashLink enumerates it in an order that depends on addresses; here it is
/// the order in which the keys were added.
/// </summary>
internal sealed class HlObjectMap : IHlNativeMap
{
    private readonly Dictionary<object, int> indices = new(Identity.Instance);
    private readonly List<(object? Key, object? Value)> entries = [];
    private int count;

    // Null is a key like others, which a dictionary does not allow.
    private static readonly object Null = new();

    public int Count => count;

    public object? Get(object? key) => indices.TryGetValue(Normalize(key), out int index) ? entries[index].Value : null;

    public bool Contains(object? key) => indices.ContainsKey(Normalize(key));

    public void Set(object? key, object? value)
    {
        key = Normalize(key);
        ref int index = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(indices, key, out bool exists);
        if (exists)
        {
            entries[index] = (key, value);
            return;
        }
        index = entries.Count;
        entries.Add((key, value));
        count++;
    }

    public bool Remove(object? key)
    {
        if (!indices.Remove(Normalize(key), out int index))
            return false;
        entries[index] = default;
        count--;
        if (entries.Count > 16 && count < entries.Count / 2)
            Compact();
        return true;
    }

    public void Clear()
    {
        indices.Clear();
        entries.Clear();
        count = 0;
    }

    public object?[] Keys() => [.. entries.Where(static e => e.Key is not null).Select(static e => ReferenceEquals(e.Key, Null) ? null : e.Key)];

    public object?[] Values() => [.. entries.Where(static e => e.Key is not null).Select(static e => e.Value)];

    bool IHlNativeMap.TryGet(object? key, out object? value)
    {
        bool exists = indices.TryGetValue(Normalize(key), out int index);
        value = exists ? entries[index].Value : null;
        return exists;
    }

    IEnumerable<object?> IHlNativeMap.Keys => Keys();

    private void Compact()
    {
        entries.RemoveAll(static e => e.Key is null);
        for (int i = 0; i < entries.Count; i++)
            indices[entries[i].Key!] = i;
    }

    // A structure is as good as the object behind it, which it gets now if it has none, as later views must find it.
    private static object Normalize(object? key) => key switch
    {
        null => Null,
        HlVirtual { Target: null } structure => structure.MakeDynamic(),
        HlVirtual view => HlVirtual.Unwrap(view)!,
        _ => key,
    };

    private sealed class Identity : IEqualityComparer<object>
    {
        public static readonly Identity Instance = new();

        public new bool Equals(object? x, object? y) => ReferenceEquals(x, y) || (x is HlBytes a && y is HlBytes b && a == b);

        public int GetHashCode(object key) => key is HlBytes bytes ? bytes.GetHashCode() : RuntimeHelpers.GetHashCode(key);
    }
}
