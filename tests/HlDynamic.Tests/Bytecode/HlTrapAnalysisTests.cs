using HlDynamic.Bytecode;
using NUnit.Framework;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;
using static HlDynamic.Tests.Bytecode.SampleModule;

namespace HlDynamic.Tests.Bytecode;

public sealed class HlTrapAnalysisTests
{
    private const int None = HlTrapAnalysis.None;

    [Test]
    public void Nested_traps_are_followed()
    {
        byte[][] code =
        [
            Op(HlOpcode.OTrap, Dyn, 6),     // 0: to 7
            Op(HlOpcode.OTrap, Dyn, 2),     // 1: to 4
            Op(HlOpcode.OEndTrap, 1),       // 2
            Op(HlOpcode.OJAlways, 1),       // 3: to 5
            Op(HlOpcode.OLabel),            // 4
            Op(HlOpcode.OEndTrap, 1),       // 5
            Op(HlOpcode.OJAlways, 0),       // 6: to 7
        ];

        Assert.That(Stacks(code), Is.EqualTo(new[] { None, 0, 1, 0, 0, 0, None, None }));
    }

    [Test]
    public void A_trap_may_end_early_and_a_function_may_return_after_that()
    {
        byte[][] code =
        [
            Op(HlOpcode.OTrap, Dyn, 5),     // 0: to 6
            Op(HlOpcode.OJTrue, Bool, 2),   // 1: to 4
            Op(HlOpcode.OEndTrap, 0),       // 2
            Op(HlOpcode.ORet, Nothing),        // 3
            Op(HlOpcode.OEndTrap, 1),       // 4
            Op(HlOpcode.ONop),              // 5
        ];

        Assert.That(Stacks(code), Is.EqualTo(new[] { None, 0, 0, None, 0, None, None }));
    }

    [Test]
    public void What_is_never_reached_is_told()
    {
        byte[][] code = [Op(HlOpcode.OJAlways, 1), Op(HlOpcode.OEndTrap, 0)];

        Assert.That(Stacks(code), Is.EqualTo(new[] { None, HlTrapAnalysis.Unreachable, None }));
    }

    private static readonly (string Name, byte[][] Code, string Reason)[] Refused =
    [
        ("an end without a trap", [Op(HlOpcode.OEndTrap, 1)], "instruction 0 oendtrap: there is no trap to end"),
        ("a handler before its trap", [Op(HlOpcode.ONop), Op(HlOpcode.OTrap, Dyn, -2)], "instruction 1 otrap: its handler is before it"),
        ("two stacks at one instruction",
            [Op(HlOpcode.OTrap, Dyn, 1), Op(HlOpcode.OJAlways, 0)],
            "instruction 1 ojalways: instruction 2 is reached inside different traps"),
        ("a trap that is not closed", [Op(HlOpcode.OTrap, Dyn, 0)], "instruction 0 otrap: instruction 1 is reached inside different traps"),
        ("a return inside a trap",
            [Op(HlOpcode.OTrap, Dyn, 1), Op(HlOpcode.ORet, Nothing)],
            "instruction 1 oret: it returns inside the trap of instruction 0"),
        ("a jump out of a trap that stays active",
            [Op(HlOpcode.OTrap, Dyn, 1), Op(HlOpcode.OJAlways, 1), Op(HlOpcode.ORet, Nothing), Op(HlOpcode.OEndTrap, 1)],
            "instruction 3 oendtrap: the trap of instruction 0 is active outside its range"),
        ("a jump into the range of a trap",
            [Op(HlOpcode.OJTrue, Bool, 2), Op(HlOpcode.OTrap, Dyn, 2), Op(HlOpcode.OEndTrap, 1), Op(HlOpcode.ORet, Nothing)],
            "instruction 0 ojtrue: it jumps into the trap of instruction 1"),
        ("a switch into the range of a trap",
            [Op(HlOpcode.OSwitch, I32, 1, 2, 0), Op(HlOpcode.OTrap, Dyn, 2), Op(HlOpcode.OEndTrap, 1), Op(HlOpcode.ORet, Nothing)],
            "instruction 0 oswitch: it jumps into the trap of instruction 1"),
        ("ranges that overlap",
            [Op(HlOpcode.OTrap, Dyn, 3), Op(HlOpcode.OEndTrap, 1), Op(HlOpcode.OTrap, Dyn, 2), Op(HlOpcode.OEndTrap, 1), Op(HlOpcode.ONop)],
            "instruction 2 otrap: its range reaches past that of the trap of instruction 0"),
    ];

    [TestCaseSource(nameof(Refused))]
    public void Traps_that_do_not_nest_are_refused((string Name, byte[][] Code, string Reason) use)
    {
        var error = Assert.Throws<HlBytecodeException>(() => Create(use.Code).Read());

        Assert.That(error!.Reason, Is.EqualTo($"function 0 (Player.test), {use.Reason}"));
    }

    [TestCaseSource(typeof(Fixtures), nameof(Fixtures.All))]
    public void Each_trap_of_the_fixtures_is_active_after_its_start(string path)
    {
        foreach (HlFunctionDef function in HlModule.Read(path).Functions)
        {
            int[] stacks = HlTrapAnalysis.ComputeTrapStacks(function);
            for (int i = 0; i < stacks.Length; i++)
            {
                if (function.Instructions[i].Opcode == HlOpcode.OTrap && stacks[i] != HlTrapAnalysis.Unreachable)
                    Assert.That(stacks[i + 1], Is.EqualTo(i), $"{function}");
            }
        }
    }

    private static int[] Stacks(byte[][] code) => HlTrapAnalysis.ComputeTrapStacks(Create(code).Read().Functions[0]);
}
