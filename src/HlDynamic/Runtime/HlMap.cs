using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace HlDynamic.Runtime;

/// <summary>
/// How a map hashes and compares its keys, and what it keeps of them: a number is its own hash, so that is not kept too.
/// </summary>
internal interface IHlMapKey<TKey, TKept>
{
    /// <summary>Whether entries are enumerated in the order in which they were added, not in that of HashLink's cells.</summary>
    static abstract bool InOrderOfAddition { get; }

    static abstract uint Hash(TKey key);

    /// <summary>Turns a key that was not found into what it is kept as; false if it is that already.</summary>
    static abstract bool Normalize(ref TKey key, ref uint hash);

    static abstract TKept Keep(TKey key, uint hash);

    static abstract TKey Key(TKept kept);

    static abstract uint KeptHash(TKept kept);

    /// <summary>HashLink's hash, which decides about the order.</summary>
    static abstract uint CellHash(TKept kept);

    static abstract bool Matches(in TKept kept, TKey key, uint hash);
}

/// <summary>
/// A hash map that enumerates in the order in which HashLink's do, since programs see it (HashLink std/maps.h): cell
/// by cell, in each the entry that came last first; growing moves the entries in that order. HashLink's cells hold
/// four entries on average, so they serve the order only: entries stand in the order in which they came and are found
/// through buckets of their own, and what HashLink's cells would have become is worked out when somebody enumerates.
/// Integers are kept in the entries, without boxes; other values have an array of their own, once there is one.
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

    // The values, if one is no integer; Int stands for those that are.
    private object?[]? objects;

    // HashLink's: how many entries there is room for, the cells, and how many entries there were (removed ones counted)
    // when it moved them to other cells, with the number of cells they came from.
    private int capacity;
    private int cellCount;
    private readonly List<(int Used, int CellCount)> moves = [];

    // Programs ask for a key again: whether it is there, for its value, to change it.
    private int lastFound = -1;

    // The numbers of the entries in the order in which they were last enumerated, until one is added or removed; the next
    // key that somebody asks for is likely the next of them.
    private int[]? enumerated;
    private int nextEnumerated;

    private struct Entry
    {
        public TKept Key;
        public int Next;
        public int Number;
    }

    /// <summary>The number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a key, or null.</summary>
    public object? Get(TKey key)
    {
        int index = Find(key);
        return index < 0 ? null : Value(index);
    }

    /// <summary>The value of a key, if it is an integer; 0 for a key that is not there.</summary>
    public bool TryGetInt(TKey key, out int value) => TryGetInt(key, TKeys.Hash(key), out value);

    /// <summary>The same for a key whose hash is known.</summary>
    public bool TryGetInt(TKey key, uint hash, out int value)
    {
        int index = Find(key, hash);
        if (index < 0)
        {
            value = 0;
            return true;
        }
        value = entries[index].Number;
        return objects is not { } others || ReferenceEquals(others[index], Int);
    }

    public bool Contains(TKey key) => Contains(key, TKeys.Hash(key));

    public bool Contains(TKey key, uint hash) => Find(key, hash) >= 0;

    public void Set(TKey key, object? value)
    {
        int index = FindOrAdd(key, TKeys.Hash(key));
        if (value is int number)
            SetNumber(index, number);
        else
            (objects ?? AddObjects())[index] = value;
    }

    /// <summary>What <see cref="Set(TKey, object)"/> does, without a box.</summary>
    public void SetInt(TKey key, int value) => SetInt(key, TKeys.Hash(key), value);

    public void SetInt(TKey key, uint hash, int value) => SetNumber(FindOrAdd(key, hash), value);

    private object? Value(int index) => objects?[index] is var value && (objects is null || ReferenceEquals(value, Int)) ? HlBox.Int(entries[index].Number) : value;

    private void SetNumber(int index, int value)
    {
        entries[index].Number = value;
        if (objects is { } others && !ReferenceEquals(others[index], Int))
            others[index] = Int;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private object?[] AddObjects()
    {
        var others = new object?[entries.Length];
        for (int i = 0; i < used; i++)
            others[i] = Int;
        return objects = others;
    }

    private int FindOrAdd(TKey key, uint hash)
    {
        int index = Find(key, hash);
        return index >= 0 ? index : Add(key, hash);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(TKey key, uint hash)
    {
        TKeys.Normalize(ref key, ref hash);
        if (Count == capacity && !TKeys.InOrderOfAddition)
            GrowCells();
        if (used == entries.Length)
            MakeRoom();
        int index = used++;
        entries[index].Key = TKeys.Keep(key, hash);
        ref int bucket = ref Bucket(hash);
        entries[index].Next = bucket - 1;
        bucket = index + 1;
        Count++;
        enumerated = null;
        lastFound = index;
        return index;
    }

    public bool Remove(TKey key)
    {
        uint hash = TKeys.Hash(key);
        int index = Search(key, hash);
        if (index < 0 && TKeys.Normalize(ref key, ref hash))
            index = Search(key, hash);
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
        if (objects is { } others)
            others[index] = null;
        Count--;
        enumerated = null;
        lastFound = -1;
        return true;
    }

    public void Clear()
    {
        buckets = NoBuckets;
        reciprocal = 0;
        entries = NoEntries;
        objects = null;
        enumerated = null;
        lastFound = -1;
        used = capacity = cellCount = Count = 0;
        moves.Clear();
    }

    public TKey[] Keys()
    {
        int[] order = Enumerate();
        var keys = new TKey[order.Length];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = TKeys.Key(entries[order[i]].Key);
        return keys;
    }

    public object?[] Values()
    {
        int[] order = Enumerate();
        var values = new object?[order.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = Value(order[i]);
        return values;
    }

    bool IHlNativeMap.TryGet(object? key, out object? value)
    {
        int index = Find((TKey)key!);
        value = index < 0 ? null : Value(index);
        return index >= 0;
    }

    void IHlNativeMap.Set(object? key, object? value) => Set((TKey)key!, value);

    bool IHlNativeMap.Remove(object? key) => Remove((TKey)key!);

    IEnumerable<object?> IHlNativeMap.Keys => Keys().Select(static k => (object?)k);

    private int Find(TKey key) => Find(key, TKeys.Hash(key));

    private int Find(TKey key, uint hash)
    {
        Entry[] all = entries;
        int index = lastFound;
        return (uint)index < (uint)all.Length && TKeys.Matches(all[index].Key, key, hash) ? index : FindOther(key, hash);
    }

    // Programs often ask for keys in the order in which they added them. Out of line, as what is above would else be too
    // large to be inlined where a program asks.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindOther(TKey key, uint hash)
    {
        Entry[] all = entries;
        int next = lastFound + 1;
        if (enumerated is not null)
            return FindEnumerated(key, hash);
        if ((uint)next >= (uint)all.Length || next >= used || all[next].Next == Removed || !TKeys.Matches(all[next].Key, key, hash))
            return FindAnywhere(key, hash);
        lastFound = next;
        return next;
    }

    // Whoever enumerates asks for the keys in that order, or in that in which they were added.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindEnumerated(TKey key, uint hash)
    {
        Entry[] all = entries;
        int next = nextEnumerated;
        if (enumerated is { } order && (uint)next < (uint)order.Length && (uint)order[next] < (uint)all.Length && TKeys.Matches(all[order[next]].Key, key, hash))
        {
            nextEnumerated = next + 1;
            // The entries lie anywhere.
            if (Sse.IsSupported && (uint)(next + Ahead) < (uint)order.Length && (uint)order[next + Ahead] < (uint)all.Length)
                Prefetch(ref all[order[next + Ahead]]);
            return lastFound = order[next];
        }
        next = lastFound + 1;
        if ((uint)next >= (uint)all.Length || next >= used || all[next].Next == Removed || !TKeys.Matches(all[next].Key, key, hash))
            return FindAnywhere(key, hash);
        lastFound = next;
        return next;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindAnywhere(TKey key, uint hash)
    {
        int index = Search(key, hash);
        if (index < 0 && TKeys.Normalize(ref key, ref hash))
            index = Search(key, hash);
        if (index >= 0)
            lastFound = index;
        return index;
    }

    private const int Ahead = 16;

    private static unsafe void Prefetch(ref Entry entry) => Sse.Prefetch0(Unsafe.AsPointer(ref entry));

    private int Search(TKey key, uint hash)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int Bucket(uint hash)
    {
        int[] all = buckets;
        return ref all[HlMapSizes.Modulo(hash, reciprocal, (uint)all.Length)];
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
        bool isFull = Count >= used - used / 4;
        MoveTo(order, !isFull ? used : used < SlowerFrom ? HlMapSizes.CellCount(Math.Max(3, used * 2)) : used / 2 * 3);
    }

    private static int CountBelow(int[] order, int index)
    {
        int found = Array.BinarySearch(order, index);
        return found < 0 ? ~found : found;
    }

    private const int Large = 512;

    private void MoveTo(int[]? order, int size)
    {
        // What is not used yet is never looked at. (.NET's JIT would have to compile this for each kind of key.)
        Entry[] moved = size < Large ? new Entry[size] : GC.AllocateUninitializedArray<Entry>(size);
        object?[]? movedObjects = objects is null ? null : new object?[size];
        if (order is null)
        {
            Array.Copy(entries, moved, used);
            if (movedObjects is not null)
                Array.Copy(objects!, movedObjects, used);
        }
        else
        {
            for (int i = 0; i < order.Length; i++)
                moved[i] = entries[order[i]];
            if (movedObjects is not null)
                for (int i = 0; i < order.Length; i++)
                    movedObjects[i] = objects![order[i]];
        }
        entries = moved;
        objects = movedObjects;
        used = Count;
        if (buckets.Length < size)
        {
            buckets = new int[HlMapSizes.CellCount(size)];
            reciprocal = HlMapSizes.Reciprocal(buckets.Length);
        }
        else
        {
            Array.Clear(buckets);
        }
        enumerated = null;
        lastFound = -1;
        int[] heads = buckets;
        ulong factor = reciprocal;
        for (int i = 0; i < moved.Length && i < used; i++)
        {
            ref int bucket = ref heads[HlMapSizes.Modulo(TKeys.KeptHash(moved[i].Key), factor, (uint)heads.Length)];
            moved[i].Next = bucket - 1;
            bucket = i + 1;
        }
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

    private int[] Enumerate()
    {
        nextEnumerated = 0;
        return enumerated ??= TKeys.InOrderOfAddition || Count == 0 ? InOrder() : InHashLinksOrder();
    }

    private int[] InHashLinksOrder()
    {
        HlMapPlace[] places = ArrayPool<HlMapPlace>.Shared.Rent(Count);
        int count = 0;
        for (int i = 0; i < used; i++)
            if (entries[i].Next != Removed)
                places[count++] = new HlMapPlace(TKeys.CellHash(entries[i].Key), i);
        int[] order = HlMapOrder.Sort(places.AsSpan(0, count), moves, cellCount);
        ArrayPool<HlMapPlace>.Shared.Return(places);
        return order;
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

    /// <summary>By which <see cref="Modulo"/> multiplies.</summary>
    public static ulong Reciprocal(int divisor) => ulong.MaxValue / (uint)divisor + 1;

    /// <summary>Modulo by multiplying with the reciprocal (Lemire, Kaser, Kurz: Faster remainder by direct computation).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Modulo(uint value, ulong reciprocal, uint divisor) => (uint)(((reciprocal * value >> 32) + 1) * divisor >> 32);
}

/// <summary>Keys of <c>hl.types.IntMap</c>.</summary>
internal readonly struct HlIntKey : IHlMapKey<int, int>
{
    public static bool InOrderOfAddition => false;

    public static bool Normalize(ref int key, ref uint hash) => false;

    public static uint Hash(int key) => (uint)key;

    public static int Keep(int key, uint hash) => key;

    public static int Key(int kept) => kept;

    public static uint KeptHash(int kept) => Hash(kept);

    public static uint CellHash(int kept) => Hash(kept);

    public static bool Matches(in int kept, int key, uint hash) => kept == key;
}

/// <summary>Keys of <c>hl.types.Int64Map</c>.</summary>
internal readonly struct HlInt64Key : IHlMapKey<long, long>
{
    public static bool InOrderOfAddition => false;

    public static bool Normalize(ref long key, ref uint hash) => false;

    public static uint Hash(long key) => (uint)key ^ (uint)(key >> 32);

    public static long Keep(long key, uint hash) => key;

    public static long Key(long kept) => kept;

    public static uint KeptHash(long kept) => Hash(kept);

    public static uint CellHash(long kept) => Hash(kept);

    public static bool Matches(in long kept, long key, uint hash) => kept == key;
}
