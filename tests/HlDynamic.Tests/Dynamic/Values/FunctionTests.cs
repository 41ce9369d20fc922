using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>C# delegates are Haxe functions, and Haxe functions are delegates.</summary>
[TestFixture("4.2.5", false)]
[TestFixture("4.3.6", false)]
[TestFixture("4.2.5", true)]
[TestFixture("4.3.6", true)]
public sealed class FunctionTests(string version, bool areUsed) : ValuesFixture(version, areUsed)
{
    private delegate int Twelve(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l);

    private delegate long Widening(int value);

    private static int Triple(int value) => value * 3;

    [Test]
    public void Lambdas_are_functions()
    {
        Assert.That((int)Haxe.callInt((Func<int, int>)(x => x + 1), 4), Is.EqualTo(5));
        Assert.That((int)Haxe.callInt((Func<int, int>)Triple, 4), Is.EqualTo(12));
        Assert.That((string)Haxe.callText((Func<string, string>)(s => s.ToUpperInvariant()), "a"), Is.EqualTo("A"));
        int called = 0;
        Haxe.callVoid((Action)(() => called++));
        Assert.That(called, Is.EqualTo(1));
    }

    [Test]
    public void Arguments_of_every_kind_arrive_as_csharp_has_them()
    {
        Assert.That((string)Haxe.callMany((Func<int, double, bool, string, object, string>)((i, f, b, s, o) => $"{i} {f} {b} {s} {((dynamic)o).name}")),
            Is.EqualTo("1 2.5 True t a"));
        Assert.That((string)Haxe.callMany((Func<long, double, bool, string, HlObject, string>)((i, f, b, s, o) => $"{i}{s}{o}")), Is.EqualTo("1ta:1"));
    }

    [Test]
    public void Delegate_types_need_not_be_the_same()
    {
        Assert.That((int)Haxe.callInt((Converter<int, int>)(x => x * 2), 4), Is.EqualTo(8));
        Assert.That((int)Haxe.callInt((Func<int, object>)(x => x * 2), 4), Is.EqualTo(8));
        Assert.That((int)Haxe.callInt((Func<object, int>)(x => (int)x * 2), 4), Is.EqualTo(8));
        Assert.That((int)Haxe.callInt((Func<dynamic, dynamic>)(x => x * 2.0), 4), Is.EqualTo(8));
        Assert.That((int)Haxe.callInt((Widening)(x => x + 1), 4), Is.EqualTo(5));
        Assert.That((int)Haxe.callInt((Func<double, int>)(x => (int)(x * 2)), 4), Is.EqualTo(8));
        Assert.That((int)Haxe.callInt((Action<int>)(_ => { }), 4), Is.Zero);
        Assert.That((int)Haxe.callTwelve((Twelve)((a, b, c, d, e, f, g, h, i, j, k, l) => a + l * 100)), Is.EqualTo(1201));
    }

    [Test]
    public void Other_kinds_of_values()
    {
        Assert.That((float)Haxe.callSingle((Func<float, float>)(x => x / 2)), Is.EqualTo(0.25f));
        Assert.That((float)Haxe.callSingle((Func<double, double>)(x => x / 2)), Is.EqualTo(0.25f));
        Assert.That((object?)Haxe.callNull((Func<int?, int?>)(x => x)), Is.Null);
        Assert.That((int)Haxe.callNull((Func<int?, int?>)(x => x ?? 7)), Is.EqualTo(7));
        Assert.That((long)Haxe.callInt64((Func<long, long>)(x => x + 1)), Is.EqualTo((1L << 32) + 1));
    }

