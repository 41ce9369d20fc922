using System.Runtime.CompilerServices;
using HlDynamic.Dynamic;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>Access with C# types: by name, by bound delegates, by interfaces.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class TypedAccessTests(string version)
{
    private HlVm vm = null!;

    public interface IHero
    {
        string Name { get; set; }
        int Health { get; set; }
        int Level { get; set; }
        bool IsAlive();
        string Hit(int amount, string? by = null, bool loud = false);
        string Title();
    }

    internal interface IInner : IHero
    {
        string Shout(string text);
        Func<string, string>? Rename { get; }
    }

    public interface IGrid
    {
        int Wide { get; }
        int this[int index] { get; set; }
    }

    public interface IPoint
    {
        int X { get; set; }
        int Y { get; }
    }

    public interface IDancer
    {
        void Dance();
    }

    public interface IWrong
    {
        int Title(int a, int b);
    }

    [SetUp]
    public void Load() => vm = Fixtures.Load("Access", version);

    [TearDown]
    public void Unload() => vm.Dispose();

    [Test]
    public void A_static_function_becomes_a_delegate()
    {
        Func<double, double, string, string> area = vm.BindStatic<Func<double, double, string, string>>("Lab", "area");
        Func<int, string> areaOfInt = vm.BindStatic<Func<int, string>>("Lab", "area");
        Assert.That(area(2, 3, "m"), Is.EqualTo("6m"));
        Assert.That(areaOfInt(4), Is.EqualTo("8"));
        Func<long, int, long> big = vm.BindStatic<Func<long, int, long>>("Lab", "big");
        Assert.That(big(1, 2), Is.EqualTo((1L << 32) + 2));
        Assert.That(() => big(1L << 40, 2), Throws.TypeOf<HlConversionException>().With.Message.Contains("Lab.big expects (high: Int, low: Int)"));
        Action<string> fail = vm.BindStatic<Action<string>>("Lab", "fail");
        Assert.That(() => fail("no"), Throws.TypeOf<HaxeException>().With.Message.EqualTo("no"));
        Assert.That(vm.BindStatic<Func<string, string>>("Lab", "upper")("x"), Is.EqualTo("X"));
        Assert.That(vm.BindStatic<Func<string, HlObject>>("Hero", "make")("Ann").ToString(), Does.StartWith("Hero Ann"));
    }

    [Test]
    public void A_delegate_that_does_not_fit_is_refused_when_it_is_bound()
    {
        Assert.That(() => vm.BindStatic<Func<int, int, int, int>>("Lab", "big"), Throws.TypeOf<HlConversionException>().With.Message.Contains("got 3 arguments"));
        Assert.That(() => vm.BindStatic<Func<int>>("Lab", "bug"), Throws.TypeOf<HlMissingMemberException>().With.Property("Nearest").EqualTo(new[] { "big" }));
        Assert.That(() => vm.BindMethod<Func<string>>("Hero", "title"), Throws.TypeOf<HlConversionException>().With.Message.Contains("first parameter"));
    }

    [Test]
    public void A_bound_static_is_the_function_that_was_assigned()
    {
        vm.SetStatic("Lab", "upper", new Func<string, string>(text => "<" + text + ">"));
        Assert.That(vm.BindStatic<Func<string, string>>("Lab", "upper")("x"), Is.EqualTo("<x>"));
    }

    [Test]
    public void A_method_becomes_a_delegate_that_takes_the_object()
    {
        var title = vm.BindMethod<Func<object, string>>("Hero", "title");
        var hit = vm.BindMethod<Func<HlObject, int, string>>("Hero", "hit");
        object hero = vm.New("Hero", "Ann"), knight = vm.New("Knight", "Lot");
        Assert.That(title(hero), Is.EqualTo("Hero Ann"));
        Assert.That(title(knight), Is.EqualTo("Sir Lot, once Hero Lot"));
        Assert.That(hit((HlObject)hero, 3), Is.EqualTo("Ann hit for 3"));
        Assert.That(() => title(vm.New("Grid", 1)), Throws.InstanceOf<HlException>());
    }

    [Test]
    public void A_method_of_one_object_becomes_a_delegate()
    {
        object hero = vm.New("Hero", "Ann");
        Func<int> health = HlObject.BindMethod<Func<int>>(hero, "getHealth");
        HlObject.Set(hero, "health", 12);
        Assert.That(health(), Is.EqualTo(12));
        Assert.That(() => HlObject.BindMethod<Func<int>>(hero, "name"), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void A_constructor_becomes_a_delegate()
    {
        Func<string, int, object> make = vm.BindNew<Func<string, int, object>>("Knight");
        Assert.That(HlObject.Get<int>(make("Lot", 33), "health"), Is.EqualTo(33));
    }

    [Test]
    public void An_object_is_a_CSharp_interface_of_its_shape()
    {
        IHero hero = vm.New<IHero>("Knight", "Lot", 50);
        Assert.That(hero.Name, Is.EqualTo("Lot"));
        Assert.That(hero.Hit(5), Is.EqualTo("Lot hit for 5"));
        Assert.That(hero.Hit(5, "Bo", true), Is.EqualTo("LOT HIT BY BO FOR 5"));
        Assert.That(hero.Health, Is.EqualTo(40));
        hero.Health = -1;
        hero.Name = "Bo";
        Assert.That(hero.IsAlive(), Is.False);
        Assert.That(hero.Title(), Is.EqualTo("Sir Bo, once Hero Bo"));
        hero.Level = 9;
        Assert.That(hero.Level, Is.EqualTo(9));
    }

    [Test]
    public void A_dynamic_object_converts_to_an_interface()
    {
        dynamic knight = vm.New("Knight", "Lot"), other = vm.New("Hero", "Ann");
        foreach (dynamic each in new[] { knight, other, knight })
        {
            IHero hero = each;
            Assert.That(hero.Name, Is.EqualTo((string)each.name));
        }
        IInner inner = knight;
        Assert.That(inner.Shout("hey"), Is.EqualTo("hey!"));
        Assert.That(inner.Title(), Does.StartWith("Sir"));
    }

    [Test]
    public void Structures_and_indexers_have_interfaces_too()
    {
        dynamic hl = vm;
        IPoint point = hl.Lab.point(3, 4), record = hl.Lab.echo(hl.Lab.point(5, 6));
        point.X += 1;
        Assert.That((point.X, point.Y, record.Y), Is.EqualTo((4, 4, 6)));
        IGrid grid = hl.New("Grid", 3);
        grid[1] = 8;
        Assert.That((grid[1], grid.Wide), Is.EqualTo((8, 3)));
    }

    [Test]
    public void An_interface_goes_back_as_the_object_it_stands_for()
    {
        dynamic hl = vm;
        object hero = vm.New("Hero", "Ann");
        IHero typed = HlObject.As<IHero>(hero);
        Assert.That((bool)hl.Lab.alive(typed), Is.True);
        Assert.That((object)hl.Lab.echo(typed), Is.SameAs(hero));
        Assert.That(typed, Is.EqualTo(HlObject.As<IHero>(hero)));
        Assert.That(typed.ToString(), Is.EqualTo(hero.ToString()));
        Assert.That(HlObject.Get<int>(typed, "health"), Is.EqualTo(100));
    }

    [Test]
    public void An_interface_that_does_not_fit_is_refused_by_name()
    {
        object hero = vm.New("Hero", "Ann");
        Assert.That(() => HlObject.As<IDancer>(hero), Throws.TypeOf<HlMissingMemberException>().With.Message.StartWith("Hero has no member Dance."));
        Assert.That(() => HlObject.As<IWrong>(hero), Throws.TypeOf<HlConversionException>().With.Message.Contains("Hero.title expects (), got 2 arguments"));
        Assert.That(() => { IDancer dancer = (dynamic)hero; }, Throws.TypeOf<HlMissingMemberException>());
    }

    [Test]
    public void Values_are_tried()
    {
        object hero = vm.New("Hero", "Ann");
        Assert.That(HlObject.TryGet(hero, "health", out double health), Is.True);
        Assert.That(health, Is.EqualTo(100.0));
        Assert.That(HlObject.TryGet(hero, "helth", out int _), Is.False);
        Assert.That(HlObject.TryGet(hero, "name", out int _), Is.False);
        Assert.That(HlObject.TryGet("text", "name", out int _), Is.False);
        Assert.That(HlObject.TryGet(hero, "onHit", out object? nothing), Is.False);
        Assert.That(nothing, Is.Null);
    }

    [Test]
    public void Views_are_read_and_written_by_name_as_what_stands_behind_them()
    {
        dynamic hl = vm;
        object view = hl.Lab.asLiving(vm.New("Hero", "Ann"));
        HlObject.Set(view, "health", 8);
        Assert.That(HlObject.Get<int>(view, "health"), Is.EqualTo(8));
        Assert.That(HlObject.Call<string>(view, "title"), Is.EqualTo("Hero Ann"));
    }

    [Test]
    public void Access_by_name_stays_right_when_it_becomes_warm_and_allocates_nothing_itself()
    {
        object hero = vm.New("Hero", "Ann");
        object one = 1;
        object[] arguments = [one, one], none = [];
        for (int i = 0; i < 40; i++)
        {
            HlObject.Set(hero, "health", i);
            Assert.That(HlObject.Get<int>(hero, "health"), Is.EqualTo(i));
            Assert.That(HlObject.Call<int>(hero, "getHealth", none), Is.EqualTo(i));
            Assert.That(vm.CallStatic<long>("Lab", "big", arguments), Is.EqualTo((1L << 32) + 1));
            vm.CallStatic("Lab", "same", arguments);
            vm.SetStatic("Hero", "count", i);
            Assert.That(vm.GetStatic<int>("Hero", "count"), Is.EqualTo(i));
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            HlObject.Get<int>(hero, "health");
            HlObject.Call<int>(hero, "getHealth", none);
            vm.GetStatic<int>("Hero", "count");
            vm.CallStatic("Lab", "same", arguments);
        }
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Names_are_known_as_texts()
    {
        object hero = vm.New("Hero", "Ann");
        for (int i = 0; i < 30; i++)
            Assert.That(HlObject.Get<int>(hero, new string("health".AsSpan())) + vm.GetStatic<int>(new string("Hero".AsSpan()), new string("count".AsSpan())), Is.GreaterThan(100));
        Assert.That(MemberCache.Of(vm.Context).Count, Is.EqualTo(2));
    }

    [Test]
    public void What_is_known_of_names_is_bounded_and_goes_with_the_VM()
    {
        dynamic hl = vm;
        object open = hl.Lab.open();
        for (int i = 0; i < 6000; i++)
            HlObject.Set(open, "field" + i, i);
        Assert.That(HlObject.Get<int>(open, "field5999"), Is.EqualTo(5999));
        Assert.That(MemberCache.Of(vm.Context).Count, Is.InRange(1, 4096));
        vm.Dispose();
        Assert.That(MemberCache.Of(vm.Context).Count, Is.Zero);
        Assert.That(HlObject.Get<int>(open, "field5999"), Is.EqualTo(5999));
    }

    private static readonly Dictionary<string, Action<HlVm, dynamic, object>> Uses = new()
    {
        ["an interface"] = (_, _, hero) => Assert.That(HlObject.As<IHero>(hero).Title(), Is.EqualTo("Hero Ann")),
        ["a conversion to an interface"] = (_, hl, _) =>
        {
            IHero typed = hl.New("Hero", "Ann");
            Assert.That(typed.Title(), Is.EqualTo("Hero Ann"));
        },
        ["a method as a delegate"] = (_, hl, _) =>
        {
            Func<string> title = hl.New("Hero", "Ann").title;
            Assert.That(title(), Is.EqualTo("Hero Ann"));
        },
        ["names"] = (vm, _, hero) =>
        {
            for (int i = 0; i < 30; i++)
                Assert.That(HlObject.Get<int>(hero, "health") + vm.GetStatic<int>("Hero", "count"), Is.GreaterThan(100));
        },
        ["functions"] = (_, hl, _) => Assert.That((string)hl.Lab.upper("a") + (string)hl.Lab.joiner("-")("a", "b"), Is.EqualTo("Aa-b")),
        ["operators"] = (_, hl, _) => Assert.That((bool)(hl.New("Hero", "Ann") == hl.New("Hero", "Ann")), Is.False),
        ["indexes"] = (_, hl, _) => Assert.That((int)hl.Lab.ints[0], Is.EqualTo(1)),
        ["a bound static"] = (vm, _, _) => Assert.That(vm.BindStatic<Func<int, string>>("Lab", "area")(2), Is.EqualTo("4")),
        ["a class called"] = (_, hl, _) => Assert.That((int)hl.Hero("Ann").health, Is.EqualTo(100)),
    };

    private static IEnumerable<string> UseNames => Uses.Keys;

    [TestCaseSource(nameof(UseNames))]
    public void An_unloadable_VM_is_unloaded_though_it_was_used_by(string use)
    {
        WeakReference context = UseUnloadable(version, use);
        for (int i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.That(context.IsAlive, Is.False);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseUnloadable(string version, string use)
    {
        HlVm vm = Fixtures.Load("Access", version, new HlVmOptions { Unloadable = true });
        object hero = vm.New("Hero", "Ann");
        Uses[use](vm, vm, hero);
        var reference = new WeakReference(hero.GetType().Assembly);
        vm.Dispose();
        return reference;
    }
}
