using HlDynamic.Bytecode;
using NUnit.Framework;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;
using static HlDynamic.Tests.Bytecode.SampleModule;

namespace HlDynamic.Tests.Bytecode;

public sealed class HlDisassemblerTests
{
    [Test]
    public void A_function_is_written_for_people()
    {
        var builder = new ModuleBuilder { HasDebug = true };
        builder.Int(-3);
        builder.String("say \"hi\"\n");
        int i32 = builder.Type(HlTypeKind.I32), nothing = builder.Type(HlTypeKind.Void), bytes = builder.Type(HlTypeKind.Bytes);
        int player = builder.Obj("Player", fields: [("health", i32)], prototypes: [("heal", 1, 0)]);
        builder.Function(0, builder.Fun(nothing), [nothing], [Op(HlOpcode.ORet, 0)]);
        byte[][] code =
        [
            Op(HlOpcode.OInt, 2, 0),
            Op(HlOpcode.OJSGte, 1, 2, 2),
            Op(HlOpcode.OField, 2, 0, 0),
            Op(HlOpcode.OCallMethod, 3, 0, 2, 0, 2),
            Op(HlOpcode.OString, 4, 0),
            Op(HlOpcode.OSwitch, 1, 2, 0, 1, 1),
            Op(HlOpcode.OLabel),
            Op(HlOpcode.ORet, 3),
        ];
        byte[] debug = [1, 0, (5 << 3) | 4, (2 << 2) | 2, (1 << 3) | 4, (4 << 2) | 2];
        builder.Function(1, builder.Fun(nothing, player, i32), [player, i32, i32, nothing, bytes], code, debug, ("amount", -1), ("least", 0), ("now", 2));
        HlModule module = builder.Read();

        Assert.That(HlDisassembler.Disassemble(module, module.Functions[1]), Is.EqualTo("""
            Player.heal (void (Player,i32)) function 1
              r0 Player this
              r1 i32 amount
              r2 i32 least, now
              r3 void
              r4 bytes
              ; Main.hx:5
                 0  int             r2:least, -3
                 1  jsgte           r1:amount, r2:least, -> 4
                 2  field           r2:now, r0:this.health
              ; Main.hx:6
                 3  callmethod      r3, Player.heal(r0:this, r2:now)
                 4  string          r4, "say \"hi\"\n"
                 5  switch          r1:amount, 0 -> 6, 1 -> 7, end 7
                 6  label
                 7  ret             r3

            """.ReplaceLineEndings("\n")));
    }

    [TestCaseSource(typeof(SampleModule), nameof(ValidInstructions))]
    public void Every_opcode_can_be_written((HlOpcode Opcode, int[] Operands) use)
    {
        HlModule module = Create([Op(use.Opcode, use.Operands)]).Read();

        Assert.That(HlDisassembler.Disassemble(module, module.Functions[0]), Does.Contain($"0  {HlOpcodes.Get(use.Opcode).Mnemonic}"));
    }

    [TestCaseSource(typeof(Fixtures), nameof(Fixtures.All))]
    public void Every_fixture_can_be_written(string path)
    {
        using var writer = new StringWriter();
        HlDisassembler.Write(HlModule.Read(path), writer);

        Assert.That(writer.ToString(), Does.Contain("$Std.string"));
    }
}
