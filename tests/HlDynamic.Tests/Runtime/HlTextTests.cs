using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlTextTests
{
    private readonly HlContext context = new();

    // What C's printf("%.15g") writes.
    [TestCase(0, "0")]
    [TestCase(-0.0, "-0")]
    [TestCase(1, "1")]
    [TestCase(-12, "-12")]
    [TestCase(0.1, "0.1")]
    [TestCase(3.14159265358979, "3.14159265358979")]
    [TestCase(1.0 / 3, "0.333333333333333")]
    [TestCase(2.0 / 3, "0.666666666666667")]
    [TestCase(1e14, "100000000000000")]
    [TestCase(1e15, "1e+15")]
    [TestCase(1.5e300, "1.5e+300")]
    [TestCase(0.0001, "0.0001")]
    [TestCase(0.00001, "1e-05")]
    [TestCase(1.25e-7, "1.25e-07")]
    [TestCase(999999999999999.5, "1e+15")]
    [TestCase(100000000000000.5, "100000000000000")]
    [TestCase(100000000000001.5, "100000000000002")]
    [TestCase(5e-324, "4.94065645841247e-324")]
    [TestCase(1.7976931348623157e308, "1.79769313486232e+308")]
    [TestCase(4294967295, "4294967295")]
    [TestCase(86.57, "86.57")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(double.PositiveInfinity, "inf")]
    [TestCase(double.NegativeInfinity, "-inf")]
    public void A_number_has_15_digits(double value, string expected) => Assert.That(HlText.OfDouble(value), Is.EqualTo(expected));

    [TestCase(0.1, "0.10000000000000001")]
    [TestCase(1e16, "10000000000000000")]
    [TestCase(1e17, "1e+17")]
    [TestCase(-2.5, "-2.5")]
    public void A_number_inside_of_a_value_has_17_digits(double value, string expected)
    {
        Assert.That(HlText.Of(value), Is.EqualTo(expected));
        Assert.That(HlText.OfValue(new HlArray<double>(context.Basic(HlTypeKind.F64), [value])), Is.EqualTo($"[{expected}]"));
    }

    [Test]
    public void Not_a_number_keeps_its_sign_inside_of_a_value()
    {
        double nan = BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000);
        Assert.That(HlText.OfDoubleInFull(nan), Is.EqualTo("nan"));
        Assert.That(HlText.OfDoubleInFull(-nan), Is.EqualTo("-nan"));
    }

    [TestCase(0.1f, "0.100000001")]
    [TestCase(16777216f, "16777216")]
    [TestCase(1e10f, "1e+10")]
    [TestCase(float.NegativeInfinity, "-inf")]
    public void A_single_precision_number_has_9_digits(float value, string expected) => Assert.That(HlText.OfFloat(value), Is.EqualTo(expected));

    [Test]
    public void Basic_values_are_written_as_HashLink_does()
    {
        Assert.That(HlText.Of(null), Is.EqualTo("null"));
        Assert.That(HlText.Of(true), Is.EqualTo("true"));
        Assert.That(HlText.Of(false), Is.EqualTo("false"));
        Assert.That(HlText.Of(-5), Is.EqualTo("-5"));
        Assert.That(HlText.Of(1L << 40), Is.EqualTo("1099511627776"));
        Assert.That(HlText.Of((byte)200), Is.EqualTo("200"));
        Assert.That(HlText.Of(HlBytes.FromString("abc")), Is.EqualTo("abc"));
        Assert.That(HlText.Of(context.Basic(HlTypeKind.Dyn)), Is.EqualTo("dynamic"));
        Assert.That(HlText.Of((Action)(() => { })), Does.StartWith("function#"));
        Assert.That(HlText.OfValue(0.1), Is.EqualTo("0.1"));
    }

    [Test]
    public void A_dynamic_object_shows_its_fields_in_their_order()
    {
        HlDynObj obj = Object(("zebra", 1), ("ant", HlBytes.FromString("x")), ("none", null));
        Assert.That(HlText.Of(obj), Is.EqualTo("{zebra : 1, ant : x, none : null}"));
        Assert.That(obj.ToString(), Is.EqualTo("{zebra : 1, ant : x, none : null}"));
    }

    [Test]
    public void A_value_inside_itself_is_not_written_again()
    {
        HlDynObj obj = Object(("a", 1));
        HlFields.Set(context, obj, context.Hash("self"), obj);
        Assert.That(HlText.Of(obj), Is.EqualTo("{a : 1, self : ...}"));

        var array = new HlArray<object>(context.Basic(HlTypeKind.Dyn), new object[2]);
        array[0] = array;
        Assert.That(HlText.Of(array), Is.EqualTo("[..., null]"));
    }

    [Test]
    public void A_value_that_is_met_twice_is_written_twice()
    {
        HlDynObj inner = Object(("a", 1));
        var array = new HlArray<object>(context.Basic(HlTypeKind.Dyn), [inner, inner]);
        Assert.That(HlText.Of(array), Is.EqualTo("[{a : 1}, {a : 1}]"));
    }

    [Test]
    public void A_dynamic_object_can_write_itself()
    {
        HlDynObj obj = Object(("__string", (Func<HlBytes>)(() => HlBytes.FromString("me"))));
        Assert.That(HlText.Of(obj), Is.EqualTo("me"));
    }

    private HlDynObj Object(params (string Name, object? Value)[] fields)
    {
        var obj = new HlDynObj(context);
        foreach ((string name, object? value) in fields)
            HlFields.Set(context, obj, context.Hash(name), value);
        return obj;
    }
}
