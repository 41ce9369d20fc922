using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Hosting;

/// <summary>C# methods as Haxe's natives.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class NativesTests(string version)
{
    private static readonly List<object?> Logged = [];

    public sealed record World(string Name);

    public static class GameNatives
    {
        [HlPrimitive("game", "add")]
        public static double Add(int a, double b) => a + b;

        [HlPrimitive("game", "shout")]
        public static string Shout(string text, int times) => string.Concat(Enumerable.Repeat(text.ToUpperInvariant(), times));

        [HlPrimitive("game", "raw")]
        public static string Raw(string text) => text + "!";

        [HlPrimitive("game", "apply")]
        public static int Apply(Func<int, int> function, int value) => function(value);

        [HlPrimitive("game", "range")]
        public static int[] Range(int count) => [.. Enumerable.Range(0, count)];

        [HlPrimitive("game", "total")]
        public static int Total(IReadOnlyList<int> values) => values.Sum();

        [HlPrimitive("game", "world")]
        public static World TheWorld() => new("earth");

        [HlPrimitive("game", "log")]
        public static void Log(object? value) => Logged.Add(value);

        [HlPrimitive("game", "fail")]
        public static void Fail(string message) => throw new InvalidOperationException(message);

        [HlPrimitive("game", "wrong")]
        public static string Wrong(string value) => value;
    }

    private HlVm Load(params Type[] natives) => Fixtures.Load("Natives", version, new HlVmOptions { Natives = natives });

    [Test]
    public void Haxe_calls_them_with_values_converted()
    {
        Logged.Clear();
        using HlVm vm = Load(typeof(GameNatives));
        Assert.That(vm.CallStatic<string>("Natives", "run"), Is.EqualTo("3.5 HEYHEY raw! 15 [0,1,2,3] 11 earth by a native"));
        Assert.That(Logged, Is.EqualTo(new object[] { "logged", 7 }));
    }

    [Test]
    public void One_that_does_not_fit_or_is_not_there_is_an_error_at_the_call()
    {
        using HlVm vm = Load(typeof(GameNatives));
        Assert.That(() => vm.CallStatic("Natives", "runWrong"), Throws.TypeOf<HlLinkException>().With.Message.Contains("GameNatives.Wrong with System.String as parameter 1"));
        Assert.That(() => vm.CallStatic("Natives", "runAbsent"), Throws.TypeOf<HlLinkException>().With.Message.Contains("absent"));
    }

    public static class Hidden
    {
        [HlPrimitive("game", "add")]
        internal static int Add(int a, int b) => a + b;
    }

    [Test]
    public void A_method_that_cannot_be_one_is_refused_at_load()
    {
        Assert.That(() => Load(typeof(Hidden)), Throws.ArgumentException.With.Message.Contains("Hidden.Add"));
        Assert.That(() => Load(typeof(GameNatives), typeof(GameNatives)), Throws.ArgumentException.With.Message.Contains("game.add"));
    }
}
