using HlDynamic.Bytecode;
using NUnit.Framework;
using static HlDynamic.Bytecode.HlOpcode;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Compilation;

public sealed class JumpsTests
{
    [TestCase(OJSLt, 1, 2, true)]
    [TestCase(OJSLt, -1, 1, true)]
    [TestCase(OJSLt, 2, 2, false)]
    [TestCase(OJSGte, 2, 2, true)]
    [TestCase(OJSGte, -1, 1, false)]
    [TestCase(OJSGt, 3, 2, true)]
    [TestCase(OJSGt, 2, 2, false)]
    [TestCase(OJSLte, 2, 2, true)]
    [TestCase(OJSLte, 3, 2, false)]
    [TestCase(OJULt, -1, 1, false)]
    [TestCase(OJULt, 1, -1, true)]
    [TestCase(OJUGte, -1, 1, true)]
    [TestCase(OJUGte, 1, -1, false)]
    [TestCase(OJNotLt, 2, 2, true)]
    [TestCase(OJNotLt, 1, 2, false)]
    [TestCase(OJNotGte, 1, 2, true)]
    [TestCase(OJNotGte, 2, 2, false)]
    [TestCase(OJEq, 2, 2, true)]
    [TestCase(OJEq, 1, 2, false)]
    [TestCase(OJNotEq, 1, 2, true)]
    [TestCase(OJNotEq, 2, 2, false)]
    [TestCase(OJSLt, (byte)200, (byte)100, false)]
    [TestCase(OJULt, (ushort)65535, (ushort)1, false)]
    [TestCase(OJSLt, -1L, 1L, true)]
    [TestCase(OJULt, -1L, 1L, false)]
    [TestCase(OJEq, 1L << 32, 0L, false)]
    [TestCase(OJSLt, 1f, 2f, true)]
    [TestCase(OJSLt, 1.0, 2.0, true)]
    [TestCase(OJSGte, 2.0, 2.0, true)]
    [TestCase(OJEq, 0.0, -0.0, true)]
    [TestCase(OJEq, true, true, true)]
    [TestCase(OJNotEq, true, false, true)]
    // With a number that is not one, nothing holds, and so each denial does.
    [TestCase(OJSLt, double.NaN, 1.0, false)]
    [TestCase(OJSLt, 1.0, double.NaN, false)]
    [TestCase(OJSGte, double.NaN, 1.0, false)]
    [TestCase(OJSGte, double.NaN, double.NaN, false)]
    [TestCase(OJSGt, double.NaN, 1.0, false)]
    [TestCase(OJSLte, double.NaN, 1.0, false)]
    [TestCase(OJNotLt, double.NaN, 1.0, true)]
    [TestCase(OJNotLt, 1.0, double.NaN, true)]
    [TestCase(OJNotGte, double.NaN, 1.0, true)]
    [TestCase(OJEq, double.NaN, double.NaN, false)]
    [TestCase(OJNotEq, double.NaN, double.NaN, true)]
    [TestCase(OJSLt, float.NaN, 1f, false)]
    [TestCase(OJSGte, float.NaN, 1f, false)]
    [TestCase(OJSGt, float.NaN, 1f, false)]
    [TestCase(OJSLte, float.NaN, 1f, false)]
    [TestCase(OJNotLt, float.NaN, 1f, true)]
    [TestCase(OJNotGte, float.NaN, 1f, true)]
    [TestCase(OJEq, float.NaN, float.NaN, false)]
    [TestCase(OJNotEq, float.NaN, float.NaN, true)]
    public void Numbers_are_compared(HlOpcode opcode, object a, object b, bool jumps)
    {
        var m = new TestModule();
        int type = m.Builder.Type(ArithmeticTests.KindOf(a));
        int function = AddTest(m, [type, type], Op(opcode, 0, 1, 2));
        int inTrap = AddTestInTrap(m, [type, type], Op(opcode, 0, 1, 3));

        Assert.That(m.Call(function, a, b), Is.EqualTo(jumps));
        Assert.That(m.Call(inTrap, a, b), Is.EqualTo(jumps), "out of a trap");
    }

    [TestCase(1, 1.0, true)]
    [TestCase(1, 2, false)]
    [TestCase(null, null, true)]
    [TestCase(null, 0, false)]
    [TestCase(true, true, true)]
    public void Dynamic_values_are_equal_by_value(object? a, object? b, bool isEqual)
    {
        var m = new TestModule();
        int equal = AddTest(m, [m.Dyn, m.Dyn], Op(OJEq, 0, 1, 2));
        int different = AddTest(m, [m.Dyn, m.Dyn], Op(OJNotEq, 0, 1, 2));

        Assert.That(m.Call(equal, a, b), Is.EqualTo(isEqual));
        Assert.That(m.Call(different, a, b), Is.EqualTo(!isEqual));
    }

