using System.Collections;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>Haxe arrays are lists of .NET, and .NET's lists can be Haxe arrays.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class ArrayTests(string version) : ValuesFixture(version)
{
    [Test]
    public void Elements_are_read_and_written_by_index()
    {
        Assert.That((int)Haxe.ints[0], Is.EqualTo(3));
        Haxe.ints[0] = 10;
        Assert.That((int)Haxe.sum(Haxe.ints), Is.EqualTo(13));
        Assert.That((string)Haxe.texts[1], Is.EqualTo("y"));
        Assert.That((string)Haxe.anything[1], Is.EqualTo("two"));
        Assert.That((string)Haxe.items[1].name, Is.EqualTo("b"));
    }

    [Test]
    public void Length_is_Haxe_s_and_Count_is_dotnet_s()
    {
        Assert.That((int)Haxe.ints.length, Is.EqualTo(3));
        Assert.That((int)Haxe.ints.Count, Is.EqualTo(3));
        Assert.That((int)Haxe.anything.length, Is.EqualTo(4));
        Assert.That((int)Haxe.anything.Count, Is.EqualTo(4));
        Assert.That(((IList)Haxe.texts).Count, Is.EqualTo(2));
    }

    [Test]
    public void Foreach_goes_through_the_elements()
    {
        var names = new List<string>();
        foreach (dynamic item in Haxe.items)
            names.Add(item.name);
        Assert.That(names, Is.EqualTo(new[] { "a", "b" }));
        int sum = 0;
        foreach (int value in Haxe.ints)
            sum += value;
        Assert.That(sum, Is.EqualTo(6));
    }

    [Test]
    public void Linq_works_after_a_cast()
    {
        Assert.That(((IEnumerable<int>)Haxe.ints).Order(), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(((IEnumerable<dynamic>)Haxe.items).Select(i => (string)i.name), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(((IEnumerable<dynamic>)Haxe.ints).Select(i => (int)i + 1), Is.EqualTo(new[] { 4, 2, 3 }));
        Assert.That(((IEnumerable<string>)Haxe.texts).First(), Is.EqualTo("x"));
        Assert.That(string.Join(",", Haxe.ints), Is.EqualTo("3,1,2"));
    }

    [TestCase("ints", typeof(IList<int>))]
    [TestCase("ints", typeof(IReadOnlyList<int>))]
    [TestCase("floats", typeof(IList<double>))]
    [TestCase("floats", typeof(IReadOnlyList<double>))]
    [TestCase("singles", typeof(IList<float>))]
    [TestCase("words", typeof(IList<ushort>))]
    [TestCase("texts", typeof(IList<object>))]
    [TestCase("flags", typeof(IReadOnlyList<object>))]
    [TestCase("anything", typeof(IList<object>))]
    [TestCase("items", typeof(IList))]
    public void Each_representation_is_a_list_of_its_type(string field, Type list)
    {
        object array = ByName(field)!;
        Assert.That(array, Is.InstanceOf(list));
        Assert.That(array, Is.InstanceOf<HlObject>());
    }

    [Test]
    public void The_contents_of_each_representation_are_right()
    {
        Assert.That(ByName("ints"), Is.EqualTo(new[] { 3, 1, 2 }));
        Assert.That(ByName("floats"), Is.EqualTo(new[] { 0.5, 1.5 }));
        Assert.That(ByName("singles"), Is.EqualTo(new[] { 0.25f, 0.5f }));
        Assert.That(ByName("words"), Is.EqualTo(new ushort[] { 1, 65535 }));
        Assert.That(ByName("texts"), Is.EqualTo(new[] { "x", "y" }));
        Assert.That(ByName("flags"), Is.EqualTo(new[] { true, false }));
        Assert.That(ByName("anything"), Is.EqualTo(new object?[] { 1, "two", 3.5, null }));
        Assert.That(ByName("nested"), Is.EqualTo(new[] { [1, 2], new[] { 3 } }));
    }

    private static int Total(IReadOnlyList<int> values) => values.Sum();

    [Test]
    public void An_array_can_be_passed_to_a_method_that_takes_a_list() => Assert.That((int)Total(Haxe.ints), Is.EqualTo(6));

    [Test]
    public void The_list_is_the_array_itself()
    {
        object array = Haxe.ints;
        Assert.That(array, Is.SameAs((object)Haxe.ints));
        var list = (IList<int>)array;
        list.Add(4);
        list.Insert(0, 9);
        list.RemoveAt(1);
        Assert.That((int)Haxe.ints.length, Is.EqualTo(4));
        Assert.That((int)Haxe.sum(array), Is.EqualTo(16));
        Assert.That(list, Is.EqualTo(new[] { 9, 1, 2, 4 }));
        Assert.That((bool)Haxe.sameArray(array), Is.True);
    }

    [Test]
    public void What_Haxe_adds_the_list_has()
    {
        var list = (IList<int>)Haxe.ints;
        for (int i = 0; i < 50; i++)
        {
            Haxe.push(list, i);
            list.Add(i);
        }
        Assert.That(list.Count, Is.EqualTo(103));
        Assert.That(list[102], Is.EqualTo(49));
        list.Clear();
        Assert.That((int)Haxe.ints.length, Is.EqualTo(0));
    }

    [TestCase("texts", "z")]
    [TestCase("anything", 7)]
    [TestCase("floats", 4.5)]
    [TestCase("flags", true)]
    public void Lists_of_each_representation_change(string field, object value)
    {
        var list = (IList)ByName(field)!;
        object?[] before = [.. list.Cast<object?>()];
        list.Add(value);
        list.Insert(0, value);
        Assert.That(list, Is.EqualTo((object?[])[value, .. before, value]));
        Assert.That(list.IndexOf(value), Is.EqualTo(0));
        Assert.That(list.Contains(value), Is.True);
        list.RemoveAt(0);
        list.RemoveAt(list.Count - 1);
        Assert.That(list, Is.EqualTo(before));
        list[0] = value;
        Assert.That(list[0], Is.EqualTo(value));
        list.Clear();
        Assert.That(list, Is.Empty);
    }

    [Test]
    public void An_index_outside_is_an_error_as_in_every_list()
    {
        Assert.That(() => Haxe.ints[3], Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Haxe.texts[-1] = "a", Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_value_of_another_type_is_refused_and_changes_nothing()
    {
        Assert.That(() => ((IList)Haxe.ints).Add("four"), Throws.TypeOf<HlConversionException>());
        Assert.That(() => ((IList)Haxe.ints).Add(1.5), Throws.TypeOf<HlConversionException>());
        Assert.That((int)Haxe.ints.length, Is.EqualTo(3));
    }

    [Test]
    public void Numbers_are_a_span_without_a_copy()
    {
        Span<int> ints = ((HlArrayObject)Haxe.ints).AsSpan<int>();
        ints[0] = 100;
        Assert.That((int)Haxe.sum(Haxe.ints), Is.EqualTo(103));
        Span<double> floats = ((HlArrayObject)Haxe.floats).AsSpan<double>();
        floats.Fill(2);
        Assert.That((double)Haxe.total(Haxe.floats), Is.EqualTo(4.0));
        Assert.That(() => ((HlArrayObject)Haxe.texts).AsSpan<int>().Length, Throws.InvalidOperationException);
        Assert.That(() => ((HlArrayObject)Haxe.ints).AsSpan<double>().Length, Throws.InvalidOperationException);
    }

    [Test]
    public void Arrays_and_lists_of_dotnet_are_copied_where_Haxe_wants_an_array()
    {
        Assert.That((int)Haxe.sum(new[] { 1, 2, 3 }), Is.EqualTo(6));
        Assert.That((int)Haxe.sum(new List<int> { 4, 5 }), Is.EqualTo(9));
        Assert.That((int)Haxe.sum(Enumerable.Range(1, 4)), Is.EqualTo(10));
        Assert.That((int)Haxe.sum(new long[] { 1, 2 }), Is.EqualTo(3));
        Assert.That((int)Haxe.sum(new object[] { 1, (short)2 }), Is.EqualTo(3));
        Assert.That((double)Haxe.total(new[] { 0.5, 1 }), Is.EqualTo(1.5));
        Assert.That((double)Haxe.total(new[] { 1, 2 }), Is.EqualTo(3.0));
        Assert.That((string)Haxe.join(new[] { "a", "b" }), Is.EqualTo("a,b"));
        Assert.That((string)Haxe.join(new List<string?> { "a", null }), Is.EqualTo("a,null"));
        Assert.That((int)Haxe.countTrue(new[] { true, true }), Is.EqualTo(2));
        Assert.That((string)Haxe.describe(new object?[] { 1, "x", null }), Is.EqualTo("3 1|x|null"));
        Assert.That((double)Haxe.sumSingles(new[] { 0.5f, 0.25f }), Is.EqualTo(0.75));
        Assert.That((int)Haxe.sizes(new object[] { Haxe.items[0], Haxe.items[1] }), Is.EqualTo(3));
    }

    [Test]
    public void Arrays_in_arrays_are_copied_too()
    {
        Assert.That((int)Haxe.sumNested(new[] { [1, 2], new[] { 3 } }), Is.EqualTo(6));
        Assert.That((int)Haxe.sumNested(new List<List<int>> { new() { 4 }, new() { 5, 6 } }), Is.EqualTo(15));
    }

    [Test]
    public void An_array_of_numbers_can_be_passed_as_an_array_of_Dynamic() =>
        Assert.That((string)Haxe.describe(Haxe.ints), Is.EqualTo("3 3|1|2"));

    [Test]
    public void The_same_by_name()
    {
        Assert.That(Vm.CallStatic<int>("Values", "sum", new[] { 1, 2 }), Is.EqualTo(3));
        Assert.That(Vm.CallStatic<string>("Values", "join", new List<string> { "p", "q" }), Is.EqualTo("p,q"));
        Vm.SetStatic("Values", "ints", new[] { 8, 9 });
        Assert.That(Vm.GetStatic<int[]>("Values", "ints"), Is.EqualTo(new[] { 8, 9 }));
        Assert.That(Vm.GetStatic<List<string>>("Values", "texts"), Is.EqualTo(new[] { "x", "y" }));
        Assert.That(Vm.GetStatic<IReadOnlyList<string>>("Values", "texts"), Is.EqualTo(new[] { "x", "y" }));
        Assert.That(Vm.GetStatic<long[]>("Values", "ints"), Is.EqualTo(new long[] { 8, 9 }));
        Assert.That(Vm.GetStatic<int[][]>("Values", "nested"), Is.EqualTo(new[] { [1, 2], new[] { 3 } }));
    }

    [Test]
    public void Dynamic_converts_to_dotnet_s_own_collections()
    {
        int[] array = Haxe.ints;
        List<string> list = Haxe.texts;
        IReadOnlyList<string> view = Haxe.texts;
        IEnumerable<object> objects = Haxe.ints;
        HashSet<int> set = Haxe.ints;
        Assert.That(array, Is.EqualTo(new[] { 3, 1, 2 }));
        Assert.That(list, Is.EqualTo(new[] { "x", "y" }));
        Assert.That(view, Is.EqualTo(new[] { "x", "y" }));
        Assert.That(objects, Is.EqualTo(new object[] { 3, 1, 2 }));
        Assert.That(set, Is.EquivalentTo(array));
        Haxe.texts[0] = "changed";
        Assert.That(view[0], Is.EqualTo("changed"));
    }

    [Test]
    public void What_does_not_fit_names_parameter_and_element()
    {
        var error = Assert.Throws<HlConversionException>(() => Haxe.sum(new object[] { 1, "two" }))!;
        Assert.That(error.Message, Does.StartWith("Values.sum expects (a: Array<Int>), got ").And.Contain("two"));
        Assert.That(() => Haxe.sum("text"), Throws.TypeOf<HlConversionException>());
        Assert.That(() => { string[] a = Haxe.ints; return a; }, Throws.TypeOf<Microsoft.CSharp.RuntimeBinder.RuntimeBinderException>().Or.TypeOf<InvalidCastException>().Or.TypeOf<HlConversionException>());
    }

    [Test]
    public void A_callback_gets_and_gives_arrays()
    {
        Assert.That((int)Haxe.callArray((Func<dynamic, int>)(a => a.length * 10)), Is.EqualTo(30));
        Assert.That((int)Haxe.callArray((Func<IList<int>, int>)(a => a[0])), Is.EqualTo(3));
        Assert.That((int)Haxe.callArray((Func<int[], int>)(a => a.Sum())), Is.EqualTo(6));
        Assert.That((int)Haxe.callArrayResult((Func<int[]>)(() => [4, 5])), Is.EqualTo(9));
        Assert.That((int)Haxe.callArrayResult((Func<object>)(() => new List<int> { 1, 1 })), Is.EqualTo(2));
    }

    [Test]
    public void A_native_array_is_a_list_of_fixed_length()
    {
        using HlVm vm = Fixtures.Load("HashMaps", Version);
        var native = (System.Collections.IList)vm.GetStatic("HashMaps", "native")!;
        Assert.That(native, Is.EqualTo(new[] { 0, 5, 0 }));
        native[2] = 7;
        Assert.That(((IReadOnlyList<object?>)native)[2], Is.EqualTo(7));
        Assert.That(native.Cast<int>().Sum(), Is.EqualTo(12));
        Assert.That((native.IndexOf(7), native.Contains(8), native.IsFixedSize), Is.EqualTo((2, false, true)));
        int[] copy = new int[4];
        native.CopyTo(copy, 1);
        Assert.That(copy, Is.EqualTo(new[] { 0, 0, 5, 7 }));
        Assert.That(() => native.Add(1), Throws.TypeOf<NotSupportedException>());
        int sum = 0;
        foreach (int i in (dynamic)native)
            sum += i;
        Assert.That(sum, Is.EqualTo(12));
    }
}
