using HlDynamic.Primitives;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives;

public sealed class StdMathTests
{
    [TestCase(0.5, 1)]
    [TestCase(-0.5, 0)]
    [TestCase(2.5, 3)]
    [TestCase(-1.5, -1)]
    [TestCase(0.49999999999999994, 1)]
    [TestCase(1e10, int.MinValue)]
    [TestCase(double.NaN, int.MinValue)]
    public void Halves_are_rounded_up(double value, int expected) => Assert.That(StdMath.MathRound(value), Is.EqualTo(expected));

    [TestCase(-1.5, -2, -1)]
    [TestCase(1.5, 1, 2)]
    public void Floor_and_ceiling_are_the_integers_around(double value, int floor, int ceiling)
    {
        Assert.That(StdMath.MathFloor(value), Is.EqualTo(floor));
        Assert.That(StdMath.MathCeil(value), Is.EqualTo(ceiling));
    }
}
