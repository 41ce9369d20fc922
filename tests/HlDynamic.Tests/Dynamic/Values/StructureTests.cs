using System.Dynamic;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>Anonymous structures: C# objects can be them, and they can become C# records.</summary>
[TestFixture("4.2.5", false)]
[TestFixture("4.3.6", false)]
[TestFixture("4.2.5", true)]
[TestFixture("4.3.6", true)]
public sealed class StructureTests(string version, bool areUsed) : ValuesFixture(version, areUsed)
{
    public sealed record Size(int Width, double Height);

    public sealed record Person(string Name, string[] Tags, int? Age);

    public sealed class MutableSize
    {
        public int width { get; set; }

        public double height { get; set; }
    }

    private sealed record RecordSize(int width, double height);

    [Test]
    public void A_structure_s_fields_are_members()
    {
        dynamic size = Haxe.makeSize(2, 3.5);
        Assert.That((double)(size.width * size.height), Is.EqualTo(7.0));
        size.width = 4;
        Assert.That((double)Haxe.area(size), Is.EqualTo(14.0));
        Assert.That((object)Haxe.makeSize(1, 1), Is.InstanceOf<HlObject>());
    }

    [Test]
    public void Csharp_objects_are_structures_with_their_properties()
    {
        Assert.That((double)Haxe.area(new { width = 2, height = 1.5 }), Is.EqualTo(3.0));
        Assert.That((double)Haxe.area(new MutableSize { width = 3, height = 2 }), Is.EqualTo(6.0));
        Assert.That((double)Haxe.area(new RecordSize(5, 2)), Is.EqualTo(10.0));
        dynamic bag = new ExpandoObject();
        bag.width = 2;
        bag.height = 4;
        Assert.That((double)Haxe.area(bag), Is.EqualTo(8.0));
        Assert.That((double)Haxe.area(new Dictionary<string, object?> { ["width"] = 1, ["height"] = 9 }), Is.EqualTo(9.0));
    }

    [Test]
    public void Haxe_writes_to_the_csharp_object()
    {
        var size = new MutableSize { width = 3 };
        Haxe.grow(size);
        Assert.That(size.width, Is.EqualTo(6));
    }

    [Test]
    public void Structures_become_records()
    {
        Size size = Haxe.makeSize(2, 3.5);
        Person person = Haxe.person();
        Assert.That(size, Is.EqualTo(new Size(2, 3.5)));
        Assert.That((person.Name, string.Join(",", person.Tags), person.Age), Is.EqualTo(("Ann", "x,y", (int?)null)));
        Assert.That(Vm.CallStatic<MutableSize>("Values", "makeSize", 2, 1).width, Is.EqualTo(2));
        Assert.That(Vm.CallStatic<Size>("Values", "makeSize", 2, 1), Is.EqualTo(new Size(2, 1)));
    }

    [Test]
    public void One_that_lacks_a_field_becomes_none()
    {
        Assert.That(() => { Person person = Haxe.makeSize(1, 1); return person; }, Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void A_callback_gets_structures()
    {
        Assert.That((int)Haxe.callStructure((Func<dynamic, int>)(p => p.x + p.y)), Is.EqualTo(3));
        Assert.That((int)Haxe.callStructure((Func<Point, int>)(p => p.X * 10 + p.Y)), Is.EqualTo(12));
    }

    public sealed record Point(int X, int Y);

    public sealed class Parrot
    {
        public string Word { get; init; } = "hi";

#pragma warning disable IDE1006 // the name is Haxe's
        public string speak(int times) => string.Concat(Enumerable.Repeat(Word, times));
#pragma warning restore IDE1006
    }

    [Test]
    public void A_csharp_object_is_what_Haxe_sees_as_an_interface()
    {
        Assert.That((string)Haxe.speak(new Parrot()), Is.EqualTo("hihi"));
        Assert.That((string)Haxe.speak(new { speak = (Func<int, string>)(n => "n" + n) }), Is.EqualTo("n2"));
    }
}
