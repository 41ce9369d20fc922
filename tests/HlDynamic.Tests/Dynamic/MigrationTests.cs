using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>The table of examples/README.md, which tells for each function of HLFFI what is written in C# instead: its lines run here.</summary>
public sealed partial class MigrationTests
{
    [Test]
    public void The_life_of_a_VM()
    {
        string path = Fixtures.Find("Access"), error = "";
        using HlVm vm = HlVm.Load(path, new HlVmOptions { Arguments = ["--fast"], RunEntryPoint = false });
        Assert.That(vm.Module.Functions, Is.Not.Empty);
        vm.Start();
        Assert.That(vm.GetStatic<int>("Hero", "count"), Is.EqualTo(2));
        using HlVm second = HlVm.Load(HlModule.Read(File.ReadAllBytes(path)));
        Assert.That(second.Types, Is.Not.Empty);
        second.Dispose();
        Assert.That(() => second.Types, Throws.TypeOf<HlDisposedException>());
        try { vm.New("Nobody"); } catch (HlException e) { error = $"{e.Code}: {e.Message}"; }
        Assert.That(error, Does.StartWith("MissingMember: There is no type Nobody."));
    }

    [Test]
    public void Types()
    {
        using HlVm vm = Fixtures.Load("Access");
        List<string> names = [];
        HlType hero = vm.FindType("Hero")!;
        Assert.That(hero.Name, Is.EqualTo("Hero"));
        HlTypeKind kind = hero.Kind;
        Assert.That(kind, Is.EqualTo(HlTypeKind.Obj));
        foreach (HlType type in vm.Types) names.Add(type.Name);
        Assert.That(names, Does.Contain("Knight"));
        HlType? super = vm.FindType("Knight")!.Super;
        Assert.That(super, Is.SameAs(hero));
        int fields = hero.GetFields().Count;
        Assert.That(fields, Is.GreaterThan(3));
        string field = hero.GetFields()[0].Name;
        Assert.That(field, Is.EqualTo("name"));
        HlType fieldType = hero.GetFields()[0].Type;
        Assert.That(fieldType.Name, Is.EqualTo("String"));
        int methods = hero.GetMethods().Count;
        Assert.That(methods, Is.GreaterThan(5));
        string method = hero.GetMethods()[0].Name;
        Assert.That(method, Is.Not.Empty);
        bool isCompiled = RuntimeFeature.IsDynamicCodeCompiled;
        Assert.That(isCompiled, Is.True);
    }

    [Test]
    public void Values()
    {
        using HlVm vm = Fixtures.Load("Access");
        dynamic hl = vm;
        object?[] values = [1, 2.5, true, "text", null];
        Assert.That(values.Select(v => (object?)hl.Lab.echo(v)), Is.EqualTo(values));
        values = [];
        Assert.That(values, Is.Empty);
        int i = hl.Lab.number(0);
        Assert.That(i, Is.EqualTo(3));
        double d = hl.Lab.number(1);
        Assert.That(d, Is.EqualTo(2.5));
        string s = hl.Lab.number(2);
        Assert.That(s, Is.EqualTo("text"));
        bool b = hl.Lab.number(3);
        Assert.That(b, Is.True);
        bool isNull = hl.Lab.echo(null) is null;
        Assert.That(isNull, Is.True);
    }

    [Test]
    public void Statics()
    {
        using HlVm vm = Fixtures.Load("Access");
        dynamic hl = vm;
        int count = hl.Hero.count;
        Assert.That(count, Is.EqualTo(vm.GetStatic<int>("Hero", "count")));
        hl.Hero.count = 10;
        Assert.That((int)hl.Hero.count, Is.EqualTo(10));
        string area = hl.Lab.area(3, 4, "m");
        Assert.That(area, Is.EqualTo("12m"));
    }

    [Test]
    public void Objects()
    {
        using HlVm vm = Fixtures.Load("Access");
        dynamic hl = vm;
        dynamic p = hl.New("Hero", "Ann");
        Assert.That((object)p, Is.InstanceOf<HlObject>());
        object? value = p.health;
        Assert.That(value, Is.EqualTo(100));
        p.health = 50;
        Assert.That((int)p.health, Is.EqualTo(50));
        int health = HlObject.TryGet(p, "health", out int h) ? h : -1;
        Assert.That(health, Is.EqualTo(50));
        double asFloat = HlObject.TryGet(p, "health", out double f) ? f : -1;
        Assert.That(asFloat, Is.EqualTo(50.0));
        bool flag = HlObject.TryGet(p, "flag", out bool x) ? x : false;
        Assert.That(flag, Is.False);
        string name = p.name;
        Assert.That(name, Is.EqualTo("Ann"));
        HlObject.Set(p, "health", 60);
        Assert.That((int)p.health, Is.EqualTo(60));
        hl.Lab.floats[0] = 2.5;
        Assert.That((double)hl.Lab.floats[0], Is.EqualTo(2.5));
        hl.Lab.open().flag = true;
        Assert.That((object?)hl.Lab.open().flag, Is.Null);
        p.name = "Bo";
        Assert.That((string)p.title(), Is.EqualTo("Hero Bo"));
        string hit = p.hit(5);
        Assert.That(hit, Is.EqualTo("Bo hit for 5"));
        hl.New("Grid", 2).set(0, 1);
        Assert.That((int)p.health, Is.EqualTo(55));
        int now = p.getHealth();
        Assert.That(now, Is.EqualTo(55));
        double all = hl.Lab.sumAll()(1, 2.5);
        Assert.That(all, Is.EqualTo(3.5));
        bool isAlive = p.isAlive();
        Assert.That(isAlive, Is.True);
        bool isHero = vm.FindType("Hero")!.IsInstanceOf(p);
        Assert.That(isHero, Is.True);
    }

