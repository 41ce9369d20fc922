using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlBoxTests
{
    [Test]
    public void Every_integer_is_boxed_as_itself()
    {
        foreach (int value in (int[])[int.MinValue, -129, -128, -1, 0, 1, 1023, 1024, 1025, int.MaxValue])
            Assert.That(HlBox.Int(value), Is.EqualTo(value));
    }

    [Test]
    public void Small_integers_and_booleans_are_boxed_once()
    {
        Assert.That(HlBox.Int(-128), Is.SameAs(HlBox.Int(-128)));
        Assert.That(HlBox.Int(1023), Is.SameAs(HlBox.Int(1023)));
        Assert.That(HlBox.Bool(true), Is.SameAs(HlBox.Bool(true)));
    }

    [Test]
    public void Null_bytes_are_null()
    {
        Assert.That(HlBox.Bytes(default), Is.Null);
        Assert.That(HlBox.Bytes(HlBytes.Allocate(0)), Is.EqualTo(HlBox.Bytes(HlBytes.Allocate(0))).Or.TypeOf<HlBytes>());
    }
}
