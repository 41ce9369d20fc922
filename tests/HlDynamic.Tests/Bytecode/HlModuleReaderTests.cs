using HlDynamic.Bytecode;
using NUnit.Framework;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Bytecode;

public sealed class HlModuleReaderTests
{
    private static byte[][] NoCode => [];

    [TestCaseSource(typeof(Fixtures), nameof(Fixtures.All))]
    public void Every_fixture_reads(string path)
    {
        HlModule module = HlModule.Read(path);

        Assert.That(module.Functions, Is.Not.Empty);
        Assert.That(module.FindFunction(module.EntryPoint)!.DisplayName, Is.EqualTo(".init"));
    }

    [Test]
    public void Every_version_reads([Range(2, 6)] int version, [Values] bool hasDebug)
    {
        var sample = new ModuleBuilder { Version = version, HasDebug = hasDebug };
        int nothing = sample.Type(HlTypeKind.Void), i32 = sample.Type(HlTypeKind.I32);
        sample.Int(7);
        sample.Function(0, sample.Fun(nothing), [i32, nothing], [Op(HlOpcode.OInt, 0, 0), Op(HlOpcode.ORet, 1)], null, ("amount", 0));

        HlModule module = sample.Read();

        Assert.That(module.Version, Is.EqualTo(version));
        Assert.That(module.Ints, Is.EqualTo(new[] { 7 }));
        Assert.That(module.Functions[0].GetPosition(1), Is.EqualTo(hasDebug ? (0, 2) : (-1, 0)));
        Assert.That(module.Functions[0].Assigns, hasDebug && version >= 3
            ? Is.EqualTo(new[] { new HlAssignDef("amount", 0, version >= 6 ? 1 : -1) })
            : Is.Empty);
    }

    [Test]
    public void Pools_are_read()
    {
        ModuleBuilder builder = SampleModule.Create(NoCode);
        builder.Int(int.MinValue);
        builder.Float(double.NegativeInfinity);
        builder.String("žluťoučký 😀");
        builder.RawString(0xed, 0xa0, 0xbd);
        builder.RawString((byte)'a', 0xff, 0xc3, (byte)'b');
        builder.Bytes();
        builder.Bytes(9);

        HlModule module = builder.Read();

        Assert.That(module.Ints, Is.EqualTo(new[] { 42, int.MinValue }));
        Assert.That(module.Floats, Is.EqualTo(new[] { 2.5, double.NegativeInfinity }));
        Assert.That(module.Strings.TakeLast(3), Is.EqualTo(new[] { "žluťoučký 😀", "\ud83d", "a\ufffd\ufffdb" }));
        Assert.That(module.ByteConstants.Select(b => b.ToArray()), Is.EqualTo(new byte[][] { [1, 2, 3], [], [9] }));
    }

    [Test]
    public void Before_version_5_byte_constants_are_the_strings()
    {
        ModuleBuilder builder = Minimal();
        builder.Version = 4;
        builder.String("ab");

        HlModule module = builder.Read();

        Assert.That(module.ByteConstants[^1].ToArray(), Is.EqualTo("ab\0"u8.ToArray()));
    }

    [Test]
    public void Types_of_every_kind_are_read()
    {
        HlModule module = SampleModule.Create(NoCode).Read();

        HlObjectTypeDef player = module.Types.OfType<HlObjectTypeDef>().First();
        HlEnumTypeDef action = module.Types.OfType<HlEnumTypeDef>().Single();
        HlVirtualTypeDef view = module.Types.OfType<HlVirtualTypeDef>().Single();
        Assert.Multiple(() =>
        {
            Assert.That(player.Name, Is.EqualTo("Player"));
            Assert.That(player.Fields.Single().Name, Is.EqualTo("health"));
            Assert.That(player.VirtualCount, Is.EqualTo(1));
            Assert.That(player.FindVirtual(0), Is.EqualTo(new HlPrototypeDef("test", 0, 0)));
            Assert.That(action.Constructors.Select(c => c.Name), Is.EqualTo(new[] { "Idle", "Attack" }));
            Assert.That(action.Constructors[1].Parameters.Single().Kind, Is.EqualTo(HlTypeKind.I32));
            Assert.That(view.Fields.Select(f => f.Name), Is.EqualTo(new[] { "health", "heal" }));
            Assert.That(module.Types.OfType<HlAbstractTypeDef>().Single().Name, Is.EqualTo("handle"));
            Assert.That(module.Types.OfType<HlWrapperTypeDef>().Select(w => w.Inner.Kind), Is.All.EqualTo(HlTypeKind.I32));
            Assert.That(module.Natives.Single(), Is.EqualTo(new HlNativeDef(3, "std", "abs", module.Natives[0].Type, true)));
        });
    }

