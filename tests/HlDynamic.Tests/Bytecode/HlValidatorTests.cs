using HlDynamic.Bytecode;
using NUnit.Framework;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;
using static HlDynamic.Tests.Bytecode.SampleModule;

namespace HlDynamic.Tests.Bytecode;

public sealed class HlValidatorTests
{
    private static readonly (HlOpcode Opcode, int[] Operands, string Reason)[] InvalidInstructions =
    [
        (HlOpcode.OMov, [I32, 99], "register 99 of 19"),
        (HlOpcode.OMov, [-1, I32], "register -1 of 19"),
        (HlOpcode.OInt, [I32, 1], "int 1 of 1"),
        (HlOpcode.OFloat, [F64, 1], "float 1 of 1"),
        (HlOpcode.OBool, [Bool, 2], "bool 2 of 2"),
        (HlOpcode.OBytes, [Bytes, 1], "byte constant 1 of 1"),
        (HlOpcode.OType, [TypeValue, 99], "type 99 of 24"),
        (HlOpcode.OGetGlobal, [This, 1], "global 1 of 1"),
        (HlOpcode.OCall0, [Nothing, 6], "function 6 of 6"),
        (HlOpcode.OCatch, [1], "global 1 of 1"),
        (HlOpcode.OAsm, [0, 0, 20], "register 19 of 19"),
        (HlOpcode.OJAlways, [5], "it jumps to instruction 6 of 2"),
        (HlOpcode.OJTrue, [Bool, -2], "it jumps to instruction -1 of 2"),
        (HlOpcode.OSwitch, [I32, 1, 9, 0], "it jumps to instruction 10 of 2"),
        (HlOpcode.OInt, [F64, 0], "register 3 is f64, which it does not work on"),
        (HlOpcode.ONull, [I32], "register 1 is i32, which it does not work on"),
        (HlOpcode.OAdd, [I32, I32, F64], "it does not work on i32 and i32 together"),
        (HlOpcode.OUDiv, [F64, F64, F64], "register 3 is f64, which it does not work on"),
        (HlOpcode.OMov, [Ref, I32], "it does not work on ref<i32> and i32 together"),
        (HlOpcode.OMov, [I32, Nothing], "it does not work on i32 and void together"),
        (HlOpcode.OJSLt, [I32, F64, 0], "it does not work on i32 and f64 together"),
        (HlOpcode.OJEq, [Bytes, I32, 0], "it does not work on bytes and i32 together"),
        (HlOpcode.OJEq, [Dyn, I32, 0], "it does not work on dynamic and i32 together"),
        (HlOpcode.OJTrue, [I32, 0], "register 1 is i32, which it does not work on"),
        (HlOpcode.OSwitch, [F64, 0, 0], "register 3 is f64, which it does not work on"),
        (HlOpcode.OThrow, [I32], "register 1 is i32, which it does not work on"),
        (HlOpcode.OTrap, [This, 0], "register 0 is Player, which it does not work on"),
        (HlOpcode.OGetMem, [I32, Bytes, F64], "register 3 is f64, which it does not work on"),
        (HlOpcode.OGetArray, [Dyn, Bytes, I32], "register 5 is bytes, which it does not work on"),
        (HlOpcode.OGetArray, [Ref, Items, I32], "register 10 is ref<i32>, which it does not work on"),
        (HlOpcode.ONew, [I32], "register 1 is i32, which it does not work on"),
        (HlOpcode.OToVirtual, [This, Dyn], "register 0 is Player, which it does not work on"),
        (HlOpcode.ORef, [Ref, F64], "ref<i32> cannot refer to f64"),
        (HlOpcode.OUnref, [F64, Ref], "ref<i32> cannot refer to f64"),
        (HlOpcode.OUnref, [I32, Dyn], "register 6 is dynamic, which it does not work on"),
        (HlOpcode.OField, [I32, This, 1], "field 1 of 1 in Player"),
        (HlOpcode.OField, [I32, Dyn, 0], "register 6 is dynamic, which it does not work on"),
        (HlOpcode.OSetField, [Virtual, 2, I32], "field 2 of 2 in virtual<health:i32,heal:(i32 (i32))>"),
        (HlOpcode.OGetThis, [I32, 1], "field 1 of 1 in Player"),
        (HlOpcode.OSetThis, [-1, I32], "field -1 of 1 in Player"),
        (HlOpcode.OPrefetch, [This, 2, 0], "field 1 of 1 in Player"),
        (HlOpcode.OCall1, [I32, Add, I32], "1 arguments for (i32 (i32,i32))"),
        (HlOpcode.OCall1, [I32, Native, Ref], "register 10 is ref<i32>, but the parameter is i32"),
        (HlOpcode.OCall1, [I32, Native, Nothing], "register 16 is void, but the parameter is i32"),
        (HlOpcode.OCallClosure, [I32, Dyn, 1, I32], "register 1 is i32, which it does not work on"),
        (HlOpcode.OCallMethod, [I32, 0, 0], "it calls a method without an object"),
        (HlOpcode.OCallMethod, [I32, 1, 1, This], "virtual method of Player: 1 of 1"),
        (HlOpcode.OCallMethod, [I32, 0, 2, This, I32], "2 arguments for (void (Player))"),
        (HlOpcode.OCallMethod, [I32, 0, 1, Virtual], "field health is i32, not a method"),
        (HlOpcode.OCallMethod, [I32, 1, 1, Virtual], "0 arguments for (i32 (i32))"),
        (HlOpcode.OCallMethod, [I32, 0, 1, Dyn], "dynamic has no virtual methods"),
        (HlOpcode.OCallThis, [I32, 1, 0], "virtual method of Player: 1 of 1"),
        (HlOpcode.OVirtualClosure, [Fun, This, 9], "virtual method of Player: 9 of 1"),
        (HlOpcode.OInstanceClosure, [Fun, Native, This], "function 3 is a native, which cannot hold a value"),
        (HlOpcode.OInstanceClosure, [Fun, EntryPoint, This], "function 2 has no parameter for the value"),
        (HlOpcode.OMakeEnum, [Attack, 2, 0], "constructor of enum<Action>: 2 of 2"),
        (HlOpcode.OMakeEnum, [Attack, 1, 0], "0 arguments for constructor Attack of 1 parameters"),
        (HlOpcode.OEnumAlloc, [Attack, -1], "constructor of enum<Action>: -1 of 2"),
        (HlOpcode.OEnumField, [I32, Attack, 1, 1], "parameter 1 of 1"),
        (HlOpcode.OSetEnumField, [Attack, 0, I32], "parameter 0 of 0"),
    ];

