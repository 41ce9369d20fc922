using HlDynamic.Primitives;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives;

public sealed class StdRandomTests
{
    [TestCase(42, -1099893775, -1595213867, 1569764280, 0.210309918835639)]
    [TestCase(-1, 559854346, 1069856558, 283914195, 0.471347958810916)]
    public void A_seed_gives_the_numbers_it_gives_in_HashLink(int seed, int first, int second, int later, double fraction)
    {
        StdRandom.Generator generator = StdRandom.RndAlloc();
        StdRandom.RndSetSeed(generator, seed);

        Assert.That(StdRandom.RndInt(generator), Is.EqualTo(first));
        Assert.That(StdRandom.RndInt(generator), Is.EqualTo(second));
        for (int i = 0; i < 30; i++)
            StdRandom.RndInt(generator);
        Assert.That(StdRandom.RndInt(generator), Is.EqualTo(later));
        Assert.That(StdRandom.RndFloat(generator), Is.EqualTo(fraction).Within(1e-15));
    }
}
