using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>What a program tells of its types.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class ReflectionTests(string version)
{
    private HlVm vm = null!;
    private dynamic hl = null!;
    private HlType hero = null!, knight = null!;

    [OneTimeSetUp]
    public void Load()
    {
        hl = vm = Fixtures.Load("Access", version);
        hero = vm.FindType("Hero")!;
        knight = vm.FindType("Knight")!;
    }

    [OneTimeTearDown]
    public void Unload() => vm.Dispose();

    [Test]
    public void A_class_has_name_package_kind_and_super()
    {
        HlType map = vm.FindType("haxe.ds.StringMap")!;
        Assert.That((map.Name, map.Package, map.Kind, map.Super), Is.EqualTo(("haxe.ds.StringMap", "haxe.ds", HlTypeKind.Obj, (HlType?)null)));
        Assert.That((knight.Package, knight.Super), Is.EqualTo(("", hero)));
    }

    [Test]
    public void A_class_has_fields_own_before_inherited()
    {
        Assert.That(knight.GetFields().Select(f => f.ToString()).Take(3), Is.EqualTo(new[] { "var horse:Hero", "var name:String", "var health:i32" }));
        HlFieldInfo health = knight.GetFields().Single(f => f.Name == "health");
        Assert.That((health.Type.Kind, health.DeclaringType, health.IsStatic), Is.EqualTo((HlTypeKind.I32, hero, false)));
    }

    [Test]
    public void A_class_has_methods_with_named_parameters()
    {
        HlMethodInfo hit = knight.GetMethods().Single(m => m.Name == "hit");
        Assert.That(hit.ToString(), Is.EqualTo("function hit(amount:i32, ?by:String, ?loud:bool):String"));
        Assert.That(hit.DeclaringType, Is.SameAs(hero));
        Assert.That(knight.GetMethods().Single(m => m.Name == "title").DeclaringType, Is.SameAs(knight));
        Assert.That(hero.GetMethods().Select(m => m.Name), Has.No.Member("ride"));
    }

    [Test]
    public void A_class_has_statics()
    {
        HlType lab = vm.FindType("Lab")!;
        Assert.That(hero.GetStaticFields().Select(f => f.Name), Is.EquivalentTo(new[] { "count", "storedMotto" }).Or.EquivalentTo(new[] { "count", "motto", "storedMotto" }));
        Assert.That(lab.GetStaticMethods().Single(m => m.Name == "area").ToString(), Does.StartWith("static function area(width:f64, ?height:"));
        Assert.That(lab.GetStaticFields().Single(f => f.Name == "upper").Type.Kind, Is.EqualTo(HlTypeKind.Fun));
        Assert.That(lab.GetStaticMethods().Single(m => m.Name == "twenty").Parameters, Has.Count.EqualTo(20));
    }

    [Test]
    public void A_class_has_a_constructor_or_inherits_it()
    {
        Assert.That(knight.GetConstructor()!.ToString(), Is.EqualTo("function new(?name:String, ?health:i32):void"));
        Assert.That(vm.FindType("Lab")!.GetConstructor(), Is.Null);
    }

    [Test]
    public void A_class_has_interfaces_by_shape()
    {
        Assert.That(knight.Interfaces.Select(i => string.Join(",", i.GetFields().Select(f => f.Name))), Does.Contain("isAlive"));
    }

    [Test]
    public void An_enum_has_constructors()
    {
        HlType weapon = vm.FindType("Weapon")!;
        Assert.That(weapon.Kind, Is.EqualTo(HlTypeKind.Enum));
        Assert.That(weapon.GetEnumConstructors().Select(c => c.ToString()), Is.EqualTo(new[] { "Fist", "Sword(i32)", "Bow(String, f64)" }));
        Assert.That(weapon.GetEnumConstructors()[2].Index, Is.EqualTo(2));
        Assert.That(hero.GetEnumConstructors(), Is.Empty);
    }

    [Test]
    public void Functions_arrays_and_nulls_tell_what_they_are_made_of()
    {
        HlType upper = vm.FindType("Lab")!.GetStaticFields().Single(f => f.Name == "upper").Type;
        Assert.That(upper.ParameterTypes.Select(t => t.Name), Is.EqualTo(new[] { "String" }));
        Assert.That(upper.ReturnType!.Name, Is.EqualTo("String"));
        HlType ints = vm.FindType("Lab")!.GetStaticFields().Single(f => f.Name == "ints").Type;
        Assert.That(ints.ElementType!.Kind, Is.EqualTo(HlTypeKind.I32));
        Assert.That(hero.ElementType, Is.Null);
        Assert.That(vm.Types.Where(t => t.Kind == HlTypeKind.Null).Select(t => t.ElementType), Has.None.Null);
    }

    [Test]
    public void All_types_are_listed_and_filtered()
    {
        string[] classes = [.. vm.Types.Where(t => t.Kind == HlTypeKind.Obj && t.Package.Length == 0).Select(t => t.Name)];
        Assert.That(classes, Does.Contain("Hero").And.Contain("Knight").And.Contain("Lab"));
        Assert.That(vm.Types.Select(t => t.Kind).Distinct().Count(), Is.GreaterThan(8));
        foreach (HlType type in vm.Types)
            Assert.That(type.GetFields().Count + type.GetMethods().Count + type.GetStaticFields().Count + type.GetStaticMethods().Count
                + type.Interfaces.Count + type.GetEnumConstructors().Count + type.ParameterTypes.Count + type.Name.Length, Is.GreaterThan(0));
    }

    [Test]
    public void Values_are_instances_of_their_types()
    {
        object lot = vm.New("Knight", "Lot"), ann = vm.New("Hero", "Ann");
        Assert.That((hero.IsInstanceOf(lot), knight.IsInstanceOf(lot), knight.IsInstanceOf(ann)), Is.EqualTo((true, true, false)));
        Assert.That(hero.IsInstanceOf((object)hl.Lab.asLiving(lot)), Is.True);
        Assert.That(hero.IsInstanceOf(null), Is.False);
        Assert.That(hero.IsInstanceOf("text"), Is.False);
        Assert.That(vm.FindType("String")!.IsInstanceOf("text"), Is.True);
        Assert.That(vm.FindType("Weapon")!.IsInstanceOf((object)hl.Weapon.Fist), Is.True);
        HlType living = hero.Interfaces[0];
        Assert.That((living.IsInstanceOf(lot), living.IsInstanceOf((object)hl.New("Grid", 1))), Is.EqualTo((true, false)));
        HlType point = vm.TypeOf((object)hl.Lab.point(1, 2))!;
        Assert.That((point.IsInstanceOf((object)hl.Lab.point(3, 4)), point.IsInstanceOf((object)hl.Lab.open())), Is.EqualTo((true, false)));
    }

    [Test]
    public void The_type_of_any_value_is_told()
    {
        Assert.That(vm.TypeOf(vm.New("Knight", "Lot")), Is.SameAs(knight));
        Assert.That(new object[] { 1, 1.5, true, "text", 1L, 1f }.Select(v => vm.TypeOf(v)!.Kind), Is.EqualTo(new[]
        {
            HlTypeKind.I32, HlTypeKind.F64, HlTypeKind.Bool, HlTypeKind.Obj, HlTypeKind.I64, HlTypeKind.F32,
        }));
        Assert.That(vm.TypeOf((object)hl.Lab.upper)!.Kind, Is.EqualTo(HlTypeKind.Fun));
        Assert.That(vm.TypeOf(null), Is.Null);
    }
}
