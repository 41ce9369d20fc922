using HlDynamic.Runtime;
using NUnit.Framework;
using BytesMap = HlDynamic.Runtime.HlMap<HlDynamic.Runtime.HlBytes, HlDynamic.Runtime.HlHashedBytes, HlDynamic.Runtime.HlBytesKey>;
using IntMap = HlDynamic.Runtime.HlMap<int, int, HlDynamic.Runtime.HlIntKey>;
using ObjectMap = HlDynamic.Runtime.HlMap<object?, HlDynamic.Runtime.HlHashedObject, HlDynamic.Runtime.HlObjectKey>;

namespace HlDynamic.Tests.Runtime;

public sealed class HlMapTests
{
    [Test]
    public void Integers_enumerate_in_the_order_of_HashLink()
    {
        var map = new IntMap();
        for (int i = 0; i < 20; i++)
            map.Set(i * i - 30, i);
        for (int i = 0; i < 5; i++)
            map.Remove(i * i - 30);
        for (int i = 0; i < 4; i++)
            map.Set(100 + i, i);

        Assert.That(map.Keys(), Is.EqualTo(new[] { 294, 259, 91, 70, 100, 331, 226, 114, 51, 101, 102, 103, 166, 19, 195, 139, 34, 6, -5 }));
    }

    [Test]
    public void Large_maps_enumerate_in_the_order_of_HashLink()
    {
        var map = new IntMap();
        for (int i = 0; i < 300; i++)
            map.Set(i * 856, i);

        Assert.That(map.Keys().Aggregate(0, static (h, k) => unchecked(h * 31 + k)), Is.EqualTo(409178528));
    }

    [Test]
    public void Texts_enumerate_in_the_order_of_HashLink()
    {
        var map = new BytesMap();
        foreach (string word in "the quick brown fox jumps over the lazy dog and runs away".Split(' '))
            map.Set(HlBytes.FromString(word), 1);
        map.Remove(HlBytes.FromString("fox"));
        map.Set(HlBytes.FromString("cat"), 1);

        Assert.That(string.Join(' ', map.Keys().Select(static k => k.ToString())), Is.EqualTo("runs dog lazy the quick away and jumps brown over cat"));
    }

    [Test]
    public void Maps_enumerate_as_cells_do_whatever_was_removed_and_asked_for_between()
    {
        var random = new Random(5);
        for (int round = 0; round < 60; round++)
        {
            var map = new IntMap();
            var model = new CellModel();
            int range = random.Next(10, 1500), operations = random.Next(10, 3000);
            for (int i = 0; i < operations; i++)
            {
                int key = random.Next(-range, range);
                if (random.Next(10) < round % 6)
                {
                    Assert.That(map.Remove(key), Is.EqualTo(model.Remove(key)));
                }
                else
                {
                    map.Set(key, i);
                    model.Set(key);
                }
                if (random.Next(400) == 0)
                    Assert.That(map.Keys(), Is.EqualTo(model.Keys()));
            }
            Assert.That(map.Keys(), Is.EqualTo(model.Keys()));
        }
    }

    /// <summary>What HashLink's maps do with the order of their keys (std/maps.h), with lists for cells.</summary>
    private sealed class CellModel
    {
        private List<int>[] cells = [];
        private int capacity, count;

        private List<int> Cell(int key) => cells[(uint)key % (uint)cells.Length];

        public int[] Keys() => [.. cells.SelectMany(static c => c)];

        public bool Remove(int key)
        {
            bool isThere = cells.Length > 0 && Cell(key).Remove(key);
            count -= isThere ? 1 : 0;
            return isThere;
        }

        public void Set(int key)
        {
            if (cells.Length > 0 && Cell(key).Contains(key))
                return;
            if (count == capacity)
                Grow();
            Cell(key).Insert(0, key);
            count++;
        }

        private void Grow()
        {
            int size = capacity == 0 ? 3 : (capacity * 3 + 1) / 2, cellCount = HlMapSizes.CellCount(size / 4);
            if (cellCount != cells.Length || (size >= 128 && capacity < 128))
            {
                int[] keys = Keys();
                cells = [.. Enumerable.Range(0, cellCount).Select(static _ => new List<int>())];
                foreach (int key in keys)
                    Cell(key).Insert(0, key);
            }
            capacity = size;
        }
    }

