using System.Dynamic;
using System.Diagnostics;
using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Dynamic;
using HlDynamic.Runtime;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.VisualBasic.CompilerServices;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>Languages other than compiled C#, most of them made by others: VB's late binder, C# scripts, debuggers, and one that binds as PowerShell does.</summary>
public sealed class LanguageTests
{
    private HlVm vm = null!;
    private dynamic hl = null!;
    private object hero = null!;

    public sealed class Globals(object hl)
    {
        public dynamic Hl { get; } = hl;
    }

    [OneTimeSetUp]
    public void Load() => hl = vm = Fixtures.Load("Access");

    [OneTimeTearDown]
    public void Unload() => vm.Dispose();

    [SetUp]
    public void Create() => hero = vm.New("Hero", "Ann", 50);

    [Test]
    public void Visual_Basic_reads_writes_and_calls_whatever_the_case()
    {
        Assert.That(Get(hero, "HEALTH"), Is.EqualTo(50));
        NewLateBinding.LateSet(hero, null!, "Health", [20], null!, null!);
        Assert.That(Get(hero, "health"), Is.EqualTo(20));
        Assert.That(Get(hero, "Level"), Is.EqualTo(4));
        Assert.That(NewLateBinding.LateCall(hero, null!, "HIT", [5], null!, null!, null!, false), Is.EqualTo("Ann hit for 5"));
        Assert.That(NewLateBinding.LateCall(Get(vm, "lab"), null!, "Big", [1, 2], null!, null!, null!, false), Is.EqualTo((1L << 32) + 2));
        Assert.That(NewLateBinding.LateIndexGet(Get(Get(vm, "Lab"), "Ages"), ["Ann"], null!), Is.EqualTo(30));
        NewLateBinding.LateIndexSet(Get(Get(vm, "Lab"), "Ints"), [0, 11], null!);
        Assert.That(NewLateBinding.LateIndexGet(Get(Get(vm, "Lab"), "Ints"), [0], null!), Is.EqualTo(11));
        Assert.That(() => Get(hero, "Helth"), Throws.TypeOf<MissingMemberException>());
    }

    [Test]
    public void Visual_Basic_reads_members_of_a_program_that_can_be_unloaded()
    {
        using HlVm unloadable = Fixtures.Load("Access", options: new HlVmOptions { Unloadable = true });
        object other = unloadable.New("Hero", "Eve", 30), twins = unloadable.New("Twins");
        for (int i = 0; i < 3; i++)
        {
            Assert.That(Get(other, "Health"), Is.EqualTo(30));
            Assert.That(Get(other, "Level"), Is.EqualTo(Get(vm.New("Hero", "Eve", 30), "Level")));
            Assert.That(new TestLanguage(ignoreCase: true).Get(twins, "value"), Is.EqualTo(1));
        }
    }

    [Test]
    public void Visual_Basic_is_told_what_is_ambiguous()
    {
        object twins = vm.New("Twins");
        var exact = new TestLanguage(ignoreCase: true);
        Assert.That((exact.Get(twins, "value"), exact.Get(twins, "Value")), Is.EqualTo((1, 2)));
        Assert.That(() => Get(twins, "VALUE"), Throws.TypeOf<AmbiguousMatchException>().With.Message.Contains("Twins has Value and value"));
    }

    [Test]
    public async Task A_CSharp_script_uses_a_program()
    {
        ScriptOptions options = ScriptOptions.Default.WithReferences(typeof(HlVm).Assembly, typeof(Microsoft.CSharp.RuntimeBinder.Binder).Assembly, typeof(Globals).Assembly);
        int result = await CSharpScript.EvaluateAsync<int>("""
            var hero = Hl.New("Knight", "Lot");
            hero.hit(5, loud: true);
            System.Func<string> title = hero.title;
            Hl.Lab.ints[1] = 7;
            (int)hero.health + title().Length + (int)Hl.Lab.ints[1]
            """, options, new Globals(vm));
        Assert.That(result, Is.EqualTo(95 + "Sir Lot, once Hero Lot".Length + 7));
    }

