using BenchmarkDotNet.Attributes;

namespace HlDynamic.Benchmarks;

/// <summary>A C# <c>dynamic</c> call site at which objects of several classes alternate, of Haxe and of C#.</summary>
[MemoryDiagnoser]
public class PolymorphicSiteBenchmarks
{
    private const int Calls = 60;

    private static readonly string[] Classes = ["Shape", "Square", "Cube", "Line", "Stick", "Disc"];

    private HlVm vm = null!;
    private object[] haxe = null!;
    private object[] plain = null!;

    /// <summary>How many classes alternate.</summary>
    [Params(1, 2, 3, 4, 6)]
    public int Types { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        vm = Fixtures.Load("Bridge");
        PlainShape[] shapes = [new(), new PlainSquare(), new PlainCube(), new PlainLine(), new PlainStick(), new PlainDisc()];
        haxe = [.. Enumerable.Range(0, Calls).Select(i => vm.New(Classes[i % Types], 1))];
        plain = [.. Enumerable.Range(0, Calls).Select(i => shapes[i % Types])];
        HaxeCalls();
        PlainCalls();
        dynamic first = haxe[0];
        first.scale(3);
        Fixtures.Expect(3, first.size);
        first.size = 1;
    }

    [GlobalCleanup]
    public void Cleanup() => vm.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public void PlainCalls()
    {
        foreach (dynamic shape in plain)
            shape.scale(1);
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public void HaxeCalls()
    {
        foreach (dynamic shape in haxe)
            shape.scale(1);
    }

    public class PlainShape
    {
        public int size = 1;

        public void scale(int factor) => size *= factor;
    }

    public sealed class PlainSquare : PlainShape;

    public sealed class PlainCube : PlainShape;

    public sealed class PlainLine : PlainShape;

    public sealed class PlainStick : PlainShape;

    public sealed class PlainDisc : PlainShape;
}
