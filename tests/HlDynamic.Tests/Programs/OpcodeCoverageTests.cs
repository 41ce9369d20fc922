using HlDynamic.Bytecode;
using NUnit.Framework;

namespace HlDynamic.Tests.Programs;

/// <summary>What the compilers emit is executed by the fixtures, opcode by opcode.</summary>
[NonParallelizable]
public sealed class OpcodeCoverageTests
{
    // No compiler emits these; Compilation/*Tests run them from modules built by hand.
    private static readonly HlOpcode[] InNoFixture = [HlOpcode.ONop, HlOpcode.OPrefetch, HlOpcode.OAsm, HlOpcode.OCatch];

    // A compiler with -debug emits it behind a check that always holds: a module built by hand runs it too.
    private static readonly HlOpcode[] JumpedOver = [HlOpcode.OAssert];

    [Test]
    public void Every_opcode_that_a_fixture_holds_is_executed()
    {
        HlModule[] modules = [.. Fixtures.All.Select(HlModule.Read)];
        HashSet<HlOpcode> present = [.. modules.SelectMany(m => m.Functions).SelectMany(f => f.Instructions.ToArray()).Select(i => i.Opcode)];
        Assert.That(Enum.GetValues<HlOpcode>().Except(present), Is.EquivalentTo(InNoFixture));

        HashSet<HlOpcode> missing = [.. present.Except(JumpedOver)];
        foreach (HlModule module in modules)
        {
            // Once all have been seen, the other programs have nothing to add.
            if (missing.Count == 0)
                return;
            missing.ExceptWith(Execute(module));
        }

        Assert.That(missing, Is.Empty);
    }

    private static IEnumerable<HlOpcode> Execute(HlModule module)
    {
        using var vm = HlVm.Load(module, new HlVmOptions { RunEntryPoint = false, Coverage = true, Output = Stream.Null, Error = Stream.Null, Input = Stream.Null });
        try
        {
            vm.Start();
        }
        catch (HlException)
        {
            // Some fixtures end so.
        }

        return vm.Context.Coverage.Index().Where(c => c.Item).Select(c => (HlOpcode)c.Index);
    }
}
