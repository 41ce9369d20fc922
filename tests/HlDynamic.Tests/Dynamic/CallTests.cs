using HlDynamic.Dynamic;
using HlDynamic.Runtime;
using Microsoft.CSharp.RuntimeBinder;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>Calls from C#: arguments in every form, inheritance, properties, construction.</summary>
[TestFixture("4.2.5", false)]
[TestFixture("4.3.6", false)]
[TestFixture("4.2.5", true)]
[TestFixture("4.3.6", true)]
public sealed class CallTests(string version, bool areUsed)
{
    private HlVm vm = null!;
    private dynamic hl = null!;

    [SetUp]
    public void Load() => hl = vm = UsedMembers.Mark(Fixtures.Load("Access", version), areUsed);

    [TearDown]
    public void Unload() => vm.Dispose();

    [Test]
    public void Twenty_arguments_are_passed()
    {
        Assert.That((int)hl.Lab.twenty(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20), Is.EqualTo(210));
        Assert.That(vm.CallStatic<int>("Lab", "twenty", [.. Enumerable.Range(1, 20).Cast<object>()]), Is.EqualTo(210));
    }

    [Test]
    public void Arguments_are_named_and_left_out()
    {
        dynamic hero = hl.New("Hero", "Ann");
        Assert.That((string)hero.hit(loud: true, amount: 1), Is.EqualTo("ANN HIT FOR 1"));
        Assert.That((string)hero.hit(1, loud: true), Is.EqualTo("ANN HIT FOR 1"));
        Assert.That((string)hero.hit(1, "Bob"), Is.EqualTo("Ann hit by Bob for 1"));
        Assert.That((string)hl.Lab.area(3), Is.EqualTo("6"));
        Assert.That((string)hl.Lab.area(3, unit: "m"), Is.EqualTo("6m"));
        Assert.That((int)hl.Hero.New(health: 5, name: "Bo").health, Is.EqualTo(5));
    }

    [Test]
    public void The_last_array_is_written_out_or_passed()
    {
        Assert.That((int)hl.Lab.total(1, 2, 3), Is.EqualTo(6));
        Assert.That((int)hl.Lab.total(4), Is.EqualTo(4));
        Assert.That((int)hl.Lab.total(new[] { 5, 6 }), Is.EqualTo(11));
        Assert.That((int)hl.Lab.total(hl.Lab.ints), Is.EqualTo(6));
        Assert.That(vm.CallStatic<int>("Lab", "total", 1, 2, 3, 4), Is.EqualTo(10));
        Assert.That(() => hl.Lab.total(1, "x"), Throws.InstanceOf<HlException>());
    }

    [Test]
    public void A_constructor_is_inherited()
    {
        dynamic knight = hl.Knight.New("Lot", 80);
        Assert.That((int)knight.health, Is.EqualTo(80));
        Assert.That((int)hl.Knight.New("Pip").health, Is.EqualTo(100));
        Assert.That((int)hl.Hero.count, Is.EqualTo(4));
    }

    [Test]
    public void A_class_is_called_like_a_function_to_make_an_object()
    {
        dynamic hero = hl.Hero("Ann", 10);
        Assert.That((int)hero.health, Is.EqualTo(10));
        dynamic type = hl.Hero;
        Assert.That((string)type("Bob").name, Is.EqualTo("Bob"));
        Assert.That(() => type("a", 1, 2), Throws.TypeOf<RuntimeBinderException>().With.Message.Contains("new Hero expects (name: String, ?health: Int), got 3 arguments"));
    }

    [Test]
    public void Overridden_methods_are_the_objects_own()
    {
        dynamic knight = hl.New("Knight", "Lot");
        Assert.That((string)knight.title(), Is.EqualTo("Sir Lot, once Hero Lot"));
        Assert.That((string)knight.ToString(), Is.EqualTo("Sir Lot, once Hero Lot (100)"));
        Assert.That((string)knight.ride(hl.New("Hero", "Bo")).horse.title(), Is.EqualTo("Hero Bo"));
    }

    [Test]
    public void Properties_are_reached_by_their_names()
    {
        dynamic hero = hl.New("Hero", "Ann");
        Assert.That((int)hero.level, Is.EqualTo(4));
        hero.level = 7;
        Assert.That((int)hero.level, Is.EqualTo(7));
        hero.level += 1;
        Assert.That((int)hero.level, Is.EqualTo(8));
        hl.Hero.motto = "up";
        Assert.That((string)hl.Hero.motto, Is.EqualTo("up!"));
    }

    [Test]
    public void Functions_in_fields_are_called_and_exchanged()
    {
        dynamic hero = hl.New("Hero", "Ann");
        Assert.That((string)hero.shout("hey"), Is.EqualTo("hey!"));
        hero.shout = new Func<string, string>(text => text + "?");
        Assert.That((string)hero.shout("hey"), Is.EqualTo("hey?"));
        hero.onHit = new Func<int, string>(amount => "ouch " + amount);
        Assert.That((string)hero.onHit(3), Is.EqualTo("ouch 3"));
        Assert.That((string)hl.Lab.open().greet("Ann"), Is.EqualTo("hi Ann"));
    }

    [Test]
    public void Enum_values_are_made_and_passed()
    {
        Assert.That((string)hl.Lab.weaponName(hl.Weapon.Bow("long", 2)), Is.EqualTo("long 2"));
        Assert.That((string)hl.Lab.weaponName(hl.Weapon.Fist), Is.EqualTo("fist"));
        Assert.That((object)hl.Weapon.Sword(3)[0], Is.EqualTo(3));
        Assert.That((string)hl.Weapon.Sword(3).ToString(), Is.EqualTo("Sword(3)"));
    }

    [Test]
    public void A_missing_member_names_the_usual_cause()
    {
        dynamic hero = hl.New("Hero", "Ann");
        Assert.That(() => hero.dance(), Throws.TypeOf<RuntimeBinderException>().With.Message.StartWith("Hero has no member dance.")
            .And.Message.Contains("@:keep").And.Message.Contains("-dce no").And.Message.Contains("inline"));
        Assert.That(() => hl.Lab.dance(), Throws.TypeOf<RuntimeBinderException>().With.Message.Contains("@:keep"));
        Assert.That(() => vm.CallStatic("Lab", "dance"), Throws.TypeOf<HlMissingMemberException>().With.Message.Contains("@:keep"));
    }

    [Test]
    public void A_VMs_own_methods_stay_callable()
    {
        Assert.That((object)hl.FindType("Hero"), Is.InstanceOf<HlType>());
        Assert.That((object)hl.CallStatic("Lab", "number", 0), Is.EqualTo(3));
    }
}
