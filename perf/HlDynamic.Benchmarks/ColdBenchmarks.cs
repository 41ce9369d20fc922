using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace HlDynamic.Benchmarks;

/// <summary>
/// Things done for the first time, each in a process of its own. The process is warm as far as C#'s <c>dynamic</c> goes:
/// it has been used on C# objects for all that follows; and a VM is loaded.
/// </summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 7, warmupCount: 0, iterationCount: 1, invocationCount: 1)]
public class ColdBenchmarks
{
    private dynamic hl = null!, haxe = null!, other = null!;
    private object[] kinds = null!;

    [GlobalSetup]
    public void Setup()
    {
        hl = Fixtures.Load("CallSites");
        haxe = ((HlVm)hl).New("Subject");
        other = Fixtures.Load("ManyClasses");
        kinds = [.. Enumerable.Range(0, 6).Select(i => ((HlVm)other).New("Kind" + i))];
        dynamic plain = new Subject();
        Fixtures.Expect(101, (int)plain.next(1));
        Fixtures.Expect(6, (int)plain.sum3(1, 2, 3));
        plain.number = 5;
        Fixtures.Expect(5, (int)plain.number);
        Fixtures.Expect("a", (string)plain.choose("a"));
    }

    /// <summary>What C# does for a new site on an object of its own.</summary>
    [Benchmark(Baseline = true)]
    public int PlainFurther()
    {
        dynamic plain = new Subject();
        return plain.isMore(3) ? 1 : 0;
    }

    [Benchmark]
    public int FirstCall() => haxe.next(1);

    [Benchmark]
    public int FirstGet() => haxe.number;

    [Benchmark]
    public void FirstSet() => haxe.number = 5;

    [Benchmark]
    public object FirstStatic() => hl.Subject.add(2, 3);

    [Benchmark]
    public object FirstNew() => hl.New("Subject");
}

/// <summary>As <see cref="ColdBenchmarks"/>, once the bridge has been used: further members, further classes.</summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 7, warmupCount: 0, iterationCount: 1, invocationCount: 1)]
public class FurtherBenchmarks
{
    private dynamic hl = null!, haxe = null!;
    private object[] kinds = null!;

    [GlobalSetup]
    public void Setup()
    {
        hl = Fixtures.Load("CallSites");
        haxe = ((HlVm)hl).New("Subject");
        HlVm many = Fixtures.Load("ManyClasses");
        kinds = [.. Enumerable.Range(0, 6).Select(i => many.New("Kind" + i))];
        dynamic plain = new Subject();
        Fixtures.Expect(101, (int)plain.next(1));
        Fixtures.Expect(100, (int)plain.number);
        Fixtures.Expect(101, (int)haxe.next(1));
        Fixtures.Expect(100, (int)haxe.number);
        haxe.number = 100;
        Fixtures.Expect(5, (int)hl.Subject.add(2, 3));
        for (int i = 0; i < Classes; i++)
            Call(kinds[i]);
    }

    /// <summary>How many classes the site has met.</summary>
    [Params(1, 2, 3)]
    public int Classes { get; set; }

    [Benchmark]
    public int NextClass() => Call(kinds[Classes]);

    [Benchmark]
    public int FurtherCall() => haxe.sum3(1, 2, 3);

    [Benchmark]
    public double FurtherGet() => haxe.ratio;

    [Benchmark]
    public void FurtherSet() => haxe.ratio = 2.5;

    [Benchmark]
    public int FurtherStatic() => hl.Subject.shared;

    [Benchmark]
    public int PlainFurtherCall()
    {
        dynamic plain = new Subject();
        return plain.sum3(1, 2, 3);
    }

    private static int Call(dynamic o) => o.add(3);
}
