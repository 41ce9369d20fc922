using HlDynamic;

dynamic hl = HlVm.Load(Path.Combine(AppContext.BaseDirectory, "arena.hl"));

dynamic hero = hl.New("game.Hero", "Ann");
dynamic knight = hl.game.Knight.New("Lot", strength: 9);

// Fields, properties, methods; the overriding method is called.
hero.health = 40;
hero.rank += 2;
Console.WriteLine($"{hero.name} has {hero.health} health and rank {hero.rank}");
Console.WriteLine($"{hero.title()}, {knight.title()}");
knight.hit(10);
Console.WriteLine(knight);

// Objects pass as themselves.
dynamic winner = hl.Arena.duel(hero, knight);
Console.WriteLine($"{winner.title()} wins: {winner == knight}, {ReferenceEquals(winner, knight)}");

// Names that are known only now.
foreach (string name in new[] { "name", "health", "rank" })
    Console.WriteLine($"{name}: {hero[name]}");

// A method keeps its object.
Func<bool> isAlive = knight.isAlive;
Console.WriteLine(isAlive());
