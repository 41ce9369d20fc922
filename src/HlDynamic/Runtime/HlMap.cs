using System.Runtime.CompilerServices;

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
/// by cell, in each the entry that came last first; growing moves the entries in that order. HashLink's cells hold
/// four entries on average, so they serve the order only: entries stand in the order in which they came and are found
/// through buckets of their own, and what HashLink's cells would have become is worked out when somebody enumerates.
/// Integers are kept without their boxes.
/// </summary>
internal sealed class HlMap<TKey, TKept, TKeys> : IHlNativeMap where TKeys : IHlMapKey<TKey, TKept>
{
    // HashLink keeps small maps in other arrays than large ones, and rebuilds a map that becomes large.
    private const int LargeSize = 128;
    private const int SlowerFrom = 1 << 18;
    private const int Removed = -2;
    private static readonly int[] NoBuckets = new int[1];
    private static readonly object Int = new();
    private static readonly Entry[] NoEntries = new Entry[0];

    // One more than the number of the first entry, by the hash modulo their number, which is a prime.
    private int[] buckets = NoBuckets;
    private ulong reciprocal;
    private Entry[] entries = NoEntries;
    private int used;

    // HashLink's: how many entries there is room for, the cells, and how many entries there were (removed ones counted)
    // when it moved them to other cells, with the number of cells they came from.
    private int capacity;
    private int cellCount;
    private readonly List<(int Used, int CellCount)> moves = [];

    private struct Entry
    {
        public TKept Key;
        private object? value;
        private int bits;
        public int Next;

        public readonly bool IsInt => ReferenceEquals(value, Int);

        public int IntValue
        {
            readonly get => bits;
            set
            {
                bits = value;
                if (!IsInt)
                    this.value = Int;
            }
        }

        public object? Value
        {
            readonly get => ReferenceEquals(value, Int) ? HlBox.Int(bits) : value;
            set
            {
                if (value is int number)
                {
                    bits = number;
                    value = Int;
                }
                if (!ReferenceEquals(this.value, value))
                    this.value = value;
            }
        }
    }

    /// <summary>The number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a key, or null.</summary>
    public object? Get(TKey key)
    {
        int index = Find(key, TKeys.Hash(key));
        return index < 0 ? null : entries[index].Value;
    }

    /// <summary>The value of a key, if it is an integer.</summary>
    public bool TryGetInt(TKey key, out int value)
    {
        int index = Find(key, TKeys.Hash(key));
        if (index >= 0 && entries[index].IsInt)
        {
            value = entries[index].IntValue;
            return true;
        }
        value = 0;
        return false;
    }

    public bool Contains(TKey key) => Find(key, TKeys.Hash(key)) >= 0;

    public void Set(TKey key, object? value) => FindOrAdd(key).Value = value;

    /// <summary>What <see cref="Set(TKey, object)"/> does, without a box.</summary>
    public void SetInt(TKey key, int value) => FindOrAdd(key).IntValue = value;

