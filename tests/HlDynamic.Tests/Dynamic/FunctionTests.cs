using HlDynamic.Dynamic;
using HlDynamic.Runtime;
using Microsoft.CSharp.RuntimeBinder;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>Haxe functions as values in C#.</summary>
[TestFixture("4.2.5", false)]
[TestFixture("4.3.6", false)]
[TestFixture("4.2.5", true)]
[TestFixture("4.3.6", true)]
public sealed class FunctionTests(string version, bool areUsed)
{
    private HlVm vm = null!;
    private dynamic hl = null!;

    [OneTimeSetUp]
    public void Load() => hl = vm = UsedMembers.Mark(Fixtures.Load("Access", version), areUsed);

    [OneTimeTearDown]
    public void Unload() => vm.Dispose();

    [Test]
    public void A_function_is_called_with_any_arguments_that_fit()
    {
        dynamic join = hl.Lab.joiner("-");
        Assert.That((string)join("a", "b"), Is.EqualTo("a-b"));
        object second = "c";
        Assert.That((string)join("a", (dynamic)second), Is.EqualTo("a-c"));
        Assert.That(() => join("a", 1), Throws.TypeOf<HlConversionException>().With.Message.Contains("got 1 (Int)"));
        Assert.That(() => join("a"), Is.EqualTo("a-null"));
        Assert.That(() => join("a", "b", "c"), Throws.TypeOf<RuntimeBinderException>().With.Message.Contains("got 3 arguments"));
    }

    [Test]
    public void A_function_of_any_number_of_arguments_takes_them_all()
    {
        dynamic sum = hl.Lab.sumAll();
        Assert.That((double)sum(1, 2.5, 3), Is.EqualTo(6.5));
        Assert.That((double)sum(), Is.EqualTo(0.0));
        Func<double, int, double> typed = sum;
        Assert.That(typed(0.5, 1), Is.EqualTo(1.5));
    }

    [Test]
    public void Arguments_of_functions_can_be_named()
    {
        dynamic join = hl.Lab.joiner("+");
        Assert.That((string)join(b: "2", a: "1"), Is.EqualTo("1+2"));
        Assert.That(() => join(a: "1", c: "2"), Throws.TypeOf<RuntimeBinderException>().With.Message.Contains("which has no c"));
    }

    [Test]
    public void A_method_becomes_any_delegate_that_fits()
    {
        dynamic hero = hl.New("Hero", "Ann", 70);
        Func<int> health = hero.getHealth;
        Func<double> asDouble = hero.getHealth;
        Func<object> asObject = hero.getHealth;
        Func<string> title = hero.title;
        Assert.That(health(), Is.EqualTo(70));
        Assert.That(asDouble(), Is.EqualTo(70.0));
        Assert.That(asObject(), Is.EqualTo(70));
        Assert.That(title(), Is.EqualTo("Hero Ann"));
        Func<int, string> hit = hero.hit;
        Assert.That(hit(5), Is.EqualTo("Ann hit for 5"));
        Func<int, string, bool, string> hitLoud = hero.hit;
        Assert.That(hitLoud(5, "Bob", true), Is.EqualTo("ANN HIT BY BOB FOR 5"));
        Assert.That(health(), Is.EqualTo(60));
    }

    [Test]
    public void A_delegate_that_does_not_fit_is_refused()
    {
        dynamic hero = hl.New("Hero", "Ann");
        Assert.That(() => { Func<int, int> wrong = hero.getHealth; }, Throws.TypeOf<HlConversionException>().With.Message.Contains("got 1 argument"));
    }

    [Test]
    public void An_overridden_method_taken_as_a_delegate_is_the_overriding_one()
    {
        Func<string> title = hl.New("Knight", "Lot").title;
        Assert.That(title(), Is.EqualTo("Sir Lot, once Hero Lot"));
    }

    [Test]
    public void Functions_go_back_as_themselves()
    {
        dynamic hero = hl.New("Hero", "ann");
        Assert.That((string)hero.rename(hl.Lab.upper), Is.EqualTo("ANN"));
        Assert.That((object)hl.Lab.echo(hl.Lab.upper), Is.EqualTo((object)hl.Lab.upper));
        Assert.That((bool)hl.Lab.same(hl.Lab.upper, hl.Lab.upper), Is.True);
        Func<string, string> own = text => text + text;
        Assert.That((object)hl.Lab.echo(own), Is.SameAs(own));
        Assert.That((string)hero.rename(own), Is.EqualTo("ANNANN"));
        hl.Lab.upper = own;
        Assert.That((object)hl.Lab.upper, Is.SameAs(own));
        Assert.That((string)hl.Lab.upper("x"), Is.EqualTo("xx"));
    }

    [Test]
    public void Functions_of_one_object_are_equal()
    {
        dynamic hero = hl.New("Hero", "Ann"), other = hl.New("Hero", "Ann");
        Assert.That((object)hero.getHealth, Is.EqualTo((object)hero.getHealth));
        Assert.That((object)hero.getHealth, Is.Not.EqualTo((object)other.getHealth));
        Assert.That(((object)hero.getHealth).GetHashCode(), Is.EqualTo(((object)hero.getHealth).GetHashCode()));
    }

    [Test]
    public void A_fault_in_a_delegate_is_a_Haxe_exception()
    {
        HlFunction call = hl.Lab.call;
        Action<Action?> typed = call.ToDelegate<Action<Action?>>();
        Assert.That(() => typed(null), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Null access"));
        Assert.That(() => call.Invoke((object?)null), Throws.TypeOf<HaxeException>());
    }

    [Test]
    public void A_site_calls_functions_of_any_types()
    {
        Func<int, int> plain = x => x;
        for (int i = 0; i < 3; i++)
        {
            Assert.That((object)Call(hl.Lab.upper, "a"), Is.Not.Null);
            Assert.That((object)Call(hl.Lab.sumAll(), 1), Is.EqualTo(1.0));
            Assert.That((object)Call(hl.Lab.total, new dynamic[] { hl.Lab.ints }[0]), Is.EqualTo(6));
            Assert.That((object)Call(hl.Lab.number, 0), Is.EqualTo(3));
            Assert.That((object)Call(plain, 4), Is.EqualTo(4));
        }

        static dynamic Call(dynamic f, dynamic x) => f(x);
    }

    [Test]
    public void Two_VMs_share_a_site_that_calls_functions()
    {
        using HlVm second = Fixtures.Load("Access", version);
        foreach (dynamic each in new dynamic[] { hl, second, hl, second })
        {
            dynamic echo = each.Lab.echo, same = each.Lab.same;
            dynamic made = each.New("Hero", "Ann");
            Assert.That((object)echo("text"), Is.EqualTo("text"));
            Assert.That((bool)same("text", made.name + ""), Is.False);
            Assert.That((bool)same("Ann", made.name), Is.True);
        }
    }
}
