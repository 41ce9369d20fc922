namespace HlDynamic.Runtime;

/// <summary>How a map hashes and compares its keys.</summary>
internal interface IHlMapKey<TKey>
{
    static abstract uint Hash(TKey key);

    static abstract bool Equals(TKey a, TKey b);
}

/// <summary>
/// A hash map that enumerates in the order in which HashLink's do, since programs see it (HashLink std/maps.h): cell
/// by cell, in each the entry that came last first; growing moves the entries in that order. So the numbers of cells
/// and of entries, and when they grow, are HashLink's.
/// </summary>
internal sealed class HlMap<TKey, TKeys> : IHlNativeMap where TKeys : IHlMapKey<TKey>
{
    // HashLink keeps small maps in other arrays than large ones, and rebuilds a map that becomes large.
    private const int LargeSize = 128;
    private int[] cells = [];
    private static readonly Entry[] NoEntries = new Entry[0];
    private Entry[] entries = NoEntries;
    private int free = -1;

    private struct Entry
    {
        public TKey Key;
        public object? Value;
        public uint Hash;
        public int Next;
    }

    /// <summary>The number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a key, or null.</summary>
    public object? Get(TKey key)
    {
        int index = Find(key);
        return index < 0 ? null : entries[index].Value;
    }

    public bool Contains(TKey key) => Find(key) >= 0;

    public void Set(TKey key, object? value)
    {
        uint hash = TKeys.Hash(key);
        int index = Find(key, hash);
        if (index >= 0)
        {
            entries[index].Value = value;
            return;
        }
        if (Count == entries.Length)
            Grow();
        Add(key, hash, value);
    }

    public bool Remove(TKey key)
    {
        if (cells.Length == 0)
            return false;
        uint hash = TKeys.Hash(key);
        ref int link = ref cells[hash % (uint)cells.Length];
        while (link >= 0)
        {
            ref Entry entry = ref entries[link];
            if (entry.Hash == hash && TKeys.Equals(entry.Key, key))
            {
                int index = link;
                link = entry.Next;
                entry = default;
                entry.Next = free;
                free = index;
                Count--;
                return true;
            }
            link = ref entry.Next;
        }
        return false;
    }

    public void Clear()
    {
        cells = [];
        entries = NoEntries;
        free = -1;
        Count = 0;
    }

    public TKey[] Keys()
    {
        var keys = new TKey[Count];
        int i = 0;
        foreach (int cell in cells)
            for (int index = cell; index >= 0; index = entries[index].Next)
                keys[i++] = entries[index].Key;
        return keys;
    }

    public object?[] Values()
    {
        var values = new object?[Count];
        int i = 0;
        foreach (int cell in cells)
            for (int index = cell; index >= 0; index = entries[index].Next)
                values[i++] = entries[index].Value;
        return values;
    }

    bool IHlNativeMap.TryGet(object? key, out object? value)
    {
        int index = Find((TKey)key!);
        value = index < 0 ? null : entries[index].Value;
        return index >= 0;
    }

    void IHlNativeMap.Set(object? key, object? value) => Set((TKey)key!, value);

    bool IHlNativeMap.Remove(object? key) => Remove((TKey)key!);

    IEnumerable<object?> IHlNativeMap.Keys => Keys().Select(static k => (object?)k);

    private int Find(TKey key) => cells.Length == 0 ? -1 : Find(key, TKeys.Hash(key));

    private int Find(TKey key, uint hash)
    {
        if (cells.Length == 0)
            return -1;
        Entry[] all = entries;
        int index = cells[hash % (uint)cells.Length];
        while ((uint)index < (uint)all.Length)
        {
            ref Entry entry = ref all[index];
            if (entry.Hash == hash && TKeys.Equals(entry.Key, key))
                return index;
            index = entry.Next;
        }
        return -1;
    }

    private void Add(TKey key, uint hash, object? value)
    {
        int index = free;
        ref Entry entry = ref entries[index];
        free = entry.Next;
        ref int cell = ref cells[hash % (uint)cells.Length];
        entry.Key = key;
        entry.Value = value;
        entry.Hash = hash;
        entry.Next = cell;
        cell = index;
        Count++;
    }

    private void Grow()
    {
        Entry[] old = entries;
        int[] oldCells = cells;
        int size = old.Length == 0 ? 3 : (old.Length * 3 + 1) / 2;
        int cellCount = HlMapSizes.CellCount(size / 4);
        entries = new Entry[size];
        if (cellCount == oldCells.Length && (size < LargeSize || old.Length >= LargeSize))
        {
            old.CopyTo(entries, 0);
            FreeFrom(old.Length);
            return;
        }
        cells = new int[cellCount];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = -1;
        FreeFrom(0);
        Count = 0;
        foreach (int cell in oldCells)
            for (int index = cell; index >= 0; index = old[index].Next)
                Add(old[index].Key, old[index].Hash, old[index].Value);
    }

    private void FreeFrom(int start)
    {
        free = -1;
        for (int i = entries.Length - 1; i >= start; i--)
        {
            entries[i].Next = free;
            free = i;
        }
    }
}

/// <summary>The numbers of cells that maps have.</summary>
internal static class HlMapSizes
{
    // Primes, each about twice the one before.
    private static readonly int[] Primes =
    [
        7, 17, 37, 79, 163, 331, 673, 1361, 2729, 5471, 10949, 21911, 43853, 87613, 175229, 350459, 700919, 1401857, 2803727,
        5607457, 11214943, 22429903, 44859823, 89719661, 179424673, 373587883, 776531401, 1611623773,
    ];

    /// <summary>The smallest number of cells that is not below <paramref name="minimum"/>.</summary>
    public static int CellCount(int minimum)
    {
        int i = 0;
        while (Primes[i] < minimum)
            i++;
        return Primes[i];
    }
}

/// <summary>Keys of <c>hl.types.IntMap</c>.</summary>
internal readonly struct HlIntKey : IHlMapKey<int>
{
    public static uint Hash(int key) => (uint)key;

    public static bool Equals(int a, int b) => a == b;
}

/// <summary>Keys of <c>hl.types.Int64Map</c>.</summary>
internal readonly struct HlInt64Key : IHlMapKey<long>
{
    public static uint Hash(long key) => (uint)key ^ (uint)(key >> 32);

    public static bool Equals(long a, long b) => a == b;
}

/// <summary>Keys of <c>hl.types.BytesMap</c>: UTF-16 text up to its zero.</summary>
internal readonly struct HlBytesKey : IHlMapKey<HlBytes>
{
    public static uint Hash(HlBytes key)
    {
        uint h = 0;
        foreach (char c in key.Chars())
            h = unchecked(223 * h + c);
        return (uint)((int)h % 0x1FFFFF7B);
    }

    public static bool Equals(HlBytes a, HlBytes b) => a == b || a.Chars().SequenceEqual(b.Chars());
}
