using HlDynamic;

dynamic hl = HlVm.Load(Path.Combine(AppContext.BaseDirectory, "hello.hl"));

dynamic p = hl.New("Player", "Hero");
p.takeDamage(25);
Console.WriteLine($"{p.name} has {p.health} health");
