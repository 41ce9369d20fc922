using BenchmarkDotNet.Attributes;
using NLua;

namespace HlDynamic.Benchmarks;

/// <summary>
/// Functions as values: callbacks into C# from a loop in Haxe, against the same loop in C# that calls a delegate, and
/// closures of Haxe called from C#.
/// </summary>
public class FunctionBenchmarks
{
    private const int Times = 1000;

    private readonly Func<int, int> next = x => (x + 1) & 255;
    private readonly Func<double, double, double> add = (a, b) => a + b;
    private readonly Func<string, string> same = text => text;
    private readonly Func<object, object> nextObject = x => (int)x + 1;
    private HlVm vm = null!;
    private dynamic haxeClosure = null!, plainClosure = null!;
    private Func<int, int> closureDelegate = null!;
    private Func<Func<int, int>, int, int> repeat = null!;
    private Func<Func<double, double, double>, int, double> repeatFloat = null!;
    private Func<Func<string, string>, int, string> repeatText = null!;
    private Func<Func<int, int>, int, int> repeatDynamic = null!;
    private Func<Func<object, object>, int, int> repeatObject = null!;
    private LuaFunction luaRepeat = null!, luaRepeatText = null!, luaCallback = null!, luaSame = null!, luaClosure = null!;

    [GlobalSetup]
    public void Setup()
    {
        vm = Fixtures.Load("CallSites");
        repeat = vm.BindStatic<Func<Func<int, int>, int, int>>("Borders", "repeat");
        repeatFloat = vm.BindStatic<Func<Func<double, double, double>, int, double>>("Borders", "repeatFloat");
        repeatText = vm.BindStatic<Func<Func<string, string>, int, string>>("Borders", "repeatText");
        repeatDynamic = vm.BindStatic<Func<Func<int, int>, int, int>>("Borders", "repeatDynamic");
        repeatObject = vm.BindStatic<Func<Func<object, object>, int, int>>("Borders", "repeatDynamic");
        haxeClosure = ((dynamic)vm).Borders.adder(1);
        closureDelegate = haxeClosure;
        plainClosure = next;
        Lua lua = Fixtures.LoadLua();
        lua["next"] = next;
        lua["same"] = same;
        (luaRepeat, luaRepeatText) = ((LuaFunction)lua["repeatCall"], (LuaFunction)lua["repeatText"]);
        (luaCallback, luaSame) = ((LuaFunction)lua.DoString("return function(x) return next(x) end")[0], (LuaFunction)lua.DoString("return function(x) return same(x) end")[0]);
        luaClosure = (LuaFunction)((LuaFunction)lua["adder"]).Call(1)[0];
        Fixtures.Expect(Times & 255, PlainInt());
        Fixtures.Expect(Times & 255, HaxeInt());
        Fixtures.Expect(Times & 255, HaxeIntAsDynamic());
        Fixtures.Expect(Times, HaxeObject());
        Fixtures.Expect(Times & 255, LuaInt());
        Fixtures.Expect((double)Times, PlainFloat());
        Fixtures.Expect((double)Times, HaxeFloat());
        Fixtures.Expect("a", HaxeText());
        Fixtures.Expect("a", LuaText());
        Fixtures.Expect(4, ClosureDynamic());
        Fixtures.Expect(4, ClosureDelegate());
        Fixtures.Expect(4, ClosureOfPlainDynamic());
        Fixtures.Expect(4, ClosureLua());
    }

    [GlobalCleanup]
    public void Cleanup() => vm.Dispose();

    [Benchmark(OperationsPerInvoke = Times)]
    public int PlainInt() => Repeat(next, Times);

    [Benchmark(OperationsPerInvoke = Times), Versus(nameof(PlainInt))]
    public int HaxeInt() => repeat(next, Times);

    [Benchmark(OperationsPerInvoke = Times), Versus(nameof(PlainInt))]
    public int HaxeIntAsDynamic() => repeatDynamic(next, Times);

    [Benchmark(OperationsPerInvoke = Times), Versus(nameof(PlainInt))]
    public int HaxeObject() => repeatObject(nextObject, Times);

    [Benchmark(OperationsPerInvoke = Times), Versus(nameof(HaxeInt))]
    public int LuaInt() => (int)(long)luaRepeat.Call(luaCallback, Times)[0];

    [Benchmark(OperationsPerInvoke = Times)]
    public double PlainFloat()
    {
        double x = 0;
        for (int i = 0; i < Times; i++)
            x = add(x, 1);
        return x;
    }

    [Benchmark(OperationsPerInvoke = Times), Versus(nameof(PlainFloat))]
    public double HaxeFloat() => repeatFloat(add, Times);

    [Benchmark(OperationsPerInvoke = Times)]
    public string PlainText()
    {
        string x = "a";
        for (int i = 0; i < Times; i++)
            x = same(x);
        return x;
    }

    [Benchmark(OperationsPerInvoke = Times), Versus(nameof(PlainText))]
    public string HaxeText() => repeatText(same, Times);

    [Benchmark(OperationsPerInvoke = Times), Versus(nameof(HaxeText))]
    public string LuaText() => (string)luaRepeatText.Call(luaSame, Times)[0];

    [Benchmark]
    public int ClosureOfPlainDelegate() => next(3);

    [Benchmark, Versus(nameof(ClosureOfPlainDelegate))]
    public int ClosureDelegate() => closureDelegate(3);

    [Benchmark]
    public int ClosureOfPlainDynamic() => plainClosure(3);

    [Benchmark, Versus(nameof(ClosureOfPlainDynamic))]
    public int ClosureDynamic() => haxeClosure(3);

    [Benchmark, Versus(nameof(ClosureDelegate))]
    public int ClosureLua() => (int)(long)luaClosure.Call(3)[0];

    private static int Repeat(Func<int, int> f, int times)
    {
        int x = 0;
        for (int i = 0; i < times; i++)
            x = f(x);
        return x;
    }
}
