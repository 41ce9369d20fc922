using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlArrayTests
{
    private readonly HlContext context = new();

    [TestCase(HlTypeKind.I32, 0)]
    [TestCase(HlTypeKind.F64, 0.0)]
    [TestCase(HlTypeKind.Bool, false)]
    [TestCase(HlTypeKind.UI16, (ushort)0)]
    [TestCase(HlTypeKind.Bytes, null)]
    [TestCase(HlTypeKind.Dyn, null)]
    public void A_new_array_holds_zeros_or_nulls(HlTypeKind kind, object? zero)
    {
        HlArray array = HlArray.Allocate(context.Basic(kind), 3);
        Assert.That(array.Length, Is.EqualTo(3));
        Assert.That(array[2], Is.EqualTo(zero));
    }

    [Test]
    public void Elements_are_cast_to_the_elements_type()
    {
        HlArray array = HlArray.Allocate(context.Basic(HlTypeKind.I32), 2);
        array[0] = 2.7;
        array[1] = null;
        Assert.That(array[0], Is.EqualTo(2));
        Assert.That(array[1], Is.EqualTo(0));
        Assert.That(() => array[0] = HlBytes.FromString("x"), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Can't cast bytes to i32"));
        HlArray bytes = HlArray.Allocate(context.Basic(HlTypeKind.Bytes), 1);
        bytes[0] = HlBytes.FromString("x");
        bytes[0] = null;
        Assert.That(bytes[0], Is.Null);
    }

    [TestCase(-1)]
    [TestCase(2)]
    public void There_are_no_other_elements(int index)
    {
        HlArray array = HlArray.Allocate(context.Basic(HlTypeKind.I32), 2);
        Assert.That(() => array[index], Throws.TypeOf<HaxeException>());
        Assert.That(() => array[index] = 1, Throws.TypeOf<HaxeException>());
    }

    [Test]
    public void Parts_are_copied_between_arrays_of_one_representation()
    {
        var source = new HlArray<int>(context.Basic(HlTypeKind.I32), [1, 2, 3]);
        HlArray target = HlArray.Allocate(context.Basic(HlTypeKind.I32), 3);
        target.Blit(1, source, 0, 2);
        Assert.That(((HlArray<int>)target).Items, Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(() => target.Blit(2, source, 0, 2), Throws.TypeOf<HaxeException>());
        Assert.That(() => target.Blit(0, source, -1, 2), Throws.TypeOf<HaxeException>());
        Assert.That(() => target.Blit(0, HlArray.Allocate(context.Basic(HlTypeKind.F64), 3), 0, 1), Throws.TypeOf<HaxeException>());
    }

    [Test]
    public void There_are_no_arrays_of_negative_length() =>
        Assert.That(() => HlArray.Allocate(context.Basic(HlTypeKind.I32), -1), Throws.TypeOf<HaxeException>());
}