    [Test]
    public void Arrays()
    {
        using HlVm vm = Fixtures.Load("Access");
        dynamic hl = vm;
        hl.Lab.ints = new int[3];
        Assert.That((int)hl.Lab.ints.length, Is.EqualTo(3));
        int length = hl.Lab.ints.length;
        Assert.That(length, Is.EqualTo(3));
        int first = hl.Lab.ints[0];
        Assert.That(first, Is.Zero);
        hl.Lab.ints[0] = 7;
        Assert.That((int)hl.Lab.ints[0], Is.EqualTo(7));
        hl.Lab.ints.push(8);
        Assert.That((int)hl.Lab.total(hl.Lab.ints), Is.EqualTo(15));
        Span<int> span = ((HlArrayObject)hl.Lab.ints).AsSpan<int>();
        Assert.That(span[3], Is.EqualTo(8));
        hl.Lab.heroes = new object[] { hl.New("Hero", "A"), hl.New("Hero", "B") };
        Assert.That((int)hl.Lab.heroes.length, Is.EqualTo(2));
        dynamic element = hl.Lab.heroes[0];
        Assert.That((string)element.name, Is.EqualTo("A"));
        hl.Lab.heroes[1] = element;
        Assert.That((string)hl.Lab.heroes[1].name, Is.EqualTo("A"));
    }

    [Test]
    public void Maps()
    {
        using HlVm vm = Fixtures.Load("Access");
        dynamic hl = vm;
        List<string> names = [];
        hl.Lab.ages = new Dictionary<string, int> { ["Ann"] = 30 };
        Assert.That((int)hl.Lab.ages["Ann"], Is.EqualTo(30));
        hl.Lab.ages["Bob"] = 40;
        Assert.That((bool)hl.Lab.ages.exists("Bob"), Is.True);
        int age = hl.Lab.ages["Bob"];
        Assert.That(age, Is.EqualTo(40));
        bool exists = hl.Lab.ages.exists("Cid");
        Assert.That(exists, Is.False);
        hl.Lab.ages.remove("Bob");
        Assert.That((bool)hl.Lab.ages.exists("Bob"), Is.False);
        foreach (string key in ((HlMapObject)hl.Lab.ages).Keys) names.Add(key);
        Assert.That(names, Does.Contain("Ann"));
        object?[] ages = [.. ((HlMapObject)hl.Lab.ages).Values];
        Assert.That(ages, Is.EqualTo(new object[] { 30 }));
        int size = ((HlMapObject)hl.Lab.ages).Count;
        Assert.That(size, Is.EqualTo(1));
        ((HlMapObject)hl.Lab.ages).Clear();
        Assert.That(((HlMapObject)hl.Lab.ages).Count, Is.Zero);
    }

    [Test]
    public void Bytes()
    {
        using HlVm vm = Fixtures.Load("Access");
        using HlVm other = Fixtures.Load("Values");
        dynamic values = ((dynamic)other).Values;
        values.bytes = new byte[8];
        Assert.That((int)values.bytes.length, Is.EqualTo(8));
        values.bytes = "hello"u8.ToArray();
        Assert.That((string)values.textOf(values.bytes), Is.EqualTo("hello"));
        Span<byte> data = ((HlBytesObject)values.bytes).AsSpan();
        Assert.That(data[0], Is.EqualTo((byte)'h'));
        int size = values.bytes.length;
        Assert.That(size, Is.EqualTo(5));
        data[..2].CopyTo(data[2..]);
        Assert.That((string)values.textOf(values.bytes), Is.EqualTo("heheo"));
        int order = data[..2].SequenceCompareTo(data[2..4]);
        Assert.That(order, Is.Zero);
        string text = Encoding.UTF8.GetString(data);
        Assert.That(text, Is.EqualTo("heheo"));
        byte first = data[0];
        Assert.That(first, Is.EqualTo((byte)'h'));
        data[0] = (byte)'j';
        Assert.That((string)values.textOf(values.bytes), Is.EqualTo("jeheo"));
        data[1..3].Fill((byte)'x');
        Assert.That((string)values.textOf(values.bytes), Is.EqualTo("jxxeo"));
    }

