using System.Text;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Hosting;

[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class HlVmTests(string version)
{
    private HlVm vm = null!;

    [SetUp]
    public void Load() => vm = Fixtures.Load("hello", version);

    [TearDown]
    public void Unload() => vm.Dispose();

    [Test]
    public void Loading_runs_the_program()
    {
        using var output = new MemoryStream();
        using HlVm printing = HlVm.Load(Fixtures.Find(version, "hello"), new HlVmOptions { Output = output });
        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Does.StartWith("Ann has 70 health\n"));
    }

    [Test]
    public void Statics_are_called_read_and_written_by_name()
    {
        Assert.That(vm.CallStatic<int>("Game", "add", 2, 3), Is.EqualTo(5));
        Assert.That(vm.CallStatic("Game", "add", 2, 3), Is.EqualTo(5));
        Assert.That(vm.CallStatic<double>("Game", "add", 2, 3), Is.EqualTo(5.0));
        Assert.That(vm.CallStatic("Game", "addScore", 1), Is.Null);
        vm.SetStatic("Game", "score", 10);
        Assert.That(vm.GetStatic<int>("Game", "score"), Is.EqualTo(10));
        Assert.That(vm.GetStatic("Game", "score"), Is.EqualTo(10));
        Assert.That(vm.GetStatic<string>("Game", "title"), Is.EqualTo("Arena"));
        Assert.That(vm.GetStatic<int>("com.example.Counter", "created"), Is.EqualTo(1));
    }

    [Test]
    public void A_call_stays_right_when_it_becomes_warm()
    {
        for (int i = 0; i < 50; i++)
            Assert.That(vm.CallStatic<int>("Game", "add", i, 1), Is.EqualTo(i + 1));
    }

    [Test]
    public void Objects_are_made_by_name()
    {
        object player = vm.New("Player", "Hero");
        Assert.That(vm.CallStatic<string>("Game", "describe", player), Is.EqualTo("Hero has 100 health"));
    }

    [Test]
    public void A_missing_class_is_named_with_the_nearest_ones()
    {
        Assert.That(() => vm.New("Plaier", "x"), Throws.TypeOf<HlMissingMemberException>().With.Message.EqualTo(
            "There is no type Plaier. Did you mean Player?").And.Property("Code").EqualTo(HlErrorCode.MissingMember));
        Assert.That(() => vm.CallStatic("Game", "ad", 1, 2), Throws.TypeOf<HlMissingMemberException>().With.Property("TypeName").EqualTo("Game")
            .And.Property("MemberName").EqualTo("ad").And.Property("Nearest").EqualTo(new[] { "add" }));
        Assert.That(() => vm.CallStatic("Game", "score"), Throws.TypeOf<HlMissingMemberException>().With.Message.EqualTo("Game.score is Int, which cannot be called."));
    }

    [Test]
    public void Arguments_that_do_not_fit_are_named()
    {
        Assert.That(() => vm.CallStatic("Game", "add", 1), Throws.TypeOf<HlConversionException>().With.Message.EqualTo(
            "Game.add expects (a: Int, b: Int), got 1 argument."));
        Assert.That(() => vm.CallStatic("Game", "add", 1, "2"), Throws.TypeOf<HlConversionException>().With.Message.EqualTo(
            "Game.add expects (a: Int, b: Int), got \"2\" (String) for b."));
        Assert.That(() => vm.GetStatic<int>("Game", "title"), Throws.TypeOf<HlConversionException>().With.Message.EqualTo(
            "Game.title is \"Arena\" (String), which is no System.Int32."));
        Assert.That(() => vm.SetStatic("Game", "score", 1.5), Throws.TypeOf<HlConversionException>().With.Message.EqualTo(
            "Game.score expects Int, got 1.5 (Float)."));
    }

    [Test]
    public void Haxe_exceptions_and_faults_are_Haxe_exceptions()
    {
        Assert.That(() => vm.CallStatic("Game", "fail", "no"), Throws.TypeOf<HaxeException>().With.Message.EqualTo("no"));
        Assert.That(() => vm.CallStatic("Game", "failNull"), Throws.TypeOf<HaxeException>().With.Message.Contains("Null access"));
        Assert.That(() => vm.CallStatic("Game", "failObject", "Ann"), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Player(Ann, 100)"));
    }

    [Test]
    public void Types_are_found_by_name()
    {
        Assert.That(vm.FindType("com.example.Counter")!.Super!.Name, Is.EqualTo("com.example.Base"));
        Assert.That(vm.FindType("Nothing"), Is.Null);
    }

    [Test]
    public void A_program_can_be_started_later()
    {
        using HlVm later = Fixtures.Load("hello", version, new HlVmOptions { RunEntryPoint = false });
        Assert.That(() => later.GetStatic("Game", "score"), Throws.InvalidOperationException.With.Message.Contains("entry point"));
        later.Start();
        Assert.That(later.GetStatic("Game", "score"), Is.EqualTo(7));
        Assert.That(later.Start, Throws.InvalidOperationException);
    }

    [Test]
    public void VMs_share_nothing()
    {
        using HlVm other = Fixtures.Load("hello", version);
        vm.SetStatic("Game", "score", 99);
        Assert.That(other.GetStatic<int>("Game", "score"), Is.EqualTo(7));
    }

    [Test]
    public void A_disposed_VM_says_so()
    {
        vm.Dispose();
        dynamic hl = vm;
        Assert.That(() => vm.New("Player", "x"), Throws.TypeOf<HlDisposedException>().With.Property("Code").EqualTo(HlErrorCode.Disposed));
        Assert.That(() => vm.CallStatic("Game", "add", 1, 2), Throws.TypeOf<HlDisposedException>());
        Assert.That(() => (object)hl.Game, Throws.TypeOf<HlDisposedException>());
        Assert.That(() => vm.FindType("Game"), Throws.TypeOf<HlDisposedException>());
        Assert.That(vm.Start, Throws.TypeOf<HlDisposedException>());
        vm.Dispose();
    }
}
