using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlMathTests
{
    [TestCase(7, 2, ExpectedResult = 3)]
    [TestCase(-7, 2, ExpectedResult = -3)]
    [TestCase(7, 0, ExpectedResult = 0)]
    [TestCase(7, -1, ExpectedResult = -7)]
    [TestCase(int.MinValue, -1, ExpectedResult = int.MinValue)]
    public int Division_never_traps(int a, int b) => HlMath.SDiv(a, b);

    [TestCase(7, 3, ExpectedResult = 1)]
    [TestCase(-7, 3, ExpectedResult = -1)]
    [TestCase(7, 0, ExpectedResult = 0)]
    [TestCase(int.MinValue, -1, ExpectedResult = 0)]
    public int Remainder_never_traps(int a, int b) => HlMath.SMod(a, b);

    [TestCase(-1, 2, ExpectedResult = int.MaxValue)]
    [TestCase(5, 0, ExpectedResult = 0)]
    [TestCase(5, -1, ExpectedResult = 0)]
    public int Unsigned_division_takes_the_bits_as_unsigned(int a, int b) => HlMath.UDiv(a, b);

    [TestCase(-1, 10, ExpectedResult = 5)]
    [TestCase(5, 0, ExpectedResult = 0)]
    public int Unsigned_remainder_takes_the_bits_as_unsigned(int a, int b) => HlMath.UMod(a, b);

    [TestCase(long.MinValue, -1L, ExpectedResult = long.MinValue)]
    [TestCase(9L, 0L, ExpectedResult = 0L)]
    [TestCase(-9L, 2L, ExpectedResult = -4L)]
    public long Division_of_64_bits_never_traps(long a, long b) => HlMath.SDivI64(a, b);

    [TestCase(long.MinValue, -1L, ExpectedResult = 0L)]
    [TestCase(9L, 0L, ExpectedResult = 0L)]
    [TestCase(-9L, 2L, ExpectedResult = -1L)]
    public long Remainder_of_64_bits_never_traps(long a, long b) => HlMath.SModI64(a, b);

    [Test]
    public void Unsigned_operations_of_64_bits_take_the_bits_as_unsigned()
    {
        Assert.That(HlMath.UDivI64(-1, 2), Is.EqualTo(long.MaxValue));
        Assert.That(HlMath.UModI64(-1, 10), Is.EqualTo(5));
        Assert.That(HlMath.UDivI64(1, 0), Is.Zero);
        Assert.That(HlMath.UModI64(1, 0), Is.Zero);
    }

    [TestCase(5.5, 2.0, ExpectedResult = 1.5)]
    [TestCase(-5.5, 2.0, ExpectedResult = -1.5)]
    [TestCase(1.0, 0.0, ExpectedResult = double.NaN)]
    [TestCase(1.0, double.PositiveInfinity, ExpectedResult = 1.0)]
    public double Remainder_of_numbers_has_the_sign_of_the_first(double a, double b) => HlMath.Mod(a, b);

    [TestCase(-1, ExpectedResult = 4294967295.0)]
    [TestCase(5, ExpectedResult = 5.0)]
    public double An_unsigned_integer_becomes_a_number(int value) => HlMath.UToF64(value);

    [TestCase(1.9, ExpectedResult = 1)]
    [TestCase(-1.9, ExpectedResult = -1)]
    [TestCase(2147483647.9, ExpectedResult = int.MaxValue)]
    [TestCase(-2147483648.9, ExpectedResult = int.MinValue)]
    [TestCase(2147483648.0, ExpectedResult = int.MinValue)]
    [TestCase(double.NaN, ExpectedResult = int.MinValue)]
    [TestCase(double.PositiveInfinity, ExpectedResult = int.MinValue)]
    public int A_number_that_fits_no_integer_becomes_the_lowest(double value)
    {
        Assert.That(HlMath.ToInt32Portable(value), Is.EqualTo(HlMath.ToInt32(value)));
        return HlMath.ToInt32(value);
    }

    [TestCase(9e18, ExpectedResult = 9000000000000000000)]
    [TestCase(9.3e18, ExpectedResult = long.MinValue)]
    [TestCase(-9.3e18, ExpectedResult = long.MinValue)]
    [TestCase(double.NaN, ExpectedResult = long.MinValue)]
    [TestCase(-1.5, ExpectedResult = -1L)]
    public long A_number_that_fits_no_long_becomes_the_lowest(double value)
    {
        Assert.That(HlMath.ToInt64Portable(value), Is.EqualTo(HlMath.ToInt64(value)));
        return HlMath.ToInt64(value);
    }

    [Test]
    public void Single_precision_numbers_are_converted_alike()
    {
        Assert.That(HlMath.ToInt32(-1.5f), Is.EqualTo(-1));
        Assert.That(HlMath.ToInt32(3e9f), Is.EqualTo(int.MinValue));
        Assert.That(HlMath.ToInt64(3e9f), Is.EqualTo(3000000000));
        Assert.That(HlMath.ToInt64(float.NaN), Is.EqualTo(long.MinValue));
    }
}
