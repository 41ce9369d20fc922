using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>C# objects that Haxe code holds as <c>Dynamic</c>.</summary>
[TestFixture("4.2.5", false)]
[TestFixture("4.3.6", false)]
[TestFixture("4.2.5", true)]
[TestFixture("4.3.6", true)]
public sealed class HostObjectTests(string version, bool areUsed) : ValuesFixture(version, areUsed)
{
    public sealed class Host
    {
        public string Name { get; set; } = "host";

        public int Level = 3;

        public List<int> Numbers { get; } = [];

        public int Add(int a, int b) => a + b;

        public string Add(string a, string b) => a + b;

        public override string ToString() => "Host " + Name;
    }

    private Host host = null!;

    [SetUp]
    public void CreateHost() => host = new Host();

    [Test]
    public void They_are_held_and_given_back()
    {
        Haxe.keep(host);
        Assert.That((object)Haxe.kept, Is.SameAs(host));
        Haxe.items[0].held = host;
        Assert.That((object)Haxe.items[0].held, Is.SameAs(host));
        object list = new List<string>();
        Haxe.keep(list);
        Assert.That((object)Haxe.kept, Is.SameAs(list));
        ((System.Collections.IList)Haxe.anything).Add(host);
        Assert.That((object)Haxe.anything[4], Is.SameAs(host));
    }

    [Test]
    public void Their_members_are_used_by_dynamic_access()
    {
        Assert.That((string)Haxe.nameOf(host), Is.EqualTo("host"));
        Haxe.rename(host, "renamed");
        Assert.That(host.Name, Is.EqualTo("renamed"));
        Assert.That((int)Haxe.callAdd(host, 2, 3), Is.EqualTo(5));
        Assert.That((string)Haxe.nameOf(new { Name = "anonymous" }), Is.EqualTo("anonymous"));
    }

    [Test]
    public void Their_members_are_used_through_Reflect()
    {
        Assert.That((int)Haxe.reflect(host, "Level"), Is.EqualTo(3));
        Haxe.reflectSet(host, "Level", 9);
        Assert.That(host.Level, Is.EqualTo(9));
        Assert.That(Vm.CallStatic<string[]>("Values", "reflectFields", host), Does.Contain("Name").And.Contain("Level"));
        Assert.That(() => Haxe.reflectSet(host, "Level", 1.5), Throws.TypeOf<HaxeException>());
    }

    [Test]
    public void A_member_that_is_not_there_is_a_haxe_exception()
    {
        var error = Assert.Throws<HaxeException>(() => Haxe.nameOf(new object()))!;
        Assert.That(error.Message, Does.Contain("has no member Name"));
    }

    [Test]
    public void Their_text_is_their_own() => Assert.That((string)Haxe.describe(new object[] { host }), Is.EqualTo("1 Host host"));
}
