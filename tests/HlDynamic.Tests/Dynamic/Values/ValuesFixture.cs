using HlDynamic.Dynamic;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>A VM with the program of haxe/fixtures/Values.hx, anew for each test; each topic is tested with both compilers.</summary>
public abstract class ValuesFixture(string version, bool areUsed = false)
{
    private protected string Version => version;

    private protected HlVm Vm { get; private set; } = null!;

    /// <summary>The class <c>Values</c>, whose statics are named after what they are or do.</summary>
    private protected dynamic Haxe { get; private set; } = null!;

    [SetUp]
    public void LoadValues()
    {
        Vm = UsedMembers.Mark(Fixtures.Load("Values", version), areUsed);
        dynamic hl = Vm;
        Haxe = hl.Values;
    }

    [TearDown]
    public void DisposeValues() => Vm.Dispose();

    /// <summary>A static field, read by name.</summary>
    private protected object? ByName(string name) => Vm.GetStatic("Values", name);
}