    [TestCaseSource(typeof(SampleModule), nameof(ValidInstructions))]
    public void Every_opcode_is_accepted((HlOpcode Opcode, int[] Operands) use) =>
        Assert.That(() => Create([Op(use.Opcode, use.Operands)]).Read(), Throws.Nothing);

    [TestCaseSource(nameof(InvalidInstructions))]
    public void A_bad_instruction_is_refused((HlOpcode Opcode, int[] Operands, string Reason) use)
    {
        byte[] instruction = Op(use.Opcode, use.Operands);
        byte[] file = Create([instruction]).Build();

        var error = Assert.Throws<HlBytecodeException>(() => HlModule.Read(file));

        Assert.That(error!.Reason, Is.EqualTo($"function 0 (Player.test), instruction 0 {use.Opcode.ToString().ToLowerInvariant()}: {use.Reason}"));
        Assert.That(file.AsSpan((int)error.Offset, instruction.Length).SequenceEqual(instruction), "the offset is that of the instruction");
    }

    [Test]
    public void The_offset_of_a_later_instruction_is_found()
    {
        byte[] bad = Op(HlOpcode.OMov, I32, 99);
        byte[] file = Create([Op(HlOpcode.OSwitch, I32, 2, 0, 0, 0), Op(HlOpcode.OCallN, I32, Add3, 3, I32, I32, I32), bad]).Build();

        var error = Assert.Throws<HlBytecodeException>(() => HlModule.Read(file));

        Assert.That(error!.Reason, Is.EqualTo("function 0 (Player.test), instruction 2 omov: register 99 of 19"));
        Assert.That(file.AsSpan((int)error.Offset, bad.Length).SequenceEqual(bad));
    }

