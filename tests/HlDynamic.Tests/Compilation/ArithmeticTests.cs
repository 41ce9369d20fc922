using HlDynamic.Bytecode;
using NUnit.Framework;
using static HlDynamic.Bytecode.HlOpcode;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Compilation;

public sealed class ArithmeticTests
{
    private const byte B200 = 200, B100 = 100, B44 = 44, B156 = 156, B32 = 32, B2 = 2, B0 = 0, B1 = 1, B255 = 255, B56 = 56;
    private const ushort U65535 = 65535, U2 = 2, U1 = 1, U0 = 0, U65533 = 65533, U65534 = 65534;

    [TestCase(OAdd, B200, B100, B44)]
    [TestCase(OSub, B100, B200, B156)]
    [TestCase(OMul, B200, B100, B32)]
    [TestCase(OSDiv, B200, B100, B2)]
    [TestCase(OSDiv, B200, B0, B0)]
    [TestCase(OUDiv, B200, B0, B0)]
    [TestCase(OSMod, B200, B0, B0)]
    [TestCase(OUMod, B200, B0, B0)]
    [TestCase(OAnd, B200, B100, (byte)64)]
    [TestCase(OOr, B200, B100, (byte)236)]
    [TestCase(OXor, B200, B100, (byte)172)]
    [TestCase(OShl, B255, B1, (byte)254)]
    [TestCase(OUShr, B200, B2, (byte)50)]
    [TestCase(OSShr, B200, B2, (byte)50)]
    [TestCase(OAdd, U65535, U2, U1)]
    [TestCase(OSub, U1, U2, U65535)]
    [TestCase(OMul, U65535, U2, U65534)]
    [TestCase(OSDiv, U65535, U0, U0)]
    [TestCase(OUMod, U65535, U0, U0)]
    [TestCase(OXor, U65535, U2, U65533)]
    [TestCase(OAdd, int.MaxValue, 1, int.MinValue)]
    [TestCase(OSub, int.MinValue, 1, int.MaxValue)]
    [TestCase(OMul, 0x10001, 0x10001, 0x20001)]
    [TestCase(OSDiv, -7, 2, -3)]
    [TestCase(OSDiv, 7, 0, 0)]
    [TestCase(OSDiv, int.MinValue, -1, int.MinValue)]
    [TestCase(OUDiv, -1, 2, int.MaxValue)]
    [TestCase(OUDiv, 7, 0, 0)]
    [TestCase(OSMod, -7, 2, -1)]
    [TestCase(OSMod, 7, 0, 0)]
    [TestCase(OSMod, int.MinValue, -1, 0)]
    [TestCase(OUMod, -1, 10, 5)]
    [TestCase(OUMod, 7, 0, 0)]
    [TestCase(OShl, 1, 33, 2)]
    [TestCase(OShl, 1, 32, 1)]
    [TestCase(OShl, 1, -1, int.MinValue)]
    [TestCase(OSShr, -8, 33, -4)]
    [TestCase(OUShr, -1, 32, -1)]
    [TestCase(OUShr, -1, 63, 1)]
    [TestCase(OAnd, -1, 0xff, 0xff)]
    [TestCase(OOr, 0xf0, 0x0f, 0xff)]
    [TestCase(OXor, -1, 1, -2)]
    [TestCase(OAdd, long.MaxValue, 1L, long.MinValue)]
    [TestCase(OSub, long.MinValue, 1L, long.MaxValue)]
    [TestCase(OMul, 1L << 40, 1L << 30, 0L)]
    [TestCase(OSDiv, long.MinValue, -1L, long.MinValue)]
    [TestCase(OSDiv, -7L, 0L, 0L)]
    [TestCase(OUDiv, -1L, 2L, long.MaxValue)]
    [TestCase(OUDiv, -1L, 0L, 0L)]
    [TestCase(OSMod, long.MinValue, -1L, 0L)]
    [TestCase(OSMod, -7L, 0L, 0L)]
    [TestCase(OUMod, -1L, 10L, 5L)]
    [TestCase(OUMod, -1L, 0L, 0L)]
    [TestCase(OShl, 1L, 65L, 2L)]
    [TestCase(OSShr, -8L, 65L, -4L)]
    [TestCase(OUShr, -1L, 127L, 1L)]
    [TestCase(OAnd, -1L, 255L, 255L)]
    [TestCase(OOr, 1L << 40, 1L, (1L << 40) + 1)]
    [TestCase(OXor, -1L, 1L, -2L)]
    [TestCase(OAdd, 1.5f, 2.25f, 3.75f)]
    [TestCase(OSub, 1.5f, 2.25f, -0.75f)]
    [TestCase(OMul, 1e30f, 1e30f, float.PositiveInfinity)]
    [TestCase(OSDiv, 1f, 0f, float.PositiveInfinity)]
    [TestCase(OSDiv, 0f, 0f, float.NaN)]
    [TestCase(OSMod, -5.5f, 2f, -1.5f)]
    [TestCase(OSMod, 1f, 0f, float.NaN)]
    [TestCase(OAdd, 1.5, 2.25, 3.75)]
    [TestCase(OSub, double.PositiveInfinity, double.PositiveInfinity, double.NaN)]
    [TestCase(OMul, 1e300, 1e300, double.PositiveInfinity)]
    [TestCase(OSDiv, -1.0, 0.0, double.NegativeInfinity)]
    [TestCase(OSDiv, 0.0, 0.0, double.NaN)]
    [TestCase(OSMod, -5.5, 2.0, -1.5)]
    [TestCase(OSMod, 5.5, double.PositiveInfinity, 5.5)]
    [TestCase(OSMod, 1.0, 0.0, double.NaN)]
    public void Two_numbers_are_combined(HlOpcode opcode, object a, object b, object expected)
    {
        var m = new TestModule();
        int type = m.Builder.Type(KindOf(a));
        int function = m.Add(type, [type, type], [type], Op(opcode, 2, 0, 1), Op(ORet, 2));

        Assert.That(m.Call(function, a, b), Is.EqualTo(expected).And.TypeOf(expected.GetType()));
    }

