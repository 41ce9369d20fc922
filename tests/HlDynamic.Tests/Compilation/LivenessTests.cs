using HlDynamic.Bytecode;
using HlDynamic.Compilation;
using NUnit.Framework;
using static HlDynamic.Bytecode.HlOpcode;

namespace HlDynamic.Tests.Compilation;

/// <summary>Which registers are read later.</summary>
public sealed class LivenessTests
{
    // r0 n, r1 i, r2 sum, r3 one
    private static readonly Assembler Loop = new Assembler()
        .Op(OInt, 1, 0)                 // 0
        .Op(OMov, 2, 1)                 // 1
        .Mark("again").Op(OLabel)       // 2
        .Jump(OJSGte, "end", 1, 0)      // 3
        .Op(OMov, 3, 1)                 // 4
        .Op(OAdd, 2, 2, 3)              // 5
        .Op(OIncr, 1)                   // 6
        .Jump(OJAlways, "again")        // 7
        .Mark("end").Op(ORet, 2);       // 8

    [Test]
    public void What_the_next_round_of_a_loop_reads_is_alive_at_its_end()
    {
        Liveness liveness = Of(Loop, 4, 0, 1, 2, 3);

        Assert.Multiple(() =>
        {
            Assert.That(liveness.After(7), Is.EqualTo(0b0111), "n, i and the sum, not what each round writes first");
            Assert.That(liveness.After(4), Is.EqualTo(0b1111));
            Assert.That(liveness.After(3), Is.EqualTo(0b0111), "both ways of the jump");
            Assert.That(liveness.After(0), Is.EqualTo(0b0011), "the sum is written before it is read");
            Assert.That(liveness.After(8), Is.Zero);
        });
    }

    [Test]
    public void Registers_that_are_not_followed_are_never_alive()
    {
        Liveness liveness = Of(Loop, 4, 2, 0);

        Assert.That(liveness.After(7), Is.EqualTo(0b11), "bits in the order of the registers given");
        Assert.That(liveness.After(4), Is.EqualTo(0b11));
        Assert.That(liveness.Written(6), Is.Zero);
    }

    [Test]
    public void Instructions_touch_what_they_read_and_write()
    {
        Liveness liveness = Of(Loop, 4, 0, 1, 2, 3);

        Assert.That(liveness.Written(5), Is.EqualTo(0b0100));
        Assert.That(liveness.Touched(4, 6), Is.EqualTo(0b1110));
        Assert.That(liveness.Touched(3, 3), Is.EqualTo(0b0011));
    }

    [Test]
    public void Each_way_of_a_switch_counts()
    {
        var code = new Assembler()
            .Op(OSwitch, 0, 2, 1, 3, 4)     // 0: to 2, to 4, or on; ends at 5
            .Op(ORet, 1)                    // 1
            .Op(OIncr, 2)                   // 2
            .Op(ORet, 2)                    // 3
            .Op(ORet, 3);                   // 4

        Assert.That(Of(code, 4, 0, 1, 2, 3).After(0), Is.EqualTo(0b1110));
    }

    private static Liveness Of(Assembler code, int registers, params int[] followed)
    {
        var m = new TestModule();
        int function = m.Add(m.I32, [m.I32], [.. Enumerable.Repeat(m.I32, registers - 1)], code.Build());
        m.Builder.Int(0);
        return new Liveness(m.Builder.Read().FindFunction(function)!, followed);
    }
}
