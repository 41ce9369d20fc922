using System.Collections;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>Haxe maps are dictionaries of .NET, and .NET's dictionaries can be Haxe maps.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class MapTests(string version) : ValuesFixture(version)
{
    [Test]
    public void Values_are_read_and_written_by_key()
    {
        Assert.That((int)Haxe.scores["bob"], Is.EqualTo(2));
        Haxe.scores["eve"] = 5;
        Assert.That((int)Haxe.look(Haxe.scores, "eve"), Is.EqualTo(5));
        Assert.That((string)Haxe.byNumber[2], Is.EqualTo("two"));
        Assert.That((string)Haxe.byObject[Haxe.key], Is.EqualTo("locked"));
    }

    [Test]
    public void A_missing_key_is_null_as_in_Haxe_and_an_error_as_in_a_dictionary()
    {
        Assert.That((object?)Haxe.scores["nobody"], Is.Null);
        var dictionary = (IDictionary<string, object?>)ByName("scores")!;
        Assert.That(() => dictionary["nobody"], Throws.TypeOf<KeyNotFoundException>());
        Assert.That(dictionary.TryGetValue("nobody", out _), Is.False);
    }

    [TestCase("scores", typeof(IDictionary<string, object>))]
    [TestCase("scores", typeof(IReadOnlyDictionary<string, object>))]
    [TestCase("byNumber", typeof(IDictionary<int, object>))]
    [TestCase("byObject", typeof(IDictionary<object, object>))]
    [TestCase("byEnum", typeof(IDictionary<object, object>))]
    [TestCase("byEnum", typeof(IDictionary))]
    public void Each_kind_of_key_is_a_dictionary_of_its_type(string field, Type dictionary) => Assert.That(ByName(field), Is.InstanceOf(dictionary));

    [Test]
    public void Foreach_gives_pairs()
    {
        var seen = new SortedDictionary<string, int>();
        foreach (dynamic entry in Haxe.scores)
            seen[entry.Key] = entry.Value;
        Assert.That(seen, Is.EqualTo(new Dictionary<string, int> { ["ann"] = 1, ["bob"] = 2 }));
        Assert.That(((IEnumerable<KeyValuePair<int, object?>>)Haxe.byNumber).OrderBy(p => p.Key).Select(p => p.Value), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public void The_dictionary_is_the_map_itself()
    {
        var map = (IDictionary<string, object?>)ByName("scores")!;
        map.Add("eve", 9);
        Assert.That(() => map.Add("eve", 1), Throws.ArgumentException);
        Assert.That(map.Remove("ann"), Is.True);
        Assert.That(map.Remove("ann"), Is.False);
        Assert.That(map.Count, Is.EqualTo(2));
        Assert.That(map.Keys, Is.EquivalentTo(new[] { "bob", "eve" }));
        Assert.That(map.Values, Is.EquivalentTo(new[] { 2, 9 }));
        Assert.That(map.ContainsKey("bob"), Is.True);
        Assert.That((IEnumerable<dynamic>)Haxe.keysOf(map), Is.EqualTo(new[] { "bob", "eve" }));
        map.Clear();
        Assert.That((int)Haxe.scores.Count, Is.Zero);
    }

    [Test]
    public void Maps_by_enum_values_find_equal_ones()
    {
        Assert.That((int)Haxe.byEnum[Haxe.makeShade(1, 2, 3)], Is.EqualTo(2));
        Assert.That((object?)Haxe.byEnum[Haxe.makeShade(1, 2, 4)], Is.Null);
        Haxe.byEnum[Haxe.makeShade(1, 2, 4)] = 44;
        Assert.That((int)Haxe.lookEnum(Haxe.byEnum, Haxe.makeShade(1, 2, 4)), Is.EqualTo(44));
        Assert.That((int)Haxe.byEnum.Count, Is.EqualTo(3));
        Assert.That(((IDictionary)Haxe.byEnum).Keys, Has.Count.EqualTo(3));
    }

    [Test]
    public void Keys_of_another_type_are_refused()
    {
        Assert.That(() => Haxe.scores[1], Throws.TypeOf<HlConversionException>());
        Assert.That(() => Haxe.byNumber["one"], Throws.TypeOf<HlConversionException>());
        Assert.That((string)Haxe.byNumber[1L], Is.EqualTo("one"));
    }

    [Test]
    public void Dictionaries_are_copied_where_Haxe_wants_a_map()
    {
        Assert.That((int)Haxe.look(new Dictionary<string, int> { ["k"] = 3 }, "k"), Is.EqualTo(3));
        Assert.That((int)Haxe.look(new SortedDictionary<string, int> { ["k"] = 4 }, "k"), Is.EqualTo(4));
        Assert.That((int)Haxe.look(new Hashtable { ["k"] = 5 }, "k"), Is.EqualTo(5));
        Assert.That((int)Haxe.look(new[] { KeyValuePair.Create("k", 6) }, "k"), Is.EqualTo(6));
        Assert.That((string)Haxe.lookNumber(new Dictionary<int, string> { [7] = "seven" }, 7), Is.EqualTo("seven"));
        Assert.That((string)Haxe.lookObject(new Dictionary<object, string> { [(object)Haxe.key] = "open" }, Haxe.key), Is.EqualTo("open"));
        Assert.That((int)Haxe.lookLists(new Dictionary<string, int[]> { ["a"] = [1, 2] }, "a"), Is.EqualTo(3));
    }

    [Test]
    public void A_value_that_is_no_dictionary_is_refused()
    {
        Assert.That(() => Haxe.look(new[] { 1 }, "k"), Throws.TypeOf<HlConversionException>());
        Assert.That(() => Haxe.look(new Dictionary<int, int> { [1] = 1 }, "k"), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void The_same_by_name()
    {
        Assert.That(Vm.CallStatic<int>("Values", "look", new Dictionary<string, int> { ["k"] = 3 }, "k"), Is.EqualTo(3));
        Assert.That(Vm.GetStatic<Dictionary<string, int>>("Values", "scores"), Is.EquivalentTo(new Dictionary<string, int> { ["ann"] = 1, ["bob"] = 2 }));
        Assert.That(Vm.GetStatic<IReadOnlyDictionary<int, string>>("Values", "byNumber")[1], Is.EqualTo("one"));
        Vm.SetStatic("Values", "scores", new Dictionary<string, int> { ["z"] = 26 });
        Assert.That((int)Haxe.scores["z"], Is.EqualTo(26));
    }

    [Test]
    public void Dynamic_converts_to_dictionaries()
    {
        Dictionary<string, int> scores = Haxe.scores;
        IDictionary<string, long> longs = Haxe.scores;
        Assert.That(scores["ann"], Is.EqualTo(1));
        Assert.That(longs["bob"], Is.EqualTo(2));
    }

    [Test]
    public void A_callback_gives_a_map() =>
        Assert.That((int)Haxe.callMapResult((Func<Dictionary<string, int>>)(() => new() { ["k"] = 12 })), Is.EqualTo(12));

    [Test]
    public void A_map_by_hash_codes_is_a_dictionary_of_its_keys()
    {
        using HlVm vm = Fixtures.Load("HashMaps", Version);
        dynamic hl = vm;
        var board = (IDictionary<object, object?>)vm.GetStatic("HashMaps", "board")!;
        Assert.That(board, Has.Count.EqualTo(2));
        object cell = vm.New("Cell", 3, 4), other = vm.New("Cell", 5, 6);
        Assert.That(board[cell], Is.EqualTo("b"));
        Assert.That(board.ContainsKey(other), Is.False);
        board[other] = "c";
        Assert.That((string)hl.HashMaps.get(5, 6), Is.EqualTo("c"));
        Assert.That(board.Keys.Select(k => HlObject.Get<int>(k, "x")).Order(), Is.EqualTo(new[] { 1, 3, 5 }));
        Assert.That(board.Select(p => p.Value).Order(), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(board.Remove(cell), Is.True);
        Assert.That((int)hl.HashMaps.count(vm.GetStatic("HashMaps", "board")), Is.EqualTo(6));
        Assert.That((string)hl.HashMaps.board[other], Is.EqualTo("c"));
        Assert.That(() => board[1] = "d", Throws.TypeOf<HlConversionException>());
        Assert.That((int)hl.HashMaps.count(new Dictionary<object, object> { [cell] = "x", [other] = "y" }), Is.EqualTo(8));
        board.Clear();
        Assert.That((string?)hl.HashMaps.get(1, 2), Is.Null);
    }
}