    [Test]
    public void Enums()
    {
        using HlVm vm = Fixtures.Load("Access");
        dynamic hl = vm;
        int constructors = vm.FindType("Weapon")!.GetEnumConstructors().Count;
        Assert.That(constructors, Is.EqualTo(3));
        string constructor = vm.FindType("Weapon")!.GetEnumConstructors()[1].Name;
        Assert.That(constructor, Is.EqualTo("Sword"));
        dynamic fist = hl.Weapon.Fist;
        Assert.That((string)hl.Lab.weaponName(fist), Is.EqualTo("fist"));
        dynamic bow = hl.Weapon.Bow("long", 9.5);
        Assert.That((string)hl.Lab.weaponName(bow), Is.EqualTo("long 9.5"));
        int index = bow.Index;
        Assert.That(index, Is.EqualTo(2));
        string name = bow.Constructor;
        Assert.That(name, Is.EqualTo("Bow"));
        int parameters = bow.Count;
        Assert.That(parameters, Is.EqualTo(2));
        double range = bow[1];
        Assert.That(range, Is.EqualTo(9.5));
        bool isFist = fist.Index == 0;
        Assert.That(isFist, Is.True);
        bool isBow = bow.Constructor == "Bow";
        Assert.That(isBow, Is.True);
    }

    [Test]
    public void Abstracts()
    {
        using HlVm vm = Fixtures.Load("Access");
        HlType? map = vm.Types.FirstOrDefault(t => t.Kind == HlTypeKind.Abstract);
        Assert.That(map, Is.Not.Null);
        string? name = map?.Name;
        Assert.That(name, Is.Not.Empty);
        HlType? found = vm.Types.FirstOrDefault(t => t.Kind == HlTypeKind.Abstract && t.Name == name);
        Assert.That(found, Is.SameAs(map));
        bool isAbstract = vm.TypeOf(new object())!.Kind == HlTypeKind.Abstract;
        Assert.That(isAbstract, Is.True);
        string kind = vm.TypeOf(new object())!.Name;
        Assert.That(kind, Is.EqualTo("host"));
    }

    [Test]
    public void Callbacks()
    {
        using HlVm vm = Fixtures.Load("Access");
        dynamic hl = vm;
        dynamic p = hl.New("Hero", "Ann");
        p.onHit = new Func<int, string>(amount => "ouch " + amount);
        Assert.That((string)p.onHit(3), Is.EqualTo("ouch 3"));
        p.rename((Func<string, string>)(name => name + "!"));
        Assert.That((string)p.name, Is.EqualTo("Ann!"));
        Func<int, string> callback = p.onHit;
        Assert.That(callback(4), Is.EqualTo("ouch 4"));
        p.onHit = null;
        Assert.That((object?)p.onHit, Is.Null);
    }

    [Test]
    public void Exceptions()
    {
        using HlVm vm = Fixtures.Load("Access");
        dynamic hl = vm;
        dynamic p = hl.New("Hero", "Ann");
        HaxeException caught = null!, fault = null!;
        try { hl.Lab.fail("no"); } catch (HaxeException e) { caught = e; }
        Assert.That(caught, Is.Not.Null);
        try { p.rename(null); } catch (HaxeException e) { fault = e; }
        Assert.That(fault, Is.Not.Null);
        string message = caught.Message;
        Assert.That(message, Is.EqualTo("no"));
        string? stack = caught.StackTrace;
        Assert.That(stack, Does.Contain("Access.hx"));
        bool isException = (object)caught is HaxeException;
        Assert.That(isException, Is.True);
    }

    [Test]
    public void Bound_once()
    {
        using HlVm vm = Fixtures.Load("Access");
        object p = vm.New("Hero", "Ann");
        var area = vm.BindStatic<Func<double, double, string>>("Lab", "area");
        Assert.That(area, Is.Not.Null);
        string result = area(3, 4);
        Assert.That(result, Is.EqualTo("12"));
        var getHealth = vm.BindMethod<Func<object, int>>("Hero", "getHealth");
        Assert.That(getHealth, Is.Not.Null);
        int health = getHealth(p);
        Assert.That(health, Is.EqualTo(100));
    }

    [Test]
    public void Every_line_of_the_table_runs_here()
    {
        string here = File.ReadAllText(Path.Combine(Fixtures.Root, "tests", "HlDynamic.Tests", "Dynamic", "MigrationTests.cs"));
        string[] lines = [.. Row().Matches(File.ReadAllText(Path.Combine(Fixtures.Root, "examples", "README.md"))).Select(m => m.Groups[1].Value)];
        Assert.That(lines, Has.Length.GreaterThan(80));
        Assert.That(lines.Where(line => !here.Contains("        " + line, StringComparison.Ordinal)), Is.Empty);
    }

    [GeneratedRegex(@"^\| `hlffi_[^|]*\| `(.*)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