    [Test]
    public void Control_that_runs_past_the_end_is_refused() => AssertRefused(
        Create([Op(HlOpcode.ONop), Op(HlOpcode.ONop)], addReturn: false),
        "function 0 (Player.test), instruction 1 onop: control runs past the last instruction");

    [Test]
    public void Code_after_the_end_that_is_never_reached_is_accepted() =>
        Assert.That(() => Create([Op(HlOpcode.ORet, Nothing), Op(HlOpcode.ONop)], addReturn: false).Read(), Throws.Nothing);

    [Test]
    public void A_function_without_instructions_is_refused() =>
        AssertRefused(Create([], addReturn: false), "function 0 (Player.test): it has no instructions");

    [Test]
    public void Too_few_registers_are_refused() => AssertRefused(
        With((b, nothing) => b.Function(1, b.Fun(nothing, nothing), [], [Op(HlOpcode.OAssert)])),
        "function 1: it has 0 registers for 1 parameters");

    [Test]
    public void A_register_that_is_not_the_parameter_is_refused() => AssertRefused(
        With((b, nothing) => b.Function(1, b.Fun(nothing, b.Type(HlTypeKind.I32)), [nothing], [Op(HlOpcode.ORet, 0)])),
        "function 1: register 0 is void, but the parameter is i32");

    [Test]
    public void Returning_a_reference_is_refused() => AssertRefused(
        With((b, nothing) =>
        {
            int reference = b.Wrapper(HlTypeKind.Ref, b.Type(HlTypeKind.I32));
            b.Function(1, b.Fun(reference, reference), [reference], [Op(HlOpcode.ORet, 0)]);
        }),
        "function 1, instruction 0 oret: it returns a reference, which is not supported");

    [Test]
    public void Returning_nothing_where_a_value_is_promised_is_refused() => AssertRefused(
        With((b, nothing) => b.Function(1, b.Fun(b.Type(HlTypeKind.I32)), [nothing], [Op(HlOpcode.ORet, 0)])),
        "function 1, instruction 0 oret: it returns nothing, but the function returns i32");

    [Test]
    public void An_entry_point_with_parameters_is_refused()
    {
        ModuleBuilder builder = Create([]);
        builder.EntryPoint = SampleModule.Add;

        AssertRefused(builder, "function 1: the entry point has parameters");
    }

    [TestCase(HlTypeKind.Void, "void")]
    [TestCase(HlTypeKind.Ref, "ref<i32>")]
    public void A_field_of_a_type_that_cannot_be_stored_is_refused(HlTypeKind kind, string name) => AssertRefused(
        With((b, _) => b.Obj("A", fields: [("x", Make(b, kind))])), $"field x of A cannot be {name}");

    [TestCase(HlTypeKind.Void, "void")]
    [TestCase(HlTypeKind.Ref, "ref<i32>")]
    public void A_global_of_a_type_that_cannot_be_stored_is_refused(HlTypeKind kind, string name) => AssertRefused(
        With((b, _) => b.Global(Make(b, kind))), $"global 0: a global cannot be {name}");

    [Test]
    public void An_enum_parameter_that_cannot_be_stored_is_refused() => AssertRefused(
        With((b, nothing) => b.Enum("E", ("A", [nothing]))), "a parameter of A cannot be void");

    [Test]
    public void A_packed_type_other_than_a_struct_is_refused() => AssertRefused(
        With((b, _) => b.Wrapper(HlTypeKind.Packed, b.Type(HlTypeKind.I32))), "Packed of i32 is not supported");

    [Test]
    public void A_struct_inside_itself_is_refused() => AssertRefused(
        With((b, _) =>
        {
            int packed = b.Wrapper(HlTypeKind.Packed, 3);
            b.Obj("A", fields: [("self", packed)], kind: HlTypeKind.Struct);
        }),
        "A contains itself");

    [Test]
    public void A_method_that_is_a_native_is_refused() => AssertRefused(
        With((b, nothing) =>
        {
            b.Native(1, "std", "x", b.Fun(nothing, nothing));
            b.Obj("A", prototypes: [("m", 1, -1)]);
        }),
        "A.m is number 1, which is not a function");

    [Test]
    public void A_method_without_a_parameter_is_refused() => AssertRefused(
        With((b, _) => b.Obj("A", prototypes: [("m", 0, -1)])), "A.m has no parameter for the object");

