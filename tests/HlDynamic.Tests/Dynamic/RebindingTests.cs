using System.Linq.Expressions;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>
/// A rule that does not hold for the objects it was made for would be made again at every use. So: everything that can
/// be done, with everything there is, several times; the language is asked once.
/// </summary>
public sealed class RebindingTests
{
    private static readonly HlVm Vm = Fixtures.Load("Access");
    private static readonly HlVm Used = UsedMembers.Mark(Fixtures.Load("Access"), true);
    private static readonly HlVm Unloadable = Fixtures.Load("Access", options: new HlVmOptions { Unloadable = true });

    private static readonly Dictionary<string, Func<dynamic, object>> Targets = new()
    {
        ["VM"] = hl => hl,
        ["class"] = hl => hl.Hero,
        ["enum"] = hl => hl.Weapon,
        ["enum value"] = hl => hl.Weapon.Sword(3),
        ["package"] = hl => hl.haxe,
        ["object"] = hl => hl.New("Hero", "Ann"),
        ["derived object"] = hl => hl.New("Knight", "Lot"),
        ["object with an order"] = hl => hl.New("Money", 3),
        ["view"] = hl => hl.Lab.asLiving(hl.New("Hero", "Ann")),
        ["structure"] = hl => hl.Lab.point(1, 2),
        ["record"] = hl => hl.Lab.record(),
        ["dynamic object"] = hl => hl.Lab.open(),
        ["array of Int"] = hl => hl.Lab.ints,
        ["array of String"] = hl => hl.Lab.texts,
        ["map"] = hl => hl.Lab.ages,
        ["function"] = hl => hl.Lab.upper,
        ["function of anything"] = hl => hl.Lab.sumAll(),
    };

    private static readonly Dictionary<string, Action<TestLanguage, object>> Uses = new()
    {
        ["get a field"] = (l, o) => l.Get(o, "health"),
        ["get a property"] = (l, o) => l.Get(o, "level"),
        ["get a method"] = (l, o) => l.Get(o, "title"),
        ["get a static"] = (l, o) => l.Get(o, "count"),
        ["get a class"] = (l, o) => l.Get(o, "Hero"),
        ["get a constructor"] = (l, o) => l.Get(o, "Fist"),
        ["get x"] = (l, o) => l.Get(o, "x"),
        ["get nothing"] = (l, o) => l.Get(o, "nothing"),
        ["set a field"] = (l, o) => l.Set(o, "health", 5),
        ["set x"] = (l, o) => l.Set(o, "x", 5),
        ["set a method"] = (l, o) => l.Set(o, "title", 5),
        ["set nothing"] = (l, o) => l.Set(o, "nothing", 5),
        ["call a method"] = (l, o) => l.Call(o, "hit", 5),
        ["call with wrong arguments"] = (l, o) => l.Call(o, "title", 5),
        ["call a static"] = (l, o) => l.Call(o, "make", "Bo"),
        ["call New"] = (l, o) => l.Call(o, "New", "Bo"),
        ["call a class"] = (l, o) => l.Call(o, "Hero", "Bo"),
        ["call a constructor"] = (l, o) => l.Call(o, "Sword", 1),
        ["call greet"] = (l, o) => l.Call(o, "greet", "Bo"),
        ["call nothing"] = (l, o) => l.Call(o, "nothing", 1),
        ["call ToString"] = (l, o) => l.Call(o, "Equals", 1),
        ["invoke"] = (l, o) => l.Invoke(o, "text"),
        ["index by number"] = (l, o) => l.GetIndex(o, 0),
        ["index by text"] = (l, o) => l.GetIndex(o, "health"),
        ["set by number"] = (l, o) => l.SetIndex(o, 0, 1),
        ["set by text"] = (l, o) => l.SetIndex(o, "x", 1),
        ["compare"] = (l, o) => l.Operate(o, ExpressionType.Equal, o),
        ["compare with null"] = (l, o) => l.Operate(o, ExpressionType.NotEqual, null),
        ["order"] = (l, o) => l.Operate(o, ExpressionType.LessThan, o),
        ["add"] = (l, o) => l.Operate(o, ExpressionType.Add, 1),
        ["convert to a delegate"] = (l, o) => l.Convert<Func<string, object>>(o),
        ["convert to an interface"] = (l, o) => l.Convert<ITitled>(o),
        ["convert to a string"] = (l, o) => l.Convert<string>(o),
        ["convert to a number"] = (l, o) => l.Convert<int>(o),
    };

    public interface ITitled
    {
        string Title();
    }

    [OneTimeTearDown]
    public void Unload()
    {
        Vm.Dispose();
        Used.Dispose();
        Unloadable.Dispose();
    }

    private static IEnumerable<string> UseNames => Uses.Keys;

    [TestCaseSource(nameof(UseNames))]
    public void Each_use_binds_once_for_each_target(string use)
    {
        Assert.Multiple(() =>
        {
            foreach ((string name, Func<dynamic, object> make) in Targets)
                foreach ((string kind, HlVm vm) in new[] { ("", Vm), (", used", Used), (", unloadable", Unloadable) })
                    Assert.That(CountBinds(use, make, vm, ignoreCase: false), Is.EqualTo(1), $"{use}: {name}{kind}");
        });
    }

    [TestCaseSource(nameof(UseNames))]
    public void Each_use_binds_once_for_each_target_where_case_does_not_count(string use)
    {
        Assert.Multiple(() =>
        {
            foreach ((string name, Func<dynamic, object> make) in Targets)
                Assert.That(CountBinds(use, make, Vm, ignoreCase: true), Is.EqualTo(1), $"{use}: {name}");
        });
    }

    private static int CountBinds(string use, Func<dynamic, object> make, HlVm vm, bool ignoreCase)
    {
        var language = new TestLanguage(ignoreCase);
        object target = make(vm);
        for (int i = 0; i < 4; i++)
            Try(language, use, target);
        return language.Binds;
    }

    private static void Try(TestLanguage language, string use, object target)
    {
        try
        {
            Uses[use](language, target);
        }
        catch (Exception e) when (e is MissingMemberException or HlException or Microsoft.CSharp.RuntimeBinder.RuntimeBinderException or System.Reflection.AmbiguousMatchException)
        {
        }
    }
}
