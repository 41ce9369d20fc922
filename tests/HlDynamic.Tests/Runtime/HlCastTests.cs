using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlCastTests
{
    private static readonly object[] Numbers = [7, 7.9, 7.9f, 7L, (byte)7, (ushort)7];
    private readonly HlContext context = new();

    [TestCaseSource(nameof(Numbers))]
    public void Numbers_are_cast_to_each_other(object number)
    {
        Assert.That(HlCast.ToI32(number), Is.EqualTo(7));
        Assert.That(HlCast.ToI64(number), Is.EqualTo(7));
        Assert.That(HlCast.ToUI8(number), Is.EqualTo(7));
        Assert.That(HlCast.ToUI16(number), Is.EqualTo(7));
        Assert.That(HlCast.ToBool(number), Is.True);
        Assert.That(HlCast.ToF64(number), Is.EqualTo(Convert.ToDouble(number)));
        Assert.That(HlCast.ToF32(number), Is.EqualTo(Convert.ToSingle(number)));
    }

    [Test]
    public void Null_is_zero()
    {
        Assert.That(HlCast.ToI32(null), Is.Zero);
        Assert.That(HlCast.ToF64(null), Is.Zero);
        Assert.That(HlCast.ToBool(null), Is.False);
        Assert.That(HlCast.ToBytes(null).IsNull);
        Assert.That(HlCast.ToType(null, context.Basic(HlTypeKind.I64)), Is.EqualTo(0L));
        Assert.That(HlCast.ToType(null, context.Basic(HlTypeKind.Dyn)), Is.Null);
    }

    [Test]
    public void Integers_are_cut_to_their_size()
    {
        Assert.That(HlCast.ToUI8(300), Is.EqualTo(44));
        Assert.That(HlCast.ToUI16(-1), Is.EqualTo(65535));
        Assert.That(HlCast.ToI32(1L << 32 | 5), Is.EqualTo(5));
        Assert.That(HlCast.ToI32(1e10), Is.EqualTo(int.MinValue));
        Assert.That(HlCast.ToBool(257), Is.True);
        Assert.That(HlCast.ToBool(256), Is.False);
        Assert.That(HlCast.ToI32(true), Is.EqualTo(1));
    }

    [Test]
    public void A_cast_that_is_impossible_names_both_types()
    {
        Assert.That(() => HlCast.ToI32(HlBytes.FromString("x")), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Can't cast bytes to i32"));
        Assert.That(() => HlCast.ToF64(new HlDynObj(context)), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Can't cast dynobj to f64"));
        Assert.That(() => HlCast.ToBytes(1), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Can't cast i32 to bytes"));
        Assert.That(() => HlCast.ToType(1, context.Basic(HlTypeKind.Array)), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Can't cast i32 to array"));
        Assert.That(() => HlCast.ToType(new HlDynObj(context), HlType.CreateAbstract(context, "thing")), Throws.TypeOf<HaxeException>());
    }

    [Test]
    public void What_is_of_the_type_already_stays_itself()
    {
        var obj = new HlDynObj(context);
        object number = 12345.5;
        Assert.That(HlCast.ToType(obj, context.Basic(HlTypeKind.DynObj)), Is.SameAs(obj));
        Assert.That(HlCast.ToType(number, context.Basic(HlTypeKind.F64)), Is.SameAs(number));
        var opaque = new object();
        Assert.That(HlCast.ToType(opaque, HlType.CreateAbstract(context, "thing")), Is.SameAs(opaque));
    }
}
