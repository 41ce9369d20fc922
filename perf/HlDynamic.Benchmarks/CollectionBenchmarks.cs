using BenchmarkDotNet.Attributes;
using NLua;

namespace HlDynamic.Benchmarks;

/// <summary>Arrays and maps: through <c>dynamic</c> and as what they are for C#, and Lua's tables.</summary>
public abstract class CollectionBenchmarks
{
    [GlobalSetup]
    public void Setup()
    {
        Prepare();
        Fixtures.Expect(42, GetInt());
        Fixtures.Expect(21.0, GetFloat());
        Fixtures.Expect(true, GetObject() is not null);
        Fixtures.Expect(2, GetText());
        Fixtures.Expect(20, GetNumber());
        SetInt();
        SetText();
        Fixtures.Expect(4950, Sum());
        Fixtures.Expect(100, Count());
    }

    protected abstract void Prepare();

    /// <summary><c>ints[i]</c></summary>
    public abstract int GetInt();

    /// <summary><c>ints[i] = 42</c></summary>
    public abstract void SetInt();

    /// <summary><c>floats[i]</c></summary>
    public abstract double GetFloat();

    /// <summary><c>objects[i]</c></summary>
    public abstract object GetObject();

    /// <summary><c>ints.Count</c>, or <c>length</c></summary>
    public abstract int Count();

    /// <summary><c>names["two"]</c></summary>
    public abstract int GetText();

    /// <summary><c>names["two"] = 2</c></summary>
    public abstract void SetText();

    /// <summary><c>numbers[2]</c></summary>
    public abstract int GetNumber();

    /// <summary>The sum of 100 integers, an element at a time.</summary>
    public abstract int Sum();
}

public abstract class DynamicCollections : CollectionBenchmarks
{
    protected dynamic ints = null!, floats = null!, objects = null!, names = null!, numbers = null!;
    private readonly int index = 42;

    [Benchmark] public override int GetInt() => ints[index];
    [Benchmark] public override void SetInt() => ints[index] = 42;
    [Benchmark] public override double GetFloat() => floats[index];
    [Benchmark] public override object GetObject() => objects[index];
    [Benchmark] public override int Count() => ints.Count;
    [Benchmark] public override int GetText() => names["two"];
    [Benchmark] public override void SetText() => names["two"] = 2;
    [Benchmark] public override int GetNumber() => numbers[2];

    [Benchmark(OperationsPerInvoke = 100)]
    public override int Sum()
    {
        int sum = 0;
        foreach (int i in ints)
            sum += i;
        return sum;
    }
}

/// <summary><c>dynamic</c> on .NET's own collections.</summary>
public class PlainCollections : DynamicCollections, IPlain
{
    protected override void Prepare()
    {
        ints = Enumerable.Range(0, 100).ToList();
        floats = Enumerable.Range(0, 100).Select(i => i * 0.5).ToList();
        objects = Enumerable.Range(0, 100).Select(_ => new Subject()).ToList();
        names = new Dictionary<string, int> { ["one"] = 1, ["two"] = 2, ["three"] = 3 };
        numbers = new Dictionary<int, int> { [1] = 10, [2] = 20, [3] = 30 };
    }
}

/// <summary><c>dynamic</c> on Haxe's.</summary>
public class HaxeCollections : DynamicCollections
{
    protected override void Prepare()
    {
        dynamic hl = Fixtures.Load("CallSites");
        (ints, floats, objects, names, numbers) = (hl.Borders.ints, hl.Borders.floats, hl.Borders.objects, hl.Borders.names, hl.Borders.numbers);
    }
}

/// <summary>Haxe's collections as the interfaces of .NET that they implement, and integers as a span.</summary>
public class TypedCollections : CollectionBenchmarks
{
    private HlArrayView views;

    protected override void Prepare()
    {
        dynamic hl = Fixtures.Load("CallSites");
        views = new HlArrayView(hl.Borders.ints, hl.Borders.floats, hl.Borders.objects, hl.Borders.names, hl.Borders.numbers);
    }

    [Benchmark] public override int GetInt() => views.Ints[42];
    [Benchmark] public override void SetInt() => views.Ints[42] = 42;
    [Benchmark] public override double GetFloat() => views.Floats[42];
    [Benchmark] public override object GetObject() => views.Objects[42];
    [Benchmark] public override int Count() => views.Ints.Count;
    [Benchmark] public override int GetText() => (int)views.Names["two"]!;
    [Benchmark] public override void SetText() => views.Names["two"] = 2;
    [Benchmark] public override int GetNumber() => (int)views.Numbers[2]!;

    [Benchmark(OperationsPerInvoke = 100)]
    public override int Sum()
    {
        int sum = 0;
        foreach (int i in ((Runtime.HlArrayObject)views.Ints).AsSpan<int>())
            sum += i;
        return sum;
    }

    private readonly record struct HlArrayView(IList<int> Ints, IList<double> Floats, IList<object> Objects, IDictionary<string, object?> Names, IDictionary<int, object?> Numbers);
}

/// <summary>Lua's tables, by NLua.</summary>
public class LuaCollections : CollectionBenchmarks
{
    private LuaTable ints = null!, names = null!;

    protected override void Prepare()
    {
        Lua lua = Fixtures.LoadLua();
        (ints, names) = ((LuaTable)lua["ints"], (LuaTable)lua["names"]);
        lua.DoString("floats = {} objects = {} numbers = { 10, 20, 30 } for i = 0, 99 do floats[i] = i * 0.5 objects[i] = Subject.new() end");
        (floats, objects, numbers) = ((LuaTable)lua["floats"], (LuaTable)lua["objects"], (LuaTable)lua["numbers"]);
    }

    private LuaTable floats = null!, objects = null!, numbers = null!;

    [Benchmark] public override int GetInt() => (int)(long)ints[42];
    [Benchmark] public override void SetInt() => ints[42] = 42;
    [Benchmark] public override double GetFloat() => (double)floats[42];

    [Benchmark]
    public override object GetObject()
    {
        var found = (LuaTable)objects[42];
        found.Dispose();
        return found;
    }

    [Benchmark] public override int Count() => ints.Keys.Count;
    [Benchmark] public override int GetText() => (int)(long)names["two"];
    [Benchmark] public override void SetText() => names["two"] = 2;
    [Benchmark] public override int GetNumber() => (int)(long)numbers[2];

    [Benchmark(OperationsPerInvoke = 100)]
    public override int Sum()
    {
        int sum = 0;
        for (int i = 0; i < 100; i++)
            sum += (int)(long)ints[i];
        return sum;
    }
}