    [Test]
    public void A_shell_lists_names_without_a_call_site_and_tries_others_blind()
    {
        object open = hl.Lab.open();
        var shell = new TestLanguage(ignoreCase: true);
        foreach (object target in new[] { hero, vm, hl.Hero, hl.Weapon, hl.Weapon.Fist, hl.haxe, open, hl.Lab.point(1, 2), hl.Lab.ints, hl.Lab.ages, hl.Lab.upper, hl.Lab.asLiving(hero) })
        {
            string[] names = NamesOf(target);
            foreach (string name in names)
                Assert.That(CanGet(shell, target, name.ToUpperInvariant()) || name == "New" || target is HlEnumClass, Is.True, $"{target}.{name}");
            Assert.That(() => shell.Get(target, "Nothing"), Throws.TypeOf<MissingMemberException>(), target.ToString());
        }
        foreach (object target in new[] { hero, open, hl.Lab.point(1, 2) })
            foreach (string name in new[] { "Count", "Length" })
                Assert.That(() => shell.Get(target, name), Throws.TypeOf<MissingMemberException>(), $"{target}.{name}");
        Assert.That(shell.Get(open, "FIRST"), Is.EqualTo(1));
        Assert.That(shell.Call(open, "Greet", "Bo"), Is.EqualTo("hi Bo"));
        shell.Set(open, "First", 2);
        Assert.That(shell.Get(open, "first"), Is.EqualTo(2));
        Assert.That(NamesOf(open), Is.EquivalentTo(new[] { "first", "greet" }));
    }

    [Test]
    public void Listing_names_has_no_effects()
    {
        string before = hero.ToString()!;
        Assert.That(NamesOf(hero), Does.Contain("level").And.Contain("hit").And.Contain("name"));
        Assert.That(NamesOf(hl.Hero), Does.Contain("count").And.Contain("motto").And.Contain("New"));
        Assert.That(hero.ToString(), Is.EqualTo(before));
    }

    [Test]
    public void A_debugger_shows_text_and_fields()
    {
        Assert.That(hero.ToString(), Is.EqualTo("Hero Ann (50)"));
        Assert.That(Attribute.GetCustomAttribute(typeof(HlObject), typeof(DebuggerDisplayAttribute)), Has.Property("Value").EqualTo("{ToString(),nq}"));
        Assert.That(Shown(hero), Does.Contain("name=Ann").And.Contain("health=50").And.Contain("experience=40"));
        Assert.That(Shown(hl.Lab.point(1, 2)), Is.EquivalentTo(new[] { "x=1", "y=2" }));
        Assert.That(Shown(hl.Weapon.Bow("long", 2)), Is.EqualTo(new[] { "[0]=long", "[1]=2" }));
        Assert.That(Shown(hl.Lab.asLiving(hero)), Does.Contain("name=Ann"));
    }

    private static bool CanGet(TestLanguage shell, object target, string name)
    {
        try
        {
            shell.Get(target, name);
            return true;
        }
        catch (Exception e) when (e is MissingMemberException or HlConversionException)
        {
            return false;
        }
    }

    private static object Get(object target, string name) =>
        NewLateBinding.LateGet(target, null!, name, [], null!, null!, null!) ?? throw new InvalidOperationException(name + " is null.");

    private static string[] NamesOf(object target) =>
        [.. ((IDynamicMetaObjectProvider)target).GetMetaObject(Expression.Constant("thrown away")).GetDynamicMemberNames()];

    // As a debugger does: the proxy's fields by reflection.
    private static string[] Shown(object target)
    {
        var attribute = (DebuggerTypeProxyAttribute)Attribute.GetCustomAttribute(typeof(HlObject), typeof(DebuggerTypeProxyAttribute))!;
        object proxy = Activator.CreateInstance(Type.GetType(attribute.ProxyTypeName)!, target)!;
        var fields = (Array)proxy.GetType().GetProperty("Fields")!.GetValue(proxy)!;
        return [.. fields.Cast<object>().Select(f => $"{f.GetType().GetProperty("Name")!.GetValue(f)}={f.GetType().GetProperty("Value")!.GetValue(f)}")];
    }
}
