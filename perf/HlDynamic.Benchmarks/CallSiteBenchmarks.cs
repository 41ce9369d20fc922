using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;

namespace HlDynamic.Benchmarks;

/// <summary>
/// A warm C# <c>dynamic</c> call site on a Haxe object, against the same call site on a C# object of the same shape,
/// and against C# without <c>dynamic</c>. All are to allocate nothing, but for the Float, which C# boxes as well.
/// </summary>
[MemoryDiagnoser]
public class CallSiteBenchmarks
{
    private HlVm vm = null!;
    private dynamic game = null!;
    private dynamic haxe = null!;
    private dynamic plain = null!;
    private PlainPlayer typed = null!;
    private dynamic plainGame = null!;

    [GlobalSetup]
    public void Setup()
    {
        vm = Fixtures.Load("hello");
        dynamic hl = vm;
        game = hl.Game;
        haxe = hl.New("Player", "Hero");
        plain = typed = new PlainPlayer("Hero");
        plainGame = new PlainGame();
        foreach (dynamic player in new object[] { haxe, plain })
        {
            player.health = 100;
            player.takeDamage(25);
            Fixtures.Expect(75, player.health);
            Fixtures.Expect(80, player.heal(5));
            Fixtures.Expect("Hero", player.name);
            Fixtures.Expect(true, player.isAlive());
            Fixtures.Expect(120.0, player.scaled(1.5));
            player.health = 100;
        }
        Fixtures.Expect(5, game.add(2, 3));
        Fixtures.Expect(5, plainGame.add(2, 3));
    }

    [GlobalCleanup]
    public void Cleanup() => vm.Dispose();

    [Benchmark(Baseline = true)]
    public void PlainVoidCall() => plain.takeDamage(0);

    [Benchmark]
    public void HaxeVoidCall() => haxe.takeDamage(0);

    [Benchmark]
    public void TypedVoidCall() => typed.takeDamage(0);

    [Benchmark]
    public int PlainIntCall() => plain.heal(0);

    [Benchmark]
    public int HaxeIntCall() => haxe.heal(0);

    [Benchmark]
    public bool PlainBoolCall() => plain.isAlive();

    [Benchmark]
    public bool HaxeBoolCall() => haxe.isAlive();

    [Benchmark]
    public double PlainFloatCall() => plain.scaled(1.5);

    [Benchmark]
    public double HaxeFloatCall() => haxe.scaled(1.5);

    [Benchmark]
    public int PlainGetInt() => plain.health;

    [Benchmark]
    public int HaxeGetInt() => haxe.health;

    [Benchmark]
    public string PlainGetString() => plain.name;

    [Benchmark]
    public string HaxeGetString() => haxe.name;

    [Benchmark]
    public void PlainSetInt() => plain.health = 100;

    [Benchmark]
    public void HaxeSetInt() => haxe.health = 100;

    [Benchmark]
    public int PlainAdd() => plainGame.add(2, 3);

    [Benchmark]
    public int HaxeStaticAdd() => game.add(2, 3);

    /// <summary>What <c>Game</c> in <c>Hello.hx</c> has.</summary>
    public sealed class PlainGame
    {
        public int add(int a, int b) => a + b;
    }

    /// <summary>What <c>Player.hx</c> says, in C#.</summary>
    public sealed class PlainPlayer(string name)
    {
        public string name = name;
        public int health = 100;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void takeDamage(int amount)
        {
            health -= amount;
            if (health < 0)
                health = 0;
        }

        public int heal(int amount)
        {
            health += amount;
            if (health > 100)
                health = 100;
            return health;
        }

        public bool isAlive() => health > 0;

        public double scaled(double factor) => health * factor;
    }
}
