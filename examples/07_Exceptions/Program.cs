using HlDynamic;
using HlDynamic.Runtime;

dynamic hl = HlVm.Load(Path.Combine(AppContext.BaseDirectory, "exceptions.hl"));

// What Haxe throws is a HaxeException with the value that was thrown.
try
{
    hl.Bank.pay(-5);
}
catch (HaxeException e)
{
    Console.WriteLine($"text: {e.Value}");
}

try
{
    hl.Bank.pay(500);
}
catch (HaxeException e) when (e.Value is HlObject { } thrown && HlObject.Get<int>(thrown, "amount") == 500)
{
    Console.WriteLine($"object: {e.Message}");
    string frame = e.StackTrace!.Split('\n').First(line => line.Contains("Bank.pay"));
    Console.WriteLine($"thrown in line {frame.Split(":line ")[1].Trim()} of Exceptions.hx");
}

// What C# throws is a haxe.Exception in Haxe, and what was thrown when it comes out again.
Console.WriteLine(hl.Bank.attempt((Action)(() => throw new InvalidOperationException("by C#"))));
Console.WriteLine(hl.Bank.attempt((Action)(() => hl.Bank.pay(1000))));
var mine = new TimeoutException("too late");
try
{
    hl.Bank.call((Action)(() => throw mine));
}
catch (TimeoutException e)
{
    Console.WriteLine($"the same exception: {ReferenceEquals(e, mine)}");
}

// Faults in Haxe code, such as a null access, are exceptions too.
try
{
    hl.Bank.lengthOf(null);
}
catch (HaxeException e)
{
    Console.WriteLine($"fault: {e.Message}");
}

// A wrong argument says what was expected and what was given.
try
{
    hl.Bank.pay("ten");
}
catch (HlConversionException e)
{
    Console.WriteLine(e.Message);
}
