using BenchmarkDotNet.Attributes;

namespace HlDynamic.Benchmarks;

/// <summary>
/// A call site at which objects of several classes alternate. C#'s own binder makes a rule for each class, ours one
/// for all once there are several: the table says from which number on that is better.
/// </summary>
public abstract class PolymorphicSiteBenchmarks
{
    private const int Calls = 1000;

    private object[] objects = null!;
    private object? last;

    /// <summary>How many classes alternate.</summary>
    [Params(1, 2, 4, 8, 50)]
    public int Classes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        object[] one = [.. Enumerable.Range(0, Classes).Select(Create)];
        objects = [.. Enumerable.Range(0, Calls).Select(i => one[i % Classes])];
        Call();
        Set();
        foreach ((object o, int i) in one.Select((o, i) => (o, i)))
        {
            dynamic d = o;
            Fixtures.Expect(3 + Offset(i), (int)d.add(3));
            Fixtures.Expect(0, (int)d.value);
        }
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Call()
    {
        foreach (dynamic o in objects)
            o.add(3);
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Get()
    {
        foreach (dynamic o in objects)
            last = o.value;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Set()
    {
        foreach (dynamic o in objects)
            o.value = 0;
    }

    protected abstract object Create(int index);

    protected virtual int Offset(int index) => 0;
}

/// <summary>On Haxe objects.</summary>
public class HaxePolymorphicSite : PolymorphicSiteBenchmarks
{
    private readonly HlVm vm = Fixtures.Load("ManyClasses");

    protected override object Create(int index) => vm.New("Kind" + index);

    protected override int Offset(int index) => index;
}

/// <summary>On C# objects, of classes that are made for the purpose.</summary>
public class PlainPolymorphicSite : PolymorphicSiteBenchmarks, IPlain
{
    protected override object Create(int index)
    {
        Type type = typeof(int);
        for (int i = 0; i < index; i++)
            type = typeof(List<>).MakeGenericType(type);
        return Activator.CreateInstance(typeof(Kind<>).MakeGenericType(type))!;
    }

    /// <summary>A class for each <typeparamref name="T"/>.</summary>
    public class Kind<T> : Kind
    {
        public override int add(int n) => value + n;
    }

    /// <summary>What <c>Kind</c> in <c>ManyClasses.hx</c> is.</summary>
    public class Kind
    {
        public int value;

        public virtual int add(int n) => value - n;
    }
}