    [Test]
    public void A_result_that_does_not_fit_is_refused()
    {
        var error = Assert.Throws<HlConversionException>(() => Haxe.callInt((Func<int, object>)(_ => "text"), 4))!;
        Assert.That(error.Message, Does.Contain("returns Int").And.Contain("\"text\" (String)"));
        Assert.That(() => Haxe.callInt((Func<int, int, int>)((a, b) => a), 4), Throws.TypeOf<HlConversionException>());
        Assert.That(() => Haxe.callInt("no function", 4), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void Functions_typed_Dynamic_are_called_with_what_comes()
    {
        Assert.That((int)Haxe.callDynamic((Func<int, int, int>)((a, b) => a * b), 3, 4), Is.EqualTo(12));
        Assert.That((string)Haxe.callDynamic((Func<string, string, string>)((a, b) => a + b), "x", "y"), Is.EqualTo("xy"));
        Assert.That((string)Haxe.callDynamic((Func<object, object, object>)((a, b) => (string)a + b), "x", 1), Is.EqualTo("x1"));
    }

    [Test]
    public void Haxe_functions_are_delegates()
    {
        Func<int, int> add = Haxe.makeAdder(3);
        Assert.That(add(4), Is.EqualTo(7));
        Assert.That((int)Haxe.makeAdder(3)(5), Is.EqualTo(8));
        Func<string, object, string> greet = Haxe.makeGreeter();
        Assert.That(greet("hi", Haxe.items[0]), Is.EqualTo("hi a:1"));
        Assert.That((string)Haxe.makeGreeter()("hi", Haxe.items[1]), Is.EqualTo("hi b:2"));
        Assert.That(Vm.CallStatic<Func<string, HlObject, string>>("Values", "makeGreeter")("yo", (HlObject)Haxe.items[0]), Is.EqualTo("yo a:1"));
        Assert.That(Vm.CallStatic<Func<long, double>>("Values", "makeAdder", 1)(5), Is.EqualTo(6.0));
    }

    [Test]
    public void Methods_are_delegates()
    {
        Func<int> doubled = Haxe.items[1].@double;
        Assert.That(doubled(), Is.EqualTo(4));
    }

    [Test]
    public void A_haxe_function_goes_back_as_itself()
    {
        object greeter = Haxe.makeGreeter();
        Haxe.kept = greeter;
        Assert.That((object)Haxe.kept, Is.EqualTo(greeter));
        Assert.That((int)Haxe.callInt(Haxe.makeAdder(1), 1), Is.EqualTo(2));
    }

    [Test]
    public void A_csharp_delegate_held_by_Haxe_comes_back_as_itself()
    {
        Func<string, string> function = s => s + "!";
        Haxe.keep(function);
        Assert.That((object)Haxe.kept, Is.SameAs(function));
        Assert.That(ByName("kept"), Is.SameAs(function));
        Action<object> another = _ => { };
        Haxe.keep(another);
        Assert.That((object)Haxe.kept, Is.SameAs(another));
    }

    [Test]
    public void The_same_by_name()
    {
        Assert.That(Vm.CallStatic<int>("Values", "callInt", (Func<int, int>)(x => x - 1), 4), Is.EqualTo(3));
        Assert.That(Vm.CallStatic<string>("Values", "callText", (Func<string, string>)(x => x + "?"), "q"), Is.EqualTo("q?"));
    }

    [Test]
    public void Classes_are_values()
    {
        dynamic hl = Vm;
        Assert.That((string)Haxe.make(hl.Item, "made").name, Is.EqualTo("made"));
        Assert.That((object)Haxe.itemClass(), Is.SameAs((object)hl.Item));
        Assert.That((string)Haxe.callClass((Func<dynamic, string>)(c => c.New("n", 3).ToString())), Is.EqualTo("n:3"));
    }

    [Test]
    public void Exceptions_cross_both_ways()
    {
        Assert.That((string)Haxe.catches((Action)(() => throw new InvalidOperationException("from C#"))), Is.EqualTo("from C#"));
        var thrown = new InvalidOperationException("same");
        Assert.That(() => Haxe.callVoid((Action)(() => throw thrown)), Throws.InvalidOperationException.And.SameAs(thrown));
        Assert.That((string)Haxe.catches((Action)(() => Haxe.throws("by Haxe"))), Is.EqualTo("by Haxe"));
        var error = Assert.Throws<HaxeException>(() => Haxe.callVoid((Action)(() => Haxe.throws(Haxe.items[0]))))!;
        Assert.That((string)((dynamic)error.Value!).name, Is.EqualTo("a"));
    }
}