    [Test]
    public void A_map_agrees_with_a_dictionary()
    {
        var map = new IntMap();
        var expected = new Dictionary<int, object?>();
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            int key = random.Next(-500, 500);
            switch (random.Next(3))
            {
                case 0:
                    Assert.That(map.Remove(key), Is.EqualTo(expected.Remove(key)));
                    break;
                default:
                    map.Set(key, i);
                    expected[key] = i;
                    break;
            }
            Assert.That(map.Count, Is.EqualTo(expected.Count));
        }
        foreach ((int key, object? value) in expected)
            Assert.That(map.Get(key), Is.EqualTo(value));
        Assert.That(map.Keys(), Is.EquivalentTo(expected.Keys));
        Assert.That(map.Keys().Select(map.Get), Is.EqualTo(map.Values()));
    }

    [Test]
    public void A_key_asked_for_behind_another_is_not_mistaken_for_an_entry_that_is_not_there()
    {
        var map = new IntMap();
        map.Set(5, "five");
        map.Set(6, "six");
        map.Set(7, "seven");
        map.Remove(6);

        Assert.That(map.Get(5), Is.EqualTo("five"));
        Assert.That(map.Contains(0), Is.False, "a removed entry");
        Assert.That(map.Get(5), Is.EqualTo("five"));
        Assert.That(map.Get(7), Is.EqualTo("seven"));
        Assert.That(map.Contains(0), Is.False, "behind the last entry");
        map.Set(0, "zero");
        Assert.That(map.Get(7), Is.EqualTo("seven"));
        Assert.That(map.Get(0), Is.EqualTo("zero"));
        Assert.That(map.Count, Is.EqualTo(3));
    }

    [Test]
    public void Keys_are_found_in_the_order_in_which_they_were_added_and_in_others()
    {
        var map = new IntMap();
        int[] keys = [.. Enumerable.Range(0, 500).Select(static i => i * 7919 & 0xFFF)];
        foreach (int key in keys)
            map.SetInt(key, key);
        foreach (int key in keys[100..200])
            map.Remove(key);

        foreach (int key in keys)
            Assert.That(map.TryGetInt(key, out int value) ? value : -1, Is.EqualTo(Array.IndexOf(keys, key) is >= 100 and < 200 ? 0 : key));
        foreach (int key in map.Keys())
            Assert.That(map.TryGetInt(key, out int value) ? value : -1, Is.EqualTo(key));
        foreach (int key in keys.Reverse())
            Assert.That(map.Contains(key), Is.EqualTo(Array.IndexOf(keys, key) is not (>= 100 and < 200)));
    }

    [Test]
    public void A_text_is_found_by_other_bytes_of_the_same_text()
    {
        var map = new BytesMap();
        map.Set(HlBytes.FromString("key"), "value");

        Assert.That(map.Get(HlBytes.FromString("key\0more")), Is.EqualTo("value"));
        Assert.That(map.Contains(HlBytes.FromString("ke")), Is.False);
    }

    [Test]
    public void A_cleared_map_is_like_a_new_one()
    {
        var map = new IntMap();
        map.Set(1, "one");
        map.Clear();

        Assert.That(map.Count, Is.Zero);
        Assert.That(map.Get(1), Is.Null);
        map.Set(2, "two");
        Assert.That(map.Keys(), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void Objects_are_keys_by_identity_and_keep_their_order()
    {
        var map = new ObjectMap();
        object a = new(), b = new(), c = new();
        map.Set(c, 1);
        map.Set(a, 2);
        map.Set(b, 3);
        map.Set(null, 4);
        map.Set(a, 5);
        map.Remove(c);

        Assert.That(map.Keys(), Is.EqualTo(new[] { a, b, null }));
        Assert.That(map.Values(), Is.EqualTo(new object[] { 5, 3, 4 }));
        Assert.That(map.Contains(new object()), Is.False);
    }

    [Test]
    public void Many_removals_keep_the_order_of_what_stays()
    {
        var map = new ObjectMap();
        object[] keys = [.. Enumerable.Range(0, 100).Select(static _ => new object())];
        foreach (object key in keys)
            map.Set(key, key);
        foreach (object key in keys.Where(static (_, i) => i % 4 != 0))
            Assert.That(map.Remove(key));

        object[] left = [.. keys.Where(static (_, i) => i % 4 == 0)];
        Assert.That(map.Keys(), Is.EqualTo(left));
        Assert.That(left.Select(map.Get), Is.EqualTo(left));
    }
}
