using HlDynamic.Dynamic;
using HlDynamic.Runtime;
using Microsoft.CSharp.RuntimeBinder;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>A VM, its packages, classes and enums as C# <c>dynamic</c>.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class ProgramTests(string version)
{
    private HlVm vm = null!;
    private dynamic hl = null!;

    [SetUp]
    public void Load() => hl = vm = Fixtures.Load("hello", version);

    [TearDown]
    public void Unload() => vm.Dispose();

    [Test]
    public void Statics_are_members_of_their_class()
    {
        hl.Game.score = 10;
        Assert.That((int)hl.Game.score, Is.EqualTo(10));
        Assert.That((int)hl.Game.add(2, 3), Is.EqualTo(5));
        hl.Game.addScore(5);
        Assert.That((int)hl.Game.score, Is.EqualTo(15));
        Assert.That((string)hl.Game.title, Is.EqualTo("Arena"));
        Assert.That((double)hl.Game.divide(1, 2), Is.EqualTo(0.5));
        Assert.That((bool)hl.Game.running, Is.True);
    }

    [Test]
    public void Objects_are_made_by_name_and_by_class()
    {
        dynamic first = hl.New("Player", "Ann"), second = hl.Player.New("Bob");
        Assert.That((string)hl.Game.describe(first), Is.EqualTo("Ann has 100 health"));
        Assert.That((string)hl.Game.describe(second), Is.EqualTo("Bob has 100 health"));
    }

    [Test]
    public void Packages_lead_to_their_classes()
    {
        dynamic counter = hl.com.example.Counter.New("steps", 2);
        Assert.That((int)counter.next(), Is.EqualTo(2));
        Assert.That((string)counter.label(), Is.EqualTo("steps#2 by 2"));
        Assert.That((int)counter.current(), Is.EqualTo(2));
        counter.reset();
        Assert.That((int)counter.current(), Is.EqualTo(0));
        Assert.That((int)hl.com.example.Counter.created, Is.EqualTo(2));
        Assert.That((object)hl.com, Is.InstanceOf<HlPackage>());
        Assert.That((string)hl.com.example.Name, Is.EqualTo("com.example"));
    }

    [Test]
    public void A_class_is_a_value()
    {
        HlClass player = hl.Player;
        Assert.That(player.Name, Is.EqualTo("Player"));
        dynamic made = player.New("Cat");
        Assert.That((string)made.name, Is.EqualTo("Cat"));
        Assert.That((string)hl.Player.Name, Is.EqualTo("Player"));
    }

    [Test]
    public void Enum_values_are_members_of_their_enum()
    {
        dynamic attack = hl.Action.Attack("cat"), idle = hl.Action.Idle, move = hl.Action.Move(1, 2);
        Assert.That((string)hl.Game.act(attack), Is.EqualTo("attack cat"));
        Assert.That((string)hl.Game.act(idle), Is.EqualTo("idle"));
        Assert.That((string)hl.Game.act(move), Is.EqualTo("move 1 2"));
        Assert.That((object)idle, Is.SameAs((object)hl.Action.Idle));
        Assert.That((string)attack.Constructor, Is.EqualTo("Attack"));
        Assert.That((int)attack.Index, Is.EqualTo(1));
        Assert.That((object)attack[0], Is.EqualTo("cat"));
        Assert.That((int)hl.Game.makeMove(3, 4)[1], Is.EqualTo(4));
        HlEnumClass action = hl.Action;
        Assert.That(action.Constructors, Is.EqualTo(new[] { "Idle", "Attack", "Move" }));
    }

    [Test]
    public void Functions_pass_both_ways()
    {
        Assert.That((int)hl.Game.applyTwice(new Func<int, int>(x => x * 3), 2), Is.EqualTo(18));
        dynamic adder = hl.Game.adder(5);
        Assert.That((int)adder(2), Is.EqualTo(7));
    }

    [Test]
    public void Structures_come_back()
    {
        dynamic point = hl.Game.point(3, 4);
        Assert.That((int)(point.x + point.y), Is.EqualTo(7));
        Assert.That(() => (object)point.z, Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo("{x: Int, y: Int} has no member z. Did you mean x or y?"));
    }

    [Test]
    public void Optional_arguments_of_statics_can_be_left_out()
    {
        Assert.That((string)hl.Game.optional(1), Is.EqualTo("1 null 1.5"));
        Assert.That((string)hl.Game.optional(1, 2), Is.EqualTo("1 2 1.5"));
        Assert.That((string)hl.Game.optional(1, c: 2.5), Is.EqualTo("1 null 2.5"));
    }

    [Test]
    public void Echo_returns_what_it_got()
    {
        Assert.That((object)hl.Game.echo("text"), Is.EqualTo("text"));
        Assert.That((object)hl.Game.echo(5), Is.EqualTo(5));
        object player = hl.New("Player", "Ann");
        Assert.That((object)hl.Game.echo(player), Is.SameAs(player));
        object own = new Version(1, 2);
        Assert.That((object)hl.Game.echo(own), Is.SameAs(own));
    }

    [Test]
    public void What_does_not_exist_is_the_languages_error_with_the_nearest_names()
    {
        Assert.That(() => (object)hl.Gane, Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "The program has no class, enum or package Gane. Did you mean Game?"));
        Assert.That(() => (object)hl.com.exampel, Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "com has no class, enum or package exampel. Did you mean example?"));
        Assert.That(() => (object)hl.Game.scor, Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "Game has no member scor. Did you mean score?"));
        Assert.That(() => hl.Game.ad(1, 2), Throws.TypeOf<RuntimeBinderException>());
        Assert.That(() => (object)hl.Action.Attak, Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "Action has no member Attak. Did you mean Attack?"));
        Assert.That(() => hl.Player.New(1), Throws.TypeOf<HlConversionException>().With.Message.EqualTo(
            "new Player expects (name: String), got 1 (Int) for name."));
        Assert.That(() => hl.Player.New("a", "b"), Throws.TypeOf<HlConversionException>().With.Message.EqualTo(
            "new Player expects (name: String), got 2 arguments."));
    }

    [Test]
    public void Member_names_are_those_of_the_program()
    {
        string[] Names(object o) => [.. ((System.Dynamic.IDynamicMetaObjectProvider)o).GetMetaObject(System.Linq.Expressions.Expression.Constant(o)).GetDynamicMemberNames()];
        Assert.That(Names(vm), Does.Contain("Game").And.Contain("Action").And.Contain("com"));
        Assert.That(Names(hl.com), Does.Contain("example"));
        Assert.That(Names(hl.Game), Does.Contain("score").And.Contain("add"));
        Assert.That(Names(hl.Action), Is.EqualTo(new[] { "Idle", "Attack", "Move" }));
    }
}
