using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlBytesTests
{
    [Test]
    public void Text_is_read_back_up_to_its_zero()
    {
        HlBytes bytes = HlBytes.FromString("höh\0x");
        Assert.That(bytes.ToString(), Is.EqualTo("höh"));
        Assert.That(bytes.Available, Is.EqualTo(12));
        Assert.That(bytes.Add(2).ToString(), Is.EqualTo("öh"));
    }

    [Test]
    public void A_pointer_may_move_anywhere_and_only_access_is_checked()
    {
        HlBytes bytes = HlBytes.Allocate(4).Add(100);
        Assert.That(bytes.Available, Is.EqualTo(-96));
        Assert.That(() => bytes.Get<byte>(0), Throws.TypeOf<HaxeException>());
        Assert.That(bytes.Get<int>(-100), Is.Zero);
    }

    [TestCase(1)]
    [TestCase(-1)]
    [TestCase(int.MaxValue)]
    [TestCase(int.MinValue)]
    public void An_access_that_does_not_fit_is_an_error(int position)
    {
        HlBytes bytes = HlBytes.Allocate(4);
        Assert.That(() => bytes.Get<int>(position), Throws.TypeOf<HaxeException>());
        Assert.That(() => bytes.Set(position, 1), Throws.TypeOf<HaxeException>());
        Assert.That(() => bytes.Span(position, 4).Length, Throws.TypeOf<HaxeException>());
    }

    [Test]
    public void Numbers_are_little_endian()
    {
        HlBytes bytes = HlBytes.Allocate(8);
        bytes.Set(0, 0x01020304);
        Assert.That(bytes.Get<byte>(0), Is.EqualTo(4));
        bytes.Set(0, 1.5);
        Assert.That(bytes.Get<double>(0), Is.EqualTo(1.5));
    }

    [Test]
    public void Pointers_are_equal_where_they_point_to_the_same_place()
    {
        HlBytes bytes = HlBytes.Allocate(4);
        Assert.That(bytes.Add(2).Add(-2) == bytes);
        Assert.That(bytes.Add(1) != bytes);
        Assert.That(HlBytes.Allocate(4) != bytes);
        Assert.That(default(HlBytes).Add(3) == default(HlBytes));
    }

    [Test]
    public void A_null_pointer_cannot_be_accessed()
    {
        Assert.That(default(HlBytes).IsNull);
        Assert.That(() => default(HlBytes).Span(0, 0).Length, Throws.TypeOf<HaxeException>());
        Assert.That(default(HlBytes).ToString(), Is.EqualTo("null"));
    }
}
