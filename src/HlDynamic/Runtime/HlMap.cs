namespace HlDynamic.Runtime;

/// <summary>How a map hashes and compares its keys, and what it keeps of them: a number is its own hash, so that is not kept too.</summary>
internal interface IHlMapKey<TKey, TKept>
{
    static abstract uint Hash(TKey key);

    static abstract TKept Keep(TKey key, uint hash);

    static abstract TKey Key(TKept kept);

    static abstract uint KeptHash(TKept kept);

    static abstract bool Matches(TKept kept, TKey key, uint hash);
}

/// <summary>
/// A hash map that enumerates in the order in which HashLink's do, since programs see it (HashLink std/maps.h): cell
/// by cell, in each the entry that came last first; growing moves the entries in that order. So the numbers of cells
/// and of entries, and when they grow, are HashLink's.
/// </summary>
internal sealed class HlMap<TKey, TKept, TKeys> : IHlNativeMap where TKeys : IHlMapKey<TKey, TKept>
{
    // HashLink keeps small maps in other arrays than large ones, and rebuilds a map that becomes large.
    private const int LargeSize = 128;
    private int[] cells = [];
    private static readonly Entry[] NoEntries = new Entry[0];
    private Entry[] entries = NoEntries;
    private int free = -1;

    private struct Entry
    {
        public TKept Key;
        public object? Value;
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
        Add(TKeys.Keep(key, hash), hash, value);
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
            if (TKeys.Matches(entry.Key, key, hash))
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
                keys[i++] = TKeys.Key(entries[index].Key);
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
            if (TKeys.Matches(entry.Key, key, hash))
                return index;
            index = entry.Next;
        }
        return -1;
    }

    private void Add(TKept key, uint hash, object? value)
    {
        int index = free;
        ref Entry entry = ref entries[index];
        free = entry.Next;
        ref int cell = ref cells[hash % (uint)cells.Length];
        entry.Key = key;
        entry.Value = value;
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
                Add(old[index].Key, TKeys.KeptHash(old[index].Key), old[index].Value);
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
internal readonly struct HlIntKey : IHlMapKey<int, int>
{
    public static uint Hash(int key) => (uint)key;

    public static int Keep(int key, uint hash) => key;

    public static int Key(int kept) => kept;

    public static uint KeptHash(int kept) => Hash(kept);

    public static bool Matches(int kept, int key, uint hash) => kept == key;
}

/// <summary>Keys of <c>hl.types.Int64Map</c>.</summary>
internal readonly struct HlInt64Key : IHlMapKey<long, long>
{
    public static uint Hash(long key) => (uint)key ^ (uint)(key >> 32);

    public static long Keep(long key, uint hash) => key;

    public static long Key(long kept) => kept;

    public static uint KeptHash(long kept) => Hash(kept);

    public static bool Matches(long kept, long key, uint hash) => kept == key;
}

/// <summary>Keys of <c>hl.types.BytesMap</c>: UTF-16 text up to its zero.</summary>
internal readonly struct HlBytesKey : IHlMapKey<HlBytes, HlHashedBytes>
{
    public static uint Hash(HlBytes key)
    {
        uint h = 0;
        foreach (char c in key.Chars())
            h = unchecked(223 * h + c);
        return (uint)((int)h % 0x1FFFFF7B);
    }

    public static HlHashedBytes Keep(HlBytes key, uint hash) => new(key, hash);

    public static HlBytes Key(HlHashedBytes kept) => kept.Text;

    public static uint KeptHash(HlHashedBytes kept) => kept.Hash;

    public static bool Matches(HlHashedBytes kept, HlBytes key, uint hash) =>
        kept.Hash == hash && (kept.Text == key || kept.Text.Chars().SequenceEqual(key.Chars()));
}

/// <summary>Bytes and their hash, in the space that <see cref="HlBytes"/> alone take.</summary>
internal readonly struct HlHashedBytes(HlBytes text, uint hash)
{
    private readonly byte[]? buffer = text.Buffer;
    private readonly int offset = text.Offset;

    public readonly uint Hash = hash;

    public HlBytes Text => new(buffer, offset);
}