    [TestCase(OShl, 1L, 33, 1L << 33)]
    [TestCase(OShl, 1L, 65, 2L)]
    [TestCase(OSShr, -16L, 66, -4L)]
    [TestCase(OUShr, -1L, 60, 15L)]
    public void A_long_is_shifted_by_an_int(HlOpcode opcode, long a, int b, long expected)
    {
        var m = new TestModule();
        int function = m.Add(m.I64, [m.I64, m.I32], [], Op(opcode, 0, 0, 1), Op(ORet, 0));

        Assert.That(m.Call(function, a, b), Is.EqualTo(expected));
    }

    [TestCase(ONeg, B1, B255)]
    [TestCase(ONeg, U1, U65535)]
    [TestCase(ONeg, 5, -5)]
    [TestCase(ONeg, int.MinValue, int.MinValue)]
    [TestCase(ONeg, long.MinValue, long.MinValue)]
    [TestCase(ONeg, 1.5f, -1.5f)]
    [TestCase(ONeg, 1.5, -1.5)]
    [TestCase(ONeg, double.NaN, double.NaN)]
    [TestCase(ONot, true, false)]
    [TestCase(ONot, false, true)]
    public void One_value_is_changed(HlOpcode opcode, object a, object expected)
    {
        var m = new TestModule();
        int type = m.Builder.Type(KindOf(a));
        int function = m.Add(type, [type], [type], Op(opcode, 1, 0), Op(ORet, 1));

        Assert.That(m.Call(function, a), Is.EqualTo(expected));
    }

    // HashLink subtracts from zero.
    [Test]
    public void The_negative_of_zero_is_zero()
    {
        var m = new TestModule();
        int function = m.Add(m.F64, [m.F64], [], Op(ONeg, 0, 0), Op(ORet, 0));

        Assert.That(double.IsNegative((double)m.Call(function, 0.0)!), Is.False);
    }

    [TestCase(OIncr, B255, B0)]
    [TestCase(ODecr, B0, B255)]
    [TestCase(OIncr, U65535, U0)]
    [TestCase(ODecr, U0, U65535)]
    [TestCase(OIncr, int.MaxValue, int.MinValue)]
    [TestCase(ODecr, int.MinValue, int.MaxValue)]
    [TestCase(OIncr, long.MaxValue, long.MinValue)]
    [TestCase(ODecr, long.MinValue, long.MaxValue)]
    public void A_register_is_counted_up_or_down(HlOpcode opcode, object a, object expected)
    {
        var m = new TestModule();
        int type = m.Builder.Type(KindOf(a));
        int function = m.Add(type, [type], [], Op(opcode, 0), Op(ORet, 0));

        Assert.That(m.Call(function, a), Is.EqualTo(expected));
    }

    [TestCase(OAdd, HlTypeKind.Bytes)]
    [TestCase(OAdd, HlTypeKind.Dyn)]
    [TestCase(OAnd, HlTypeKind.F64)]
    [TestCase(OUDiv, HlTypeKind.F32)]
    [TestCase(OShl, HlTypeKind.F64)]
    [TestCase(OMul, HlTypeKind.Bool)]
    public void What_is_no_number_of_the_right_kind_is_refused(HlOpcode opcode, HlTypeKind kind)
    {
        var m = new TestModule();
        int type = m.Builder.Type(kind);
        m.Add(type, [type, type], [], Op(opcode, 0, 0, 1), Op(ORet, 0));

        var error = Assert.Throws<HlBytecodeException>(() => _ = m.Vm);
        Assert.That(error!.Message, Does.Contain("function 1").And.Contain(opcode.ToString()).IgnoreCase);
    }

    /// <summary>The kind of register that holds a value.</summary>
    internal static HlTypeKind KindOf(object value) => value switch
    {
        byte => HlTypeKind.UI8,
        ushort => HlTypeKind.UI16,
        int => HlTypeKind.I32,
        long => HlTypeKind.I64,
        float => HlTypeKind.F32,
        double => HlTypeKind.F64,
        bool => HlTypeKind.Bool,
        _ => throw new ArgumentException($"{value} is no number"),
    };
}
