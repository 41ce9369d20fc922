using HlDynamic;

dynamic hl = HlVm.Load(Path.Combine(AppContext.BaseDirectory, "arena.hl"));

// Static fields and properties.
hl.Rules.maxHealth += 20;
hl.Rules.speed = 9;
Console.WriteLine($"{hl.Rules.title}: health {hl.Rules.maxHealth}, speed {hl.Rules.speed}");

// Static functions: arguments can be named and left out, arrays written out.
int plain = hl.Rules.damage(10);
int named = hl.Rules.damage(10, weather: hl.Weather.Rain(8));
int sum = hl.Rules.sum(1, 2, 3);
Console.WriteLine($"{plain} {named} {sum}");

// A class is a value, packages lead to it, and functions become delegates.
dynamic knights = hl.game.Knight;
Console.WriteLine($"{knights.New("Kay").title()}, {knights("Bors", 7).strength}");
Func<int, int, int> damage = hl.Rules.damage;
Console.WriteLine(damage(10, 3));
