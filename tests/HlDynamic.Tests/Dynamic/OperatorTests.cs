using System.Dynamic;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using HlDynamic.Dynamic;
using HlDynamic.Runtime;
using Microsoft.CSharp.RuntimeBinder;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>Operators, indexes and removal of fields.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class OperatorTests(string version)
{
    private HlVm vm = null!;
    private dynamic hl = null!;

    [SetUp]
    public void Load() => hl = vm = Fixtures.Load("Access", version);

    [TearDown]
    public void Unload() => vm.Dispose();

    [Test]
    public void Numbers_and_strings_have_the_operators_of_CSharp()
    {
        dynamic number = hl.Lab.number(0), fraction = hl.Lab.number(1), text = hl.Lab.number(2), flag = hl.Lab.number(3);
        Assert.That((object)(number + fraction), Is.EqualTo(5.5));
        Assert.That((object)(number * 2), Is.EqualTo(6));
        Assert.That((object)(-number), Is.EqualTo(-3));
        Assert.That((object)(text + number), Is.EqualTo("text3"));
        Assert.That((bool)(number < fraction), Is.False);
        Assert.That((bool)(text == "text"), Is.True);
        Assert.That((object)!flag, Is.EqualTo(false));
        number++;
        Assert.That((object)number, Is.EqualTo(4));
    }

    [Test]
    public void An_Int64_is_a_long_however_it_comes()
    {
        dynamic big = hl.Lab.big(1, 2), any = hl.Lab.anyBig();
        Assert.That((object)big, Is.EqualTo((1L << 32) + 2));
        Assert.That((object)any, Is.EqualTo((1L << 32) + 2));
        Assert.That((object)(big + 1), Is.EqualTo((1L << 32) + 3));
        Assert.That((bool)(big == any), Is.True);
    }

    [Test]
    public void Equality_of_objects_is_Haxes()
    {
        dynamic ann = hl.New("Hero", "Ann"), other = hl.New("Hero", "Ann"), view = hl.Lab.asLiving(ann);
        dynamic three = hl.New("Money", 3), alsoThree = hl.New("Money", 3), four = hl.New("Money", 4);
        Assert.That((bool)(ann == hl.Lab.echo(ann)), Is.True);
        Assert.That((bool)(ann == other), Is.False);
        Assert.That((bool)(ann != other), Is.True);
        Assert.That((bool)(ann == view), Is.True);
        Assert.That((bool)(view == ann), Is.True);
        Assert.That((bool)(ann == null), Is.False);
        Assert.That((bool)(ann != null), Is.True);
        Assert.That((bool)(ann == "Ann"), Is.False);
        Assert.That((bool)(three == alsoThree), Is.True);
        Assert.That((bool)(three != four), Is.True);
        Assert.That((bool)(hl.Weapon.Fist == hl.Weapon.Fist), Is.True);
    }

    [Test]
    public void A_class_that_compares_has_an_order()
    {
        dynamic three = hl.New("Money", 3), four = hl.New("Money", 4);
        Assert.That((bool)(three < four), Is.True);
        Assert.That((bool)(three >= four), Is.False);
        Assert.That((bool)(three <= hl.New("Money", 3)), Is.True);
        dynamic hero = hl.New("Hero", "Ann");
        Assert.That(() => hero < hl.New("Hero", "Bo"), Throws.TypeOf<RuntimeBinderException>());
    }

    [Test]
    public void Arrays_and_maps_are_indexed()
    {
        dynamic ints = hl.Lab.ints, texts = hl.Lab.texts, floats = hl.Lab.floats, heroes = hl.Lab.heroes, ages = hl.Lab.ages, squares = hl.Lab.squares;
        Assert.That((int)ints[0], Is.EqualTo(1));
        ints[0] = 9;
        Assert.That((int)ints[0], Is.EqualTo(9));
        Assert.That((string)texts[1], Is.EqualTo("y"));
        texts[1] = "z";
        Assert.That((string)texts[1], Is.EqualTo("z"));
        floats[0] = 3;
        Assert.That((double)floats[0], Is.EqualTo(3.0));
        Assert.That((string)heroes[0].name, Is.EqualTo("Lot"));
        Assert.That((int)ages["Ann"], Is.EqualTo(30));
        ages["Dan"] = 5;
        Assert.That((int)ages["Dan"], Is.EqualTo(5));
        Assert.That((string)squares[3], Is.EqualTo("nine"));
        Assert.That((int)(ints[1] += 5), Is.EqualTo(7));
    }

    [Test]
    public void A_class_with_get_and_set_is_indexed_by_them()
    {
        dynamic grid = hl.New("Grid", 3);
        grid[2] = 5;
        Assert.That((int)grid[2], Is.EqualTo(5));
        Assert.That((int)grid.wide, Is.EqualTo(3));
        Assert.That(() => grid["x"], Throws.TypeOf<HlConversionException>().With.Message.Contains("Grid.get expects (index: Int)"));
    }

    [Test]
    public void Fields_are_reached_by_a_name_as_index()
    {
        dynamic hero = hl.New("Hero", "Ann"), record = hl.Lab.record(), open = hl.Lab.open(), point = hl.Lab.point(1, 2);
        hero["health"] = 7;
        Assert.That((int)hero["health"], Is.EqualTo(7));
        Assert.That((bool)record["inner"]["deep"], Is.True);
        open["second"] = "new";
        Assert.That((string)open.second, Is.EqualTo("new"));
        point["x"] = 5;
        Assert.That((int)point.x, Is.EqualTo(5));
        Assert.That(() => hero["helth"], Throws.TypeOf<HlMissingMemberException>().With.Property("Nearest").EqualTo(new[] { "health" }));
        Assert.That(() => hero[1], Throws.TypeOf<HlConversionException>().With.Message.Contains("indexed by the names of its fields, got 1 (Int)"));
    }

    [Test]
    public void Fields_of_dynamic_objects_are_removed()
    {
        object open = hl.Lab.open(), hero = hl.New("Hero", "Ann");
        CallSite<Action<CallSite, object>> site = CallSite<Action<CallSite, object>>.Create(new Deletion("first"));
        site.Target(site, open);
        Assert.That((object?)((dynamic)open).first, Is.Null);
        Assert.That(() => site.Target(site, hero), Throws.TypeOf<MissingMemberException>());
        site.Target(site, hl.Lab.open());
    }

    [Test]
    public void A_class_is_created_by_languages_that_have_a_word_for_it()
    {
        CallSite<Func<CallSite, object, string, object>> site = CallSite<Func<CallSite, object, string, object>>.Create(new Creation());
        Assert.That((string)((dynamic)site.Target(site, hl.Hero, "Ann")).name, Is.EqualTo("Ann"));
        Assert.That((string)((dynamic)site.Target(site, hl.Knight, "Lot")).title(), Does.StartWith("Sir Lot"));
    }

    private sealed class Deletion(string name) : DeleteMemberBinder(name, false)
    {
        public override DynamicMetaObject FallbackDeleteMember(DynamicMetaObject target, DynamicMetaObject? errorSuggestion) => errorSuggestion
            ?? new DynamicMetaObject(Expression.Throw(Expression.New(typeof(MissingMemberException)), typeof(void)), BindingRestrictions.GetTypeRestriction(target.Expression, target.LimitType));
    }

    private sealed class Creation() : CreateInstanceBinder(new CallInfo(1))
    {
        public override DynamicMetaObject FallbackCreateInstance(DynamicMetaObject target, DynamicMetaObject[] args, DynamicMetaObject? errorSuggestion) =>
            throw new NotSupportedException();
    }
}
