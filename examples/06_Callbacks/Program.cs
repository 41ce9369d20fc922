using HlDynamic;
using HlDynamic.Runtime;

HlVm vm = HlVm.Load(Path.Combine(AppContext.BaseDirectory, "callbacks.hl"), new HlVmOptions { Natives = [typeof(DiceNatives)] });
dynamic hl = vm;

// Lambdas are Haxe functions, with any parameters.
int eleven = hl.App.applyTwice((Func<int, int>)(x => x + 4), 3);
Console.WriteLine(eleven);
string[] shouted = hl.App.map(new[] { "one", "two" }, (Func<string, string>)(s => s.ToUpperInvariant()));
Console.WriteLine(string.Join(" ", shouted));

// A function that Haxe keeps.
dynamic button = hl.New("Button", "OK");
int clicks = 0;
button.onClick = (Action<dynamic, int>)((sender, times) =>
{
    clicks += times;
    Console.WriteLine($"{sender.label} clicked {times} times");
});
button.click(2);
button.click(3);
Console.WriteLine($"{clicks} clicks");

// Haxe functions are functions of C#.
dynamic addTen = hl.App.adder(10);
Console.WriteLine(addTen(5));
Func<int, int> typed = addTen;
Console.WriteLine(typed(6));

// A C# object where Haxe wants an interface.
hl.App.use(new ConsoleLogger("log"));
hl.App.work(2);

// A C# object that Haxe knows nothing of.
var host = new Visitor { Name = "The host" };
Console.WriteLine(hl.App.describe(host));
Console.WriteLine(host.Visits);

// Natives: what Haxe declares with @:hlNative.
Console.WriteLine(hl.App.roll(6));

internal sealed class ConsoleLogger(string prefix)
{
#pragma warning disable IDE1006 // the name is Haxe's
    public void log(string line) => Console.WriteLine($"{prefix}: {line}");
#pragma warning restore IDE1006
}

internal sealed class Visitor
{
    public string Name { get; set; } = "";

    public int Visits { get; set; } = 1;

    public string Greet(string who) => $"hello {who}";
}

/// <summary>The natives of the library "dice".</summary>
public static class DiceNatives
{
    /// <summary>A number that everyone will accept.</summary>
    [HlPrimitive("dice", "roll")]
    public static int Roll(int sides) => sides - 2;

    /// <summary>What to say of it.</summary>
    [HlPrimitive("dice", "comment")]
    public static string Comment(string word) => $"that is {word}";
}