    [Test]
    public void A_gap_in_the_virtual_slots_is_refused() => AssertRefused(
        WithMethod((b, method) => b.Obj("A", prototypes: [("m", method, 1)])), "A.m has the virtual slot 1, but 0 is free");

    [Test]
    public void Two_methods_in_one_virtual_slot_are_refused() => AssertRefused(
        WithMethod((b, method) => b.Obj("A", prototypes: [("m", method, 0), ("n", method, 0)])), "A.m and n share the virtual slot 0");

    [Test]
    public void An_override_by_another_name_is_refused() => AssertRefused(
        WithMethod((b, method) => b.Obj("B", super: b.Obj("A", prototypes: [("m", method, 0)]), prototypes: [("n", method, 0)])),
        "B.n of 1 parameters cannot override m of 1");

    [Test]
    public void A_slot_is_inherited_and_overridden()
    {
        HlModule module = WithMethod((b, method) =>
        {
            int a = b.Obj("A", prototypes: [("m", method, 0), ("n", method, 1)]);
            b.Obj("B", super: a, prototypes: [("m", method, 0), ("o", method, 2)]);
        }).Read();

        var derived = (HlObjectTypeDef)module.Types[^1];
        Assert.That(Enumerable.Range(0, derived.VirtualCount).Select(i => derived.FindVirtual(i)!.Name), Is.EqualTo(new[] { "m", "n", "o" }));
    }

    [Test]
    public void A_binding_of_an_unknown_field_is_refused() => AssertRefused(
        With((b, _) => b.Obj("A", bindings: [(0, 0)])), "A binds field 0 of 0");

    [Test]
    public void A_binding_of_a_field_that_holds_no_function_is_refused() => AssertRefused(
        With((b, _) => b.Obj("A", fields: [("x", b.Type(HlTypeKind.I32))], bindings: [(0, 0)])),
        "A binds a function to x, which is i32");

    [Test]
    public void A_binding_of_an_unknown_function_is_refused() => AssertRefused(
        With((b, _) => b.Obj("A", fields: [("x", 1)], bindings: [(0, 9)])), "A.x is function 9 of 1");

    [Test]
    public void A_constant_of_something_else_than_an_object_is_refused() => AssertRefused(
        With((b, _) => b.Constant(b.Global(b.Type(HlTypeKind.I32)))), "constant 0: global 0 is i32, not an object");

    [Test]
    public void A_constant_of_an_unknown_string_is_refused() => AssertRefused(
        With((b, _) => b.Constant(b.Global(b.Obj("String", fields: [("bytes", b.Type(HlTypeKind.Bytes))])), 99)),
        "constant 0: field bytes is number 99 of 2");

    [Test]
    public void A_constant_of_a_field_that_has_no_constants_is_refused() => AssertRefused(
        With((b, _) => b.Constant(b.Global(b.Obj("A", fields: [("x", b.Type(HlTypeKind.Dyn))])), 0)),
        "constant 0: field x is dynamic, which has no constants");

    private static int Make(ModuleBuilder b, HlTypeKind kind) =>
        kind == HlTypeKind.Ref ? b.Wrapper(kind, b.Type(HlTypeKind.I32)) : b.Type(kind);

    // A module whose function 0 does nothing, with something added; types 0 and 1 are void and the signature.
    private static ModuleBuilder With(Action<ModuleBuilder, int> add)
    {
        var builder = new ModuleBuilder();
        int nothing = builder.Type(HlTypeKind.Void);
        builder.Function(0, builder.Fun(nothing), [nothing], [Op(HlOpcode.ORet, 0)]);
        add(builder, nothing);
        return builder;
    }

    private static ModuleBuilder WithMethod(Action<ModuleBuilder, int> add) => With((b, nothing) =>
    {
        int dyn = b.Type(HlTypeKind.Dyn);
        b.Function(1, b.Fun(nothing, dyn), [dyn, nothing], [Op(HlOpcode.ORet, 1)]);
        add(b, 1);
    });

    private static void AssertRefused(ModuleBuilder builder, string reason)
    {
        var error = Assert.Throws<HlBytecodeException>(() => builder.Read());
        Assert.That(error!.Reason, Does.EndWith(reason));
    }
}