    private ref Entry FindOrAdd(TKey key)
    {
        uint hash = TKeys.Hash(key);
        int index = Find(key, hash);
        return ref index >= 0 ? ref entries[index] : ref Add(key, hash);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref Entry Add(TKey key, uint hash)
    {
        if (Count == capacity)
            GrowCells();
        if (used == entries.Length)
            MakeRoom();
        ref Entry entry = ref entries[used];
        entry.Key = TKeys.Keep(key, hash);
        Link(used++, hash);
        Count++;
        return ref entry;
    }

    public bool Remove(TKey key)
    {
        uint hash = TKeys.Hash(key);
        int index = Find(key, hash);
        if (index < 0)
            return false;
        ref int bucket = ref Bucket(hash);
        if (bucket - 1 == index)
        {
            bucket = entries[index].Next + 1;
        }
        else
        {
            int before = bucket - 1;
            while (entries[before].Next != index)
                before = entries[before].Next;
            entries[before].Next = entries[index].Next;
        }
        entries[index] = default;
        entries[index].Next = Removed;
        Count--;
        return true;
    }

    public void Clear()
    {
        buckets = NoBuckets;
        reciprocal = 0;
        entries = NoEntries;
        used = capacity = cellCount = Count = 0;
        moves.Clear();
    }

    public TKey[] Keys()
    {
        int[] order = InHashLinksOrder();
        var keys = new TKey[order.Length];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = TKeys.Key(entries[order[i]].Key);
        return keys;
    }

    public object?[] Values()
    {
        int[] order = InHashLinksOrder();
        var values = new object?[order.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = entries[order[i]].Value;
        return values;
    }

    bool IHlNativeMap.TryGet(object? key, out object? value)
    {
        int index = Find((TKey)key!, TKeys.Hash((TKey)key!));
        value = index < 0 ? null : entries[index].Value;
        return index >= 0;
    }

    void IHlNativeMap.Set(object? key, object? value) => Set((TKey)key!, value);

    bool IHlNativeMap.Remove(object? key) => Remove((TKey)key!);

    IEnumerable<object?> IHlNativeMap.Keys => Keys().Select(static k => (object?)k);

    private int Find(TKey key, uint hash)
    {
        Entry[] all = entries;
        int index = Bucket(hash) - 1;
        while ((uint)index < (uint)all.Length)
        {
            ref Entry entry = ref all[index];
            if (TKeys.Matches(entry.Key, key, hash))
                return index;
            index = entry.Next;
        }
        return -1;
    }

    // Modulo by multiplying with the reciprocal (Lemire, Kaser, Kurz: Faster remainder by direct computation).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int Bucket(uint hash)
    {
        int[] all = buckets;
        return ref all[(uint)(((reciprocal * hash >> 32) + 1) * (uint)all.Length >> 32)];
    }

    private void Link(int index, uint hash)
    {
        ref int bucket = ref Bucket(hash);
        entries[index].Next = bucket - 1;
        bucket = index + 1;
    }

    private void GrowCells()
    {
        int size = capacity == 0 ? 3 : (capacity * 3 + 1) / 2;
        int newCellCount = HlMapSizes.CellCount(size / 4);
        if (Count > 0 && (newCellCount != cellCount || (size >= LargeSize && capacity < LargeSize)))
            moves.Add((used, cellCount));
        capacity = size;
        cellCount = newCellCount;
    }

    // Makes the entries more, or puts them closer together if many have been removed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoom()
    {
        int[]? order = null;
        if (Count < used)
        {
            order = InOrder();
            for (int i = 0; i < moves.Count; i++)
                moves[i] = (CountBelow(order, moves[i].Used), moves[i].CellCount);
        }
        MoveTo(order, Count >= used - used / 4 ? Math.Max(3, used < SlowerFrom ? used * 2 : used / 2 * 3) : used);
    }

    private static int CountBelow(int[] order, int index)
    {
        int found = Array.BinarySearch(order, index);
        return found < 0 ? ~found : found;
    }

    private void MoveTo(int[]? order, int size)
    {
        var moved = new Entry[size];
        if (order is null)
            Array.Copy(entries, moved, used);
        else
            for (int i = 0; i < order.Length; i++)
                moved[i] = entries[order[i]];
        entries = moved;
        used = Count;
        if (buckets.Length < size)
        {
            buckets = new int[HlMapSizes.CellCount(size)];
            reciprocal = ulong.MaxValue / (uint)buckets.Length + 1;
        }
        else
        {
            Array.Clear(buckets);
        }
        for (int i = 0; i < used; i++)
            Link(i, TKeys.KeptHash(moved[i].Key));
    }

    private int[] InOrder()
    {
        var order = new int[Count];
        int count = 0;
        for (int i = 0; i < used; i++)
            if (entries[i].Next != Removed)
                order[count++] = i;
        return order;
    }

    private int[] InHashLinksOrder()
    {
        int[] order = InOrder();
        if (order.Length == 0)
            return order;
        if (moves.Count > 0)
        {
            int[] lengths = [.. moves.Select(m => CountBelow(order, m.Used))];
            for (int i = 0; i < lengths.Length; i++)
                OrderByCell(order.AsSpan(0, lengths[i]), moves[i].CellCount);
            // From now on the entries stand in that order.
            moves.Clear();
            MoveTo(order, entries.Length);
            order = InOrder();
        }
        OrderByCell(order, cellCount);
        return order;
    }

    // Cell by cell, in each the last first: the entries of each cell are counted, and the counts added up.
    private void OrderByCell(Span<int> order, int cells)
    {
        var places = new int[cells + 1];
        foreach (int i in order)
            places[TKeys.KeptHash(entries[i].Key) % (uint)cells + 1]++;
        for (int cell = 1; cell <= cells; cell++)
            places[cell] += places[cell - 1];
        int[] before = order.ToArray();
        for (int i = before.Length - 1; i >= 0; i--)
            order[places[TKeys.KeptHash(entries[before[i]].Key) % (uint)cells]++] = before[i];
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
        ReadOnlySpan<char> text = key.Characters();
        uint h = 0;
        int i = 0;
        // Two characters at a time, as each step waits for the one before.
        for (; i + 1 < text.Length && text[i] != 0 && text[i + 1] != 0; i += 2)
            h = unchecked(223 * 223 * h + 223 * (uint)text[i] + text[i + 1]);
        if (i < text.Length && text[i] != 0)
            h = unchecked(223 * h + text[i]);
        return (uint)((int)h % 0x1FFFFF7B);
    }

    public static HlHashedBytes Keep(HlBytes key, uint hash) => new(key, hash);

    public static HlBytes Key(HlHashedBytes kept) => kept.Text;

    public static uint KeptHash(HlHashedBytes kept) => kept.Hash;

    public static bool Matches(HlHashedBytes kept, HlBytes key, uint hash) =>
        kept.Hash == hash && (kept.Text == key || HlBytes.SameText(kept.Text, key));
}

/// <summary>Bytes and their hash, in the space that <see cref="HlBytes"/> alone take.</summary>
internal readonly struct HlHashedBytes(HlBytes text, uint hash)
{
    private readonly byte[]? buffer = text.Buffer;
    private readonly int offset = text.Offset;

    public readonly uint Hash = hash;

    public HlBytes Text => new(buffer, offset);
}
