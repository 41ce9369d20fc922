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
        HashSet<HlOpcode> present = [.. Fixtures.All.SelectMany(file => HlModule.Read(file).Functions).SelectMany(f => f.Instructions.ToArray()).Select(i => i.Opcode)];
        Assert.That(Enum.GetValues<HlOpcode>().Except(present), Is.EquivalentTo(InNoFixture));

        HashSet<HlOpcode> missing = [.. present.Except(JumpedOver)];
        foreach (string file in Fixtures.All)
        {
            // Once all have been seen, the other programs have nothing to add.
            if (missing.Count == 0)
                return;
            missing.ExceptWith(Execute(file));
        }

        Assert.That(missing, Is.Empty);
    }

    private static IEnumerable<HlOpcode> Execute(string file)
    {
        var ended = new TaskCompletionSource();
        using var vm = HlVm.Load(file, new HlVmOptions
        {
            RunEntryPoint = false,
            Coverage = true,
            Output = Stream.Null,
            Error = Stream.Null,
            Input = Stream.Null,
            Exiting = _ => ended.TrySetResult(),
        });
        // A program may end on another thread while main waits for ever.
        var main = new Thread(() =>
        {
            try
            {
                vm.Start();
                ended.TrySetResult();
            }
            catch (HlException)
            {
                // Some fixtures end so.
                ended.TrySetResult();
            }
            catch (Exception e)
            {
                ended.TrySetException(e);
            }
        })
        { IsBackground = true };
        main.Start();
        Assert.That(ended.Task.Wait(TimeSpan.FromMinutes(1)), file);
        return vm.Context.Coverage.Index().Where(c => c.Item).Select(c => (HlOpcode)c.Index);
    }
}