    [TestCaseSource(typeof(SampleModule), nameof(SampleModule.ValidInstructions))]
    public void Every_opcode_is_read((HlOpcode Opcode, int[] Operands) use)
    {
        HlFunctionDef function = SampleModule.Create([Op(use.Opcode, use.Operands)]).Read().Functions[0];

        HlInstruction instruction = function.Instructions[0];
        HlOpcodeInfo shape = HlOpcodes.Get(use.Opcode);
        Assert.That(instruction.Opcode, Is.EqualTo(use.Opcode));
        int[] fixedOperands = [instruction.A, instruction.B, instruction.C, instruction.D];
        int fixedCount = use.Opcode == HlOpcode.OSwitch ? 1 : shape.Operands.Length;
        Assert.That(fixedOperands.Take(fixedCount), Is.EqualTo(use.Operands.Take(fixedCount)));
        int[] rest = [.. use.Operands.Skip(shape.Arguments < 0 || use.Opcode == HlOpcode.OSwitch ? fixedCount + 1 : fixedCount)];
        Assert.That(function.Arguments(instruction).ToArray(), Is.EqualTo(use.Opcode == HlOpcode.OSwitch ? rest[..^1] : rest));
    }

    [Test]
    public void Numbers_have_one_two_or_four_bytes([Values(0, 0x7f, 0x80, 0x1fff, 0x2000, 0x1fffffff, -1, -0x1fff, -0x2000)] int value)
    {
        var reader = new ByteReader(Indexes(value), "test");

        Assert.That(reader.ReadIndex(), Is.EqualTo(value));
        Assert.That(reader.Remaining, Is.Zero);
    }

    [Test]
    public void Positions_are_read_in_each_encoding()
    {
        var builder = new ModuleBuilder { HasDebug = true, DebugFiles = { "Other.hx" } };
        int nothing = builder.Type(HlTypeKind.Void);
        byte[][] code = [.. Enumerable.Repeat(Op(HlOpcode.ONop), 6), Op(HlOpcode.ORet, 0)];
        byte[] debug =
        [
            1, 0,                                        // file 0
            1000 << 3 & 0xff, 1000 >> 5 & 0xff, 1000 >> 13,  // line 1000
            (2 << 3) | 4,                                // two lines on
            (3 << 6) | (2 << 2) | 2,                     // two more on this line, then three lines on
            1, 1,                                        // file 1
            (3 << 2) | 2,                                // three on this line
        ];
        builder.Function(0, builder.Fun(nothing), [nothing], code, debug);

        HlFunctionDef function = builder.Read().Functions[0];

        Assert.That(Enumerable.Range(0, 7).Select(function.GetPosition), Is.EqualTo(new[]
        {
            (0, 1000), (0, 1002), (0, 1002), (0, 1002), (1, 1005), (1, 1005), (1, 1005),
        }));
    }

    [Test]
    public void Constants_are_read()
    {
        ModuleBuilder builder = SampleModule.Create(NoCode);
        int global = builder.Global(builder.Obj("String", fields: [("bytes", builder.Type(HlTypeKind.Bytes)), ("length", builder.Type(HlTypeKind.I32))]));
        builder.Constant(global, 0, 0);

        HlConstantDef constant = builder.Read().Constants.Single();

        Assert.That((constant.GlobalIndex, constant.Fields[0], constant.Fields[1]), Is.EqualTo((global, 0, 0)));
    }

