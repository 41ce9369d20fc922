using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>Numbers, texts and null cross the border where nothing is lost.</summary>
[TestFixture("4.2.5", false)]
[TestFixture("4.3.6", false)]
[TestFixture("4.2.5", true)]
[TestFixture("4.3.6", true)]
public sealed class NumberTests(string version, bool areUsed) : ValuesFixture(version, areUsed)
{
    private static readonly object[] Integers = [5, (byte)5, (sbyte)5, (short)5, (ushort)5, 5u, 5L, 5ul, 5f, 5.0, 5m];

    [TestCaseSource(nameof(Integers))]
    public void Every_number_type_converts_where_it_is_exact(object five)
    {
        dynamic value = five;
        Assert.That((int)Haxe.@int(value), Is.EqualTo(5));
        Assert.That((double)Haxe.@float(value), Is.EqualTo(5.0));
        Assert.That((float)Haxe.single(value), Is.EqualTo(5f));
        Assert.That((long)Haxe.int64(value), Is.EqualTo(6L));
        Assert.That((int)Haxe.maybe(value), Is.EqualTo(5));
        Assert.That(Vm.CallStatic<int>("Values", "int", five), Is.EqualTo(5));
        Assert.That(Vm.CallStatic<long>("Values", "int64", five), Is.EqualTo(6));
    }

    private static readonly object[] NoInt = [2.5, 2.5f, 1L << 40, uint.MaxValue, double.NaN, 1e300, 2.5m, true, "5", 'a'];

    [TestCaseSource(nameof(NoInt))]
    public void What_is_no_Int_is_refused_by_name_and_value(object value)
    {
        var error = Assert.Throws<HlConversionException>(() => Haxe.@int((dynamic)value))!;
        Assert.That(error.Message, Does.StartWith("Values.int expects (v: Int), got "));
        Assert.That(error.Value, Is.EqualTo(value));
        Assert.That(() => Vm.CallStatic("Values", "int", value), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void Single_takes_what_it_can_hold()
    {
        Assert.That((float)Haxe.single(0.5), Is.EqualTo(0.5f));
        Assert.That(() => Haxe.single(0.1), Throws.TypeOf<HlConversionException>());
        Assert.That(float.IsNaN(Haxe.single(double.NaN)), Is.True);
    }

    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue - 1)]
    [TestCase(-1L)]
    [TestCase(0x1_0000_0000L)]
    public void Int64_is_a_long(long value)
    {
        Assert.That((object)Haxe.int64(value), Is.EqualTo(value + 1));
        Assert.That((long)Haxe.callInt64((Func<long, long>)(v => v * 2 + value % 2)), Is.EqualTo(0x2_0000_0000L + value % 2));
    }

    [Test]
    public void Null_is_null_where_Haxe_has_one()
    {
        Assert.That((object?)Haxe.maybe(null), Is.Null);
        Assert.That((object?)Haxe.text(null), Is.Null);
        int? none = Haxe.maybe(null);
        Assert.That(none, Is.Null);
        Assert.That(() => Haxe.@int(null), Throws.TypeOf<HlConversionException>());
        Assert.That(() => Haxe.@float(null), Throws.TypeOf<HlConversionException>());
        Assert.That(() => Haxe.@bool(null), Throws.TypeOf<HlConversionException>());
        Assert.That(() => Vm.CallStatic("Values", "bool", [null]), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void Bool_is_no_number()
    {
        Assert.That((bool)Haxe.@bool(true), Is.True);
        Assert.That(() => Haxe.@bool(1), Throws.TypeOf<HlConversionException>());
    }

    [TestCase("")]
    [TestCase("Añil \U0001F600")]
    [TestCase("zero \0 inside")]
    public void Texts_are_strings(string text)
    {
        Assert.That((object)Haxe.text(text), Is.EqualTo(text));
        Assert.That(Vm.CallStatic<string>("Values", "text", text), Is.EqualTo(text));
        Assert.That((string)Haxe.callText((Func<string, string>)(t => t + t), text), Is.EqualTo(text + text));
    }

    [Test]
    public void What_is_no_text_is_refused() => Assert.That(() => Haxe.text(5), Throws.TypeOf<HlConversionException>());

    [TestCase((byte)1, "TInt")]
    [TestCase((short)-1, "TInt")]
    [TestCase('a', "TInt")]
    [TestCase(1.5f, "TFloat")]
    [TestCase(true, "TBool")]
    public void As_Dynamic_they_are_what_Haxe_knows(object value, string type) =>
        Assert.That((string)Haxe.typeName((dynamic)value), Is.EqualTo(type));
}
