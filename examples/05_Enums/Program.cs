using HlDynamic;
using HlDynamic.Runtime;

dynamic hl = HlVm.Load(Path.Combine(AppContext.BaseDirectory, "enums.hl"));

// Values are made by their constructors.
dynamic idle = hl.Action.Idle;
dynamic attack = hl.Action.Attack("cat");
Console.WriteLine($"the robot {hl.Robot.perform(idle)}, then {hl.Robot.perform(attack)}");

// They tell constructor, index and arguments, which bytecode has no names for.
Console.WriteLine($"{attack.Constructor} is number {attack.Index} and has {attack.Count} argument: {attack[0]}");

// In patterns they are tuples of the constructor's name and the arguments.
string Describe(object action) => action switch
{
    ("Attack", string target) => $"beware, {target}",
    ("Move", int x, int y) => $"going to {x}/{y}",
    ("Both", var first, var second) => $"{Describe(first!)}, then {Describe(second!)}",
    HlEnum other => other.Constructor,
    _ => "no action",
};
Console.WriteLine(Describe(attack));
Console.WriteLine(Describe(hl.Robot.plan(3, 4)));

// Equality is that of the arguments.
object a = hl.Action.Move(1, 2), b = hl.Action.Move(1, 2);
Console.WriteLine($"equal: {a.Equals(b)}, the same object: {ReferenceEquals(a, b)}");

// Constructors without arguments are constants of a C# enum with the same names.
hl.Robot.perform(Simple.Idle);
Simple last = hl.Robot.last;
Console.WriteLine($"last: {last}");
Console.WriteLine($"Action has {string.Join(", ", ((HlDynamic.Dynamic.HlEnumClass)hl.Action).Constructors)}");

internal enum Simple
{
    Idle,
}