    [Test]
    public void A_part_of_a_larger_buffer_is_read()
    {
        byte[] file = Minimal().Build();
        byte[] buffer = [1, 2, 3, .. file, 4, 5];

        Assert.That(HlModule.Read(buffer.AsMemory(3, file.Length)).Size, Is.EqualTo(file.Length));
    }

    [Test]
    public void Every_truncation_is_refused()
    {
        byte[] file = Minimal().Build();

        for (int length = 0; length < file.Length; length++)
            Assert.That(() => HlModule.Read(file.AsMemory(0, length)), Throws.TypeOf<HlBytecodeException>(), $"length {length}");
    }

    [TestCase(new byte[0], 0, "header: this is not HashLink bytecode, which starts with HLB")]
    [TestCase(new byte[] { 0x4d, 0x5a, 0x90, 0 }, 0, "header: this is not HashLink bytecode, which starts with HLB")]
    [TestCase(new byte[] { (byte)'H', (byte)'L', (byte)'B', 7, 0 }, 3, "header: version 7 is not supported, only 2 to 6 are")]
    [TestCase(new byte[] { (byte)'H', (byte)'L', (byte)'B', 1, 0 }, 3, "header: version 1 is not supported, only 2 to 6 are")]
    [TestCase(new byte[] { (byte)'H', (byte)'L', (byte)'B', 5 }, 4, "header: the file ends here")]
    [TestCase(new byte[] { (byte)'H', (byte)'L', (byte)'B', 5, 0, 0xdf, 0xff, 0xff, 0xff }, 5, "header: 536870911 ints do not fit into the 0 bytes that are left")]
    [TestCase(new byte[] { (byte)'H', (byte)'L', (byte)'B', 5, 0, 0xa0, 1 }, 5, "header: the number of ints is negative (-1)")]
    public void A_bad_header_is_refused(byte[] file, int offset, string reason) => AssertRefused(file, offset, reason);

    [Test]
    public void An_unknown_kind_of_type_is_refused()
    {
        ModuleBuilder builder = Minimal();
        int type = builder.RawType(24);

        AssertRefused(builder, $"type {type}: there is no kind of type 24");
    }

    [Test]
    public void An_unknown_opcode_is_refused() =>
        AssertRefused(SampleModule.Create([Op(HlOpcode.ONop), [102]]), "function 0 (Player.test), instruction 1: there is no opcode 102");

    [Test]
    public void An_index_out_of_range_is_refused()
    {
        ModuleBuilder builder = Minimal();
        int type = builder.Wrapper(HlTypeKind.Null, 99);

        AssertRefused(builder, $"type {type}: the inner type is type 99 of {type + 1}");
    }

    [Test]
    public void A_cycle_of_supers_is_refused()
    {
        ModuleBuilder builder = Minimal();
        int a = builder.Obj("A", super: 3);
        builder.Obj("B", super: a);

        AssertRefused(builder, $"type {a}: its chain of supers is cyclic or too deep");
    }

    [Test]
    public void A_very_long_chain_of_supers_is_refused([Values] bool rootFirst)
    {
        ModuleBuilder builder = Minimal();
        const int First = 2, Count = 5000;
        for (int i = 0; i < Count; i++)
            builder.Obj("A", super: rootFirst ? (i == 0 ? -1 : First + i - 1) : (i == Count - 1 ? -1 : First + i + 1));

        Assert.That(() => builder.Read(), Throws.TypeOf<HlBytecodeException>());
    }

    [TestCase(HlTypeKind.Null)]
    [TestCase(HlTypeKind.Ref)]
    [TestCase(HlTypeKind.Packed)]
    public void A_type_that_wraps_itself_is_refused(HlTypeKind kind)
    {
        ModuleBuilder builder = Minimal();
        int type = builder.Wrapper(kind, 2);

        AssertRefused(builder, $"type {type}: it wraps itself or is nested too deep");
    }

