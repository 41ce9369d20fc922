using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlCompareTests
{
    private readonly HlContext context = new();

    [TestCase(1, 2, ExpectedResult = -1)]
    [TestCase(2, 1, ExpectedResult = 1)]
    [TestCase(2, 2, ExpectedResult = 0)]
    [TestCase(2, 2.0, ExpectedResult = 0)]
    [TestCase(2.5, 2, ExpectedResult = 1)]
    [TestCase(2.5f, 2.5, ExpectedResult = 0)]
    [TestCase(1.0, 2.5f, ExpectedResult = -1)]
    [TestCase(true, false, ExpectedResult = 1)]
    [TestCase((byte)3, (byte)10, ExpectedResult = -7)]
    [TestCase(5L, 6L, ExpectedResult = -1)]
    [TestCase(null, 1, ExpectedResult = -1)]
    [TestCase(1, null, ExpectedResult = 1)]
    [TestCase(null, null, ExpectedResult = 0)]
    [TestCase(double.PositiveInfinity, double.PositiveInfinity, ExpectedResult = 0)]
    [TestCase(double.NaN, 1.0, ExpectedResult = HlCompare.Invalid)]
    [TestCase(double.NaN, double.NaN, ExpectedResult = HlCompare.Invalid)]
    [TestCase(1, 1L, ExpectedResult = HlCompare.Invalid)]
    [TestCase(1, true, ExpectedResult = HlCompare.Invalid)]
    [TestCase((byte)1, 1, ExpectedResult = HlCompare.Invalid)]
    [TestCase(1f, 1, ExpectedResult = HlCompare.Invalid)]
    public int Numbers_have_an_order_within_their_kind(object? a, object? b) => HlCompare.Compare(a, b);

    [Test]
    public void Bytes_are_equal_where_they_are_the_same()
    {
        HlBytes bytes = HlBytes.FromString("a");
        Assert.That(HlCompare.Compare(bytes, bytes.Add(0)), Is.Zero);
        Assert.That(HlCompare.Compare(bytes, HlBytes.FromString("a")), Is.EqualTo(1));
    }

    [Test]
    public void Dynamic_objects_are_equal_to_themselves_alone()
    {
        var a = new HlDynObj(context);
        Assert.That(HlCompare.Compare(a, a), Is.Zero);
        Assert.That(HlCompare.Compare(a, new HlDynObj(context)), Is.EqualTo(HlCompare.Invalid));
        Assert.That(HlCompare.DynEquals(a, a));
        Assert.That(HlCompare.DynEquals(a, null), Is.False);
    }

    [Test]
    public void Functions_are_equal_by_method_and_object()
    {
        var list = new List<int>();
        Assert.That(HlCompare.DynEquals((Action<int>)list.Add, (Action<int>)list.Add));
        Assert.That(HlCompare.DynEquals((Action<int>)list.Add, (Action)list.Clear), Is.False);
        Delegate wrapped = HlClosures.Wrap(context, (Action<int>)list.Add, typeof(Action<object>))!;
        Assert.That(HlCompare.DynEquals(wrapped, (Action<int>)list.Add));
    }

    [TestCase(1, 1, ExpectedResult = true)]
    [TestCase(1, 2, ExpectedResult = false)]
    [TestCase(1.5, 1.5, ExpectedResult = true)]
    [TestCase(true, true, ExpectedResult = true)]
    [TestCase(5000L, 5000L, ExpectedResult = true)]
    [TestCase(null, 0, ExpectedResult = false)]
    [TestCase(null, null, ExpectedResult = true)]
    [TestCase(1, 1.0, ExpectedResult = true)]
    public bool Nullable_numbers_are_equal_by_value(object? a, object? b) => HlCompare.NullEquals(a, b);

    [Test]
    public void Types_are_the_same_by_what_they_are()
    {
        var other = new HlContext();
        Assert.That(HlCompare.SameType(context.Basic(HlTypeKind.I32), other.Basic(HlTypeKind.I32)));
        Assert.That(HlCompare.SameType(context.Basic(HlTypeKind.I32), context.Basic(HlTypeKind.F64)), Is.False);
        Assert.That(HlCompare.SameType(context.TypeOf((Action<int>)(_ => { })), other.TypeOf((Action<int>)(_ => { }))));
        Assert.That(HlCompare.SameType(context.TypeOf((Action<int>)(_ => { })), other.TypeOf((Action<double>)(_ => { }))), Is.False);
    }

    [Test]
    public void Host_objects_have_the_order_they_give_themselves()
    {
        Assert.That(HlCompare.Compare(new DateTime(2020, 1, 1), new DateTime(2021, 1, 1)), Is.Negative);
        Assert.That(HlCompare.Compare(new DateTime(2020, 1, 1), new DateTime(2020, 1, 1)), Is.Zero);
        Assert.That(HlCompare.Compare(new DateTime(2020, 1, 1), TimeSpan.Zero), Is.EqualTo(HlCompare.Invalid));
    }
}
