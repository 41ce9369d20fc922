using System.Globalization;
using BenchmarkDotNet.Attributes;
using HlDynamic.Runtime;
using NLua;

namespace HlDynamic.Benchmarks;

/// <summary>Texts across the border, each way, for the first time and again; bound delegates bring them there.</summary>
public class TextBenchmarks
{
    private const int Texts = 1000;

    private HlVm vm = null!;
    private string text = null!;
    private readonly string[] read = new string[Texts];
    private string[] written = null!;
    private Func<int, int, int> add = null!;
    private Func<string, int> toHaxe = null!;
    private Func<object, string?, string> choose = null!;
    private object holder = null!;
    private Func<int, int, HlArrayObject> make = null!;
    private LuaFunction lua = null!;
    private LuaTable luaTable = null!;

    /// <summary>In characters.</summary>
    [Params(20, 100)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        vm = Fixtures.Load("CallSites");
        text = new string('y', Length);
        toHaxe = vm.BindStatic<Func<string, int>>("Borders", "lengthOf");
        object subject = vm.New("Subject");
        HlObject.Set(subject, "text", text);
        HlObject.Set(subject, "flag", false);
        choose = vm.BindMethod<Func<object, string?, string>>("Subject", "choose");
        holder = subject;
        // More than a VM keeps the strings of.
        written = [.. Enumerable.Range(0, Texts).Select(i => i.ToString(CultureInfo.InvariantCulture).PadLeft(Length, 'z'))];
        add = vm.BindStatic<Func<int, int, int>>("Subject", "add");
        make = vm.BindStatic<Func<int, int, HlArrayObject>>("Borders", "fresh");
        Lua state = Fixtures.LoadLua();
        lua = (LuaFunction)state["lengthOf"];
        luaTable = (LuaTable)state["subject"];
        luaTable["text"] = text;
        Fixtures.Expect(Length, ToHaxe());
        Fixtures.Expect(text, FromHaxeKnown());
        Fixtures.Expect(text, LuaFrom());
        Fixtures.Expect(Length * Texts, ToHaxeFirst());
        Fixtures.Expect(5, CallAlone());
        Fixtures.Expect(Length, LuaTo());
        FromHaxeFirst();
        Fixtures.Expect(new string('x', Length), read[^1]);
    }

    [GlobalCleanup]
    public void Cleanup() => vm.Dispose();

    /// <summary>A copy of a C# text, which is what conversion cannot do without.</summary>
    [Benchmark]
    public string Copy() => new(text.AsSpan());

    /// <summary>A call with integers: what there is in <see cref="ToHaxe"/> and <see cref="FromHaxeKnown"/> besides the text.</summary>
    [Benchmark]
    public int CallAlone() => add(2, 3);

    [Benchmark]
    public int ToHaxe() => toHaxe(text);

    /// <summary>Texts that have not been passed before, or long ago.</summary>
    [Benchmark(OperationsPerInvoke = Texts)]
    public int ToHaxeFirst()
    {
        int length = 0;
        foreach (string text in written)
            length += toHaxe(text);
        return length;
    }

    [Benchmark]
    public string FromHaxeKnown() => choose(holder, null);

    [Benchmark(OperationsPerInvoke = Texts)]
    public void MakeInHaxe() => make(Texts, Length);

    /// <summary>Less <see cref="MakeInHaxe"/>, the price of the first conversion.</summary>
    [Benchmark(OperationsPerInvoke = Texts)]
    public void FromHaxeFirst()
    {
        HlArrayObject texts = make(Texts, Length);
        for (int i = 0; i < Texts; i++)
            read[i] = (string)texts[i]!;
    }

    [Benchmark]
    public int LuaTo() => (int)(long)lua.Call(text)[0];

    [Benchmark]
    public string LuaFrom() => (string)luaTable["text"];
}