    [Test]
    public void A_super_of_another_kind_is_refused()
    {
        ModuleBuilder builder = Minimal();
        int point = builder.Obj("Point", kind: HlTypeKind.Struct);
        int type = builder.Obj("A", super: point);

        AssertRefused(builder, $"type {type}: the super of A is type {point}, which is of kind Struct, not Obj");
    }

    [Test]
    public void A_number_used_twice_is_refused()
    {
        ModuleBuilder builder = Minimal();
        builder.Function(0, 1, [0], [Op(HlOpcode.ORet, 0)]);

        AssertRefused(builder, "function 0: the number 0 is used twice");
    }

    [Test]
    public void A_number_out_of_range_is_refused()
    {
        ModuleBuilder builder = Minimal();
        builder.Function(5, 1, [0], [Op(HlOpcode.ORet, 0)]);

        AssertRefused(builder, "function 5: its number is 5, but there are 2 functions and natives");
    }

    [Test]
    public void An_entry_point_that_is_a_native_is_refused()
    {
        ModuleBuilder builder = SampleModule.Create(NoCode);
        builder.EntryPoint = SampleModule.Native;

        AssertRefused(builder, "header: the entry point is 3, which is not a function");
    }

    [Test]
    public void A_string_without_its_zero_is_refused()
    {
        ModuleBuilder builder = Minimal();
        builder.String("abc");
        byte[] file = builder.Build();
        int at = file.AsSpan().IndexOf("abc\0"u8);
        file[at + 3] = 1;

        AssertRefused(file, at + 4, "strings: number 0 does not end with a zero");
    }

    [Test]
    public void A_position_in_an_unknown_file_is_refused()
    {
        var builder = new ModuleBuilder { HasDebug = true };
        int nothing = builder.Type(HlTypeKind.Void);
        builder.Function(0, builder.Fun(nothing), [nothing], [Op(HlOpcode.ORet, 0)], [1, 9, 4]);

        AssertRefused(builder, "function 0: a position is in file 9 of 1");
    }

    [Test]
    public void Positions_for_more_than_the_instructions_are_refused()
    {
        var builder = new ModuleBuilder { HasDebug = true };
        int nothing = builder.Type(HlTypeKind.Void);
        builder.Function(0, builder.Fun(nothing), [nothing], [Op(HlOpcode.ORet, 0)], [1, 0, (5 << 2) | 2]);

        AssertRefused(builder, "function 0: positions are given for more than 1 instructions");
    }

    [Test]
    public void A_function_type_of_itself_is_refused()
    {
        ModuleBuilder builder = Minimal();
        builder.Fun(2, 2);

        Assert.That(builder.Read, Throws.TypeOf<HlBytecodeException>().With.Message.Contains("type 2: it contains itself"));
    }

    // One function that does nothing; types 0 and 1 are void and its signature.
    private static ModuleBuilder Minimal()
    {
        var builder = new ModuleBuilder();
        int nothing = builder.Type(HlTypeKind.Void);
        builder.Function(0, builder.Fun(nothing), [nothing], [Op(HlOpcode.ORet, 0)]);
        return builder;
    }

    private static void AssertRefused(ModuleBuilder builder, string reason)
    {
        var error = Assert.Throws<HlBytecodeException>(() => builder.Read());
        Assert.That(error!.Reason, Is.EqualTo(reason));
        Assert.That(error.Message, Is.EqualTo($"test, offset 0x{error.Offset:x}: {reason}"));
    }

    private static void AssertRefused(byte[] file, int offset, string reason)
    {
        var error = Assert.Throws<HlBytecodeException>(() => HlModule.Read(file));
        Assert.That((error!.Offset, error.Reason), Is.EqualTo(((long)offset, reason)));
    }
}