    [TestCase(OJSLt, 1, 1.5, true)]
    [TestCase(OJSGt, 1, 1.5, false)]
    [TestCase(OJSGte, 2, 2, true)]
    [TestCase(OJSLt, double.NaN, 1, true)]
    public void Dynamic_values_have_an_order(HlOpcode opcode, object a, object b, bool jumps)
    {
        var m = new TestModule();
        int function = AddTest(m, [m.Dyn, m.Dyn], Op(opcode, 0, 1, 2));

        Assert.That(m.Call(function, a, b), Is.EqualTo(jumps));
    }

    [TestCase(OJNull, null, true)]
    [TestCase(OJNull, 1, false)]
    [TestCase(OJNotNull, null, false)]
    [TestCase(OJNotNull, 1, true)]
    public void Null_is_tested(HlOpcode opcode, object? value, bool jumps)
    {
        var m = new TestModule();
        int function = AddTest(m, [m.Dyn], Op(opcode, 0, 2));

        Assert.That(m.Call(function, value), Is.EqualTo(jumps));
    }

    [TestCase(OJTrue, true, true)]
    [TestCase(OJTrue, false, false)]
    [TestCase(OJFalse, false, true)]
    [TestCase(OJFalse, true, false)]
    public void A_bool_is_tested(HlOpcode opcode, bool value, bool jumps)
    {
        var m = new TestModule();
        int function = AddTest(m, [m.Bool], Op(opcode, 0, 2));

        Assert.That(m.Call(function, value), Is.EqualTo(jumps));
    }

    [TestCase(-1, 99)]
    [TestCase(0, 10)]
    [TestCase(1, 11)]
    [TestCase(2, 99)]
    [TestCase(int.MinValue, 99)]
    public void A_switch_falls_through_where_no_case_fits(int value, int expected)
    {
        var m = new TestModule();
        int ten = m.Builder.Int(10), eleven = m.Builder.Int(11), other = m.Builder.Int(99);
        int function = m.Add(m.I32, [m.I32], [],
            Op(OSwitch, 0, 2, 2, 4, 5),
            Op(OInt, 0, other),
            Op(ORet, 0),
            Op(OInt, 0, ten),
            Op(ORet, 0),
            Op(OInt, 0, eleven),
            Op(ORet, 0));

        Assert.That(m.Call(function, value), Is.EqualTo(expected));
    }

    [Test]
    public void A_jump_to_itself_in_code_that_is_never_reached_does_no_harm()
    {
        var m = new TestModule();
        int function = m.Add(m.I32, [m.I32], [], Op(ORet, 0), Op(OLabel), Op(OJAlways, -2));

        Assert.That(m.Call(function, 7), Is.EqualTo(7));
    }

    [Test]
    public void Code_that_is_never_reached_need_not_end()
    {
        var m = new TestModule();
        int function = m.Add(m.I32, [m.I32], [], Op(ORet, 0), Op(OIncr, 0));

        Assert.That(m.Call(function, 7), Is.EqualTo(7));
    }

    [Test]
    public void Marks_and_hints_do_nothing()
    {
        var m = new TestModule();
        int type = m.Builder.Obj("Thing", fields: [("n", m.I32)]);
        m.Builder.Global(m.I32);
        int function = m.Add(m.I32, [m.I32], [type],
            Op(ONop), Op(ONew, 1), Op(OPrefetch, 1, 1, 0), Op(OPrefetch, 1, 0, 0), Op(OCatch, 0), Op(OLabel), Op(ORet, 0));

        Assert.That(m.Call(function, 7), Is.EqualTo(7));
    }

    // The jump, which is 2 instructions, and what is returned if it is taken or not.
    private static int AddTest(TestModule m, int[] parameters, byte[] jump)
    {
        int result = parameters.Length;
        return m.Add(m.Bool, parameters, [m.Bool], jump, Op(OBool, result, 0), Op(ORet, result), Op(OBool, result, 1), Op(ORet, result));
    }

    // The same inside a trap: both ways lead out of it.
    private static int AddTestInTrap(TestModule m, int[] parameters, byte[] jump)
    {
        int result = parameters.Length, error = result + 1;
        return m.Add(m.Bool, parameters, [m.Bool, m.Dyn],
            Op(OTrap, error, 8),
            jump,
            Op(OEndTrap, 1),
            Op(OBool, result, 0),
            Op(ORet, result),
            Op(OEndTrap, 1),
            Op(OBool, result, 1),
            Op(ORet, result),
            Op(ONop),
            Op(OBool, result, 0),
            Op(ORet, result));
    }
}
