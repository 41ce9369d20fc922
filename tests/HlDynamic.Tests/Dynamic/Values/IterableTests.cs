using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>Haxe's lists, iterators and iterables are sequences, and sequences can be Haxe's iterables.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class IterableTests(string version) : ValuesFixture(version)
{
    [Test]
    public void A_list_is_a_collection()
    {
        var texts = new List<string>();
        foreach (string text in Haxe.list)
            texts.Add(text);
        Assert.That(texts, Is.EqualTo(new[] { "p", "q" }));
        Assert.That((int)Haxe.list.Count, Is.EqualTo(2));
        Assert.That((int)Haxe.list.length, Is.EqualTo(2));
        Assert.That(Vm.GetStatic<string[]>("Values", "list"), Is.EqualTo(texts));
    }

    [Test]
    public void A_sequence_is_copied_where_Haxe_wants_a_list()
    {
        Assert.That((string)Haxe.joinList(new[] { "a", "b" }), Is.EqualTo("a-b"));
        Assert.That((string)Haxe.joinList(new List<string>()), Is.EqualTo(""));
    }

    [Test]
    public void Iterators_are_gone_through()
    {
        var numbers = new List<int>();
        foreach (int number in Haxe.countdown(3))
            numbers.Add(number);
        Assert.That(numbers, Is.EqualTo(new[] { 3, 2, 1 }));
        Assert.That(((IEnumerable<dynamic>)Haxe.countdownItself(2)).Select(n => (int)n), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(((IEnumerable<dynamic>)Haxe.scoresIterator()).Sum(n => (int)n), Is.EqualTo(3));
        int[] array = Haxe.countdown(4);
        Assert.That(array, Is.EqualTo(new[] { 4, 3, 2, 1 }));
    }

    [Test]
    public void Iterables_can_be_gone_through_again()
    {
        dynamic crowd = Haxe.crowd();
        Assert.That((IEnumerable<object?>)crowd, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That((IEnumerable<object?>)crowd, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That((object)crowd, Is.InstanceOf<HlObject>());
    }

    [Test]
    public void Every_sequence_can_be_passed_as_an_iterable()
    {
        Assert.That((string)Haxe.joinAll(new[] { "a", "b" }), Is.EqualTo("a+b"));
        Assert.That((string)Haxe.joinAll(new[] { 3, 4 }.Where(i => i > 3).Select(i => "n" + i)), Is.EqualTo("n4"));
        Assert.That((string)Haxe.joinAll(Haxe.texts), Is.EqualTo("x+y"));
        Assert.That(Vm.CallStatic<string>("Values", "joinAll", new Queue<string>(["q"])), Is.EqualTo("q"));
    }
}
