using HlDynamic;
using HlDynamic.Runtime;

using HlVm vm = HlVm.Load(Path.Combine(AppContext.BaseDirectory, "arena.hl"));

// By name.
int damage = vm.CallStatic<int>("Rules", "damage", 10, 3);
vm.SetStatic("Rules", "maxHealth", 80);
object lot = vm.New("game.Knight", "Lot");
HlObject.Set(lot, "strength", 11);
Console.WriteLine($"{damage} {vm.GetStatic<int>("Rules", "maxHealth")} {HlObject.Get<int>(lot, "strength")} {HlObject.Call<string>(lot, "title")}");

// Bound once: delegates.
var bound = vm.BindStatic<Func<int, int, int>>("Rules", "damage");
var hit = vm.BindMethod<Func<object, int, int>>("game.Hero", "hit");
var make = vm.BindNew<Func<string, int, object>>("game.Knight");
object kay = make("Kay", 6);
Console.WriteLine($"{bound(10, 4)} {hit(kay, 12)} {HlObject.BindMethod<Func<string>>(kay, "title")()}");

// A C# interface, by shape.
IHero hero = vm.New<IHero>("game.Hero", "Ann", 7);
hero.Rank = 3;
Console.WriteLine($"{hero.Name} {hero.Strength} {hero.Rank} {hero.Hit(5)} {hero.IsAlive()}");
IHero winner = vm.CallStatic<IHero>("Arena", "duel", hero, kay);
Console.WriteLine(winner);

Console.WriteLine(HlObject.TryGet(kay, "mana", out int mana) ? mana : -1);

/// <summary>What the program wants of heroes.</summary>
public interface IHero
{
    string Name { get; }
    int Strength { get; }
    int Rank { get; set; }
    int Hit(int amount);
    bool IsAlive();
}
