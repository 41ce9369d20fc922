using HlDynamic.Runtime;
using Microsoft.CSharp.RuntimeBinder;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>Haxe objects as C# <c>dynamic</c>.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class ObjectTests(string version)
{
    private HlVm vm = null!;
    private HlVm bridge = null!;
    private dynamic player = null!;
    private dynamic account = null!;

    [OneTimeSetUp]
    public void Load()
    {
        vm = Fixtures.Load("hello", version);
        bridge = Fixtures.Load("Bridge", version);
    }

    [OneTimeTearDown]
    public void Unload()
    {
        vm.Dispose();
        bridge.Dispose();
    }

    [SetUp]
    public void Create()
    {
        player = vm.New("Player", "Hero");
        account = bridge.New("Account", "Ann");
    }

    [Test]
    public void A_method_is_called_and_a_field_read()
    {
        player.takeDamage(25);
        int health = player.health;
        Assert.That(health, Is.EqualTo(75));
    }

    [Test]
    public void A_field_is_written()
    {
        player.health = 12;
        Assert.That((int)player.heal(1), Is.EqualTo(13));
    }

    [Test]
    public void The_value_of_an_assignment_is_what_was_written()
    {
        object written = player.health = (short)7;
        Assert.That(written, Is.EqualTo(7));
    }

    [Test]
    public void Strings_go_in_and_out_as_dotnet_strings()
    {
        object greeting = player.greet("Bob");
        Assert.That(greeting, Is.EqualTo("Hero greets Bob"));
        player.name = "Añil \U0001F600";
        object name = player.name;
        Assert.That(name, Is.EqualTo("Añil \U0001F600"));
    }

    [Test]
    public void A_null_string_is_null()
    {
        account.owner = null;
        Assert.That((object?)account.owner, Is.Null);
    }

    [Test]
    public void Numbers_widen()
    {
        player.takeDamage((byte)1);
        player.takeDamage((short)1);
        player.takeDamage((sbyte)1);
        player.takeDamage((ushort)1);
        Assert.That((int)player.health, Is.EqualTo(96));
        Assert.That((double)player.scaled(2), Is.EqualTo(192.0));
        Assert.That((double)player.scaled(0.5f), Is.EqualTo(48.0));
        Assert.That((long)account.twice(3), Is.EqualTo(6L));
    }

    [Test]
    public void Numbers_narrow_where_nothing_is_lost()
    {
        player.takeDamage(5L);
        player.takeDamage(5u);
        player.takeDamage(5.0);
        player.takeDamage(5m);
        Assert.That((int)player.health, Is.EqualTo(80));
        Assert.That((float)account.half(3.0), Is.EqualTo(1.5f));
    }

    [TestCase(2.5, "Player.takeDamage expects (amount: Int), got 2.5 (Float) for amount.")]
    [TestCase(1L << 40, "Player.takeDamage expects (amount: Int), got 1099511627776 (haxe.Int64) for amount.")]
    [TestCase("5", "Player.takeDamage expects (amount: Int), got \"5\" (String) for amount.")]
    [TestCase(true, "Player.takeDamage expects (amount: Int), got True (Bool) for amount.")]
    [TestCase(null, "Player.takeDamage expects (amount: Int), got null for amount.")]
    public void A_value_that_does_not_fit_is_refused_by_name(object? value, string message)
    {
        dynamic? argument = value;
        Assert.That(() => player.takeDamage(argument), Throws.TypeOf<HlConversionException>().With.Message.EqualTo(message)
            .And.Property("Value").EqualTo(value));
    }

    [Test]
    public void A_value_of_a_known_type_that_does_not_fit_is_refused_by_name()
    {
        Assert.That(() => player.takeDamage("5"), Throws.TypeOf<HlConversionException>().With.Message.EqualTo(
            "Player.takeDamage expects (amount: Int), got \"5\" (String) for amount."));
        Assert.That(() => player.takeDamage(2.5), Throws.TypeOf<HlConversionException>());
        Assert.That(() => account.half(0.1), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void A_field_refuses_what_it_cannot_hold()
    {
        Assert.That(() => player.health = "x", Throws.TypeOf<HlConversionException>().With.Message.EqualTo(
            "Player.health expects Int, got \"x\" (String)."));
        Assert.That(() => account.parent = player, Throws.TypeOf<HlConversionException>().With.Message.EqualTo(
            "Account.parent expects Account, got Player."));
    }

    [Test]
    public void An_object_is_the_same_object_on_both_sides()
    {
        dynamic other = bridge.New("Account");
        account.parent = other;
        Assert.That((object)account.parent, Is.SameAs((object)other));
        Assert.That((bool)account.isSame(account), Is.True);
        Assert.That((bool)account.isSame(other), Is.False);
    }

    [Test]
    public void Optional_arguments_can_be_left_out()
    {
        Assert.That((string)account.describe("a", 2), Is.EqualTo("aa"));
        Assert.That((string)account.describe("a", 2, "!"), Is.EqualTo("aa!"));
        Assert.That((int)account.orDefault(), Is.EqualTo(-1));
        Assert.That((int)account.orDefault(3), Is.EqualTo(3));
        Assert.That((int)account.orDefault(null), Is.EqualTo(-1));
    }

    [Test]
    public void Arguments_can_be_named()
    {
        Assert.That((string)account.describe(times: 2, owner: "b"), Is.EqualTo("bb"));
        Assert.That((string)account.describe("b", suffix: "?", times: 1), Is.EqualTo("b?"));
        Assert.That(() => account.describe("b", time: 1), Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "Account.describe expects (owner: String, times: Int, suffix: String), which has no time"));
    }

    [Test]
    public void Too_few_and_too_many_arguments_are_the_languages_error()
    {
        Assert.That(() => player.takeDamage(), Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "Player.takeDamage expects (amount: Int), got 0 arguments"));
        Assert.That(() => player.takeDamage(1, 2), Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "Player.takeDamage expects (amount: Int), got 2 arguments"));
    }

    [Test]
    public void An_unknown_member_is_the_languages_error_with_the_nearest_names()
    {
        Assert.That(() => player.takeDamages(1), Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "Player has no member takeDamages. Did you mean takeDamage?"));
        Assert.That(() => (object)player.Health, Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "Player has no member Health. Did you mean health?"));
        Assert.That(() => player.helth = 1, Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "Player has no member helth. Did you mean health?"));
        Assert.That(() => player.quantum = 1, Throws.TypeOf<RuntimeBinderException>().With.Message.StartWith("Player has no member quantum. If the Haxe class declares it"));
    }

    [Test]
    public void A_method_cannot_be_assigned()
    {
        Assert.That(() => player.takeDamage = 1, Throws.TypeOf<RuntimeBinderException>().With.Message.EqualTo(
            "Player.takeDamage is a method and cannot be assigned"));
    }

    [Test]
    public void A_method_can_be_taken_as_a_function()
    {
        dynamic hit = player.takeDamage;
        hit(40);
        Assert.That((int)player.health, Is.EqualTo(60));
        Action<int> typed = hit;
        typed(10);
        Assert.That((int)player.health, Is.EqualTo(50));
    }

    [Test]
    public void Properties_go_through_their_accessors()
    {
        account.balance = 2;
        account.balance = 3.5;
        Assert.That((double)account.balance, Is.EqualTo(3.5));
        Assert.That((double)account.doubled, Is.EqualTo(7.0));
        Assert.That((int)account.changes, Is.EqualTo(2));
    }

    [Test]
    public void A_lambda_is_a_function_for_Haxe()
    {
        double seen = 0;
        account.onChange = new Action<double>(value => seen = value);
        account.balance = 1.5;
        Assert.That(seen, Is.EqualTo(1.5));
    }

    [Test]
    public void A_function_in_a_field_is_called()
    {
        Assert.That((string)account.format("n", 3), Is.EqualTo("n3"));
        account.format = new Func<string, int, string>((text, n) => text + "-" + n);
        Assert.That((string)account.format("n", 3), Is.EqualTo("n-3"));
    }

    [Test]
    public void A_dynamic_method_is_called_and_replaced()
    {
        Assert.That((string)account.greet("Bob"), Is.EqualTo("hello Bob"));
        account.greet = new Func<string, string>(name => "bye " + name);
        Assert.That((string)account.greet("Bob"), Is.EqualTo("bye Bob"));
    }

    [Test]
    public void Null_of_int_holds_null_and_numbers()
    {
        Assert.That((object?)account.note, Is.Null);
        account.note = 4;
        Assert.That((object?)account.note, Is.EqualTo(4));
        account.note = null;
        Assert.That((object?)account.note, Is.Null);
        Assert.That(() => account.note = "x", Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void Dynamic_values_arrive_as_Haxe_values()
    {
        Assert.That((string)account.kind("s"), Does.Contain("String"));
        Assert.That((string)account.kind(1), Is.EqualTo("TInt"));
        Assert.That((string)account.kind(1.5), Is.EqualTo("TFloat"));
        Assert.That((string)account.kind(true), Is.EqualTo("TBool"));
        Assert.That((string)account.kind(null), Is.EqualTo("TNull"));
        Assert.That((string)account.kind(account), Does.Contain("Account"));
        account.tag = "tag";
        Assert.That((object)account.tag, Is.EqualTo("tag"));
        Assert.That((object)account.text(5), Is.EqualTo("text 5"));
    }

    [Test]
    public void Small_and_large_numbers_have_fields()
    {
        Assert.That((object)account.single, Is.EqualTo(0.5f));
        Assert.That((object)account.big, Is.EqualTo(5L));
        account.big = long.MaxValue;
        Assert.That((object)account.big, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void Structures_have_their_fields()
    {
        dynamic structure = account.structure();
        Assert.That((int)structure.x, Is.EqualTo(3));
        Assert.That((object)structure.name, Is.EqualTo("three"));
        Assert.That((object?)structure.other, Is.Null);
        structure.x = 4;
        Assert.That((int)structure.x, Is.EqualTo(4));
    }

    [Test]
    public void Dynamic_objects_take_new_fields_and_call_functions()
    {
        dynamic obj = account.anything();
        Assert.That((int)obj.a, Is.EqualTo(1));
        Assert.That((int)obj.add(2, 3), Is.EqualTo(5));
        Assert.That((object?)obj.b, Is.Null);
        obj.b = "new";
        Assert.That((object)obj.b, Is.EqualTo("new"));
    }

    [Test]
    public void A_view_gives_access_to_all_of_the_object_behind_it()
    {
        account.owner = "Zoe";
        dynamic view = account.self();
        Assert.That((string)view.owner, Is.EqualTo("Zoe"));
        Assert.That((string)view.describe("x", 3), Is.EqualTo("xxx"));
        view.owner = "Yan";
        Assert.That((string)account.owner, Is.EqualTo("Yan"));
    }

    [Test]
    public void A_dotnet_object_passes_as_a_structure()
    {
        Assert.That((int)account.sumOf(new { x = 2, y = 3 }), Is.EqualTo(5));
    }

    [Test]
    public void A_reference_is_the_variable_itself()
    {
        int value = 4;
        account.raise(ref value);
        Assert.That(value, Is.EqualTo(5));
    }

    [Test]
    public void Members_of_object_are_there()
    {
        Assert.That((string)player.ToString(), Is.EqualTo("Player(Hero, 100)"));
        Assert.That((bool)player.Equals(player), Is.True);
        Assert.That((int)player.GetHashCode(), Is.EqualTo(((object)player).GetHashCode()));
    }

    [Test]
    public void Access_by_name_does_the_same()
    {
        object obj = player;
        HlObject.Set(obj, "health", 50);
        HlObject.Call(obj, "takeDamage", 5);
        Assert.That(HlObject.Get<int>(obj, "health"), Is.EqualTo(45));
        Assert.That(HlObject.Get<double>(obj, "health"), Is.EqualTo(45.0));
        Assert.That(HlObject.Call<string>(obj, "greet", "Bob"), Is.EqualTo("Hero greets Bob"));
        Assert.That(() => HlObject.Get<int>(obj, "name"), Throws.TypeOf<HlConversionException>().With.Message.EqualTo(
            "Player.name is \"Hero\" (String), which is no System.Int32."));
        Assert.That(() => HlObject.Get<int>(obj, "helth"), Throws.TypeOf<HlMissingMemberException>().With.Property("Nearest").EqualTo(new[] { "health" }));
    }

    [Test]
    public void Haxe_exceptions_come_out()
    {
        dynamic hl = vm;
        Assert.That(() => hl.Game.fail("no"), Throws.TypeOf<HaxeException>().With.Message.EqualTo("no"));
        Assert.That(() => vm.CallStatic("Game", "fail", "no"), Throws.TypeOf<HaxeException>().With.Message.EqualTo("no"));
    }

    [Test]
    public void A_null_access_in_Haxe_is_a_Haxe_exception()
    {
        Assert.That(() => HlObject.Call(account, "fault"), Throws.TypeOf<HaxeException>().With.Message.Contains("Null access"));
        Assert.That(() => account.fault(), Throws.TypeOf<HaxeException>().With.Message.Contains("Null access"));
        Assert.That(() => account.onChange(1.0), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Null access").And.InnerException.TypeOf<NullReferenceException>());
    }
}
