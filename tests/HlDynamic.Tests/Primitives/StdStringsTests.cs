using HlDynamic.Primitives;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives;

public sealed class StdStringsTests
{
    [TestCase("12", 12)]
    [TestCase("  -12x", -12)]
    [TestCase("+5", 5)]
    [TestCase("0x", 0)]
    [TestCase("0xFF", 255)]
    [TestCase("-0x10", -16)]
    [TestCase("2147483648", int.MinValue)]
    [TestCase("99999999999", 1215752191)]
    [TestCase("1e5", 1)]
    [TestCase("", null)]
    [TestCase("-", null)]
    [TestCase("--1", null)]
    public void Integers_are_parsed_as_HashLink_does(string text, int? expected) =>
        Assert.That(StdStrings.ParseInt(HlBytes.FromString(text), 0, text.Length * 2), Is.EqualTo(expected));

    [TestCase("12", 12)]
    [TestCase(" 7.5x", 7.5)]
    [TestCase(".5", 0.5)]
    [TestCase("-.5e3", -500)]
    [TestCase("5.", 5)]
    [TestCase("1e", 1)]
    [TestCase("1e400", double.PositiveInfinity)]
    [TestCase("0x10", 0)]
    [TestCase("1.2.3", 1.2)]
    [TestCase("", double.NaN)]
    [TestCase(".", double.NaN)]
    [TestCase("+-1", double.NaN)]
    [TestCase("nan", double.NaN)]
    public void Numbers_are_parsed_as_HashLink_does(string text, double expected) =>
        Assert.That(StdStrings.ParseFloat(HlBytes.FromString(text), 0, text.Length * 2), Is.EqualTo(expected));

    [TestCase(0, "0")]
    [TestCase(int.MinValue, "-2147483648")]
    public void Integers_have_a_text(int value, string expected)
    {
        int length = 0;
        Assert.That(StdStrings.Itos(value, ref length).ToString(), Is.EqualTo(expected));
        Assert.That(length, Is.EqualTo(expected.Length));
    }

    [TestCase("héllo €😀")]
    [TestCase("")]
    public void Text_becomes_UTF8_and_back(string text)
    {
        int size = 0;
        HlBytes utf8 = StdStrings.Utf16ToUtf8(HlBytes.FromString(text), 0, ref size);
        Assert.That(utf8.Span(0, size).ToArray(), Is.EqualTo(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.That(StdStrings.Utf8ToUtf16(utf8, 0, ref size).ToString(), Is.EqualTo(text));
        Assert.That(size, Is.EqualTo(text.Length * 2));
    }

    [TestCase(new byte[] { 0x80, 0x41 }, "")]
    [TestCase(new byte[] { 0x41, 0xC3, 0x41 }, "A")]
    [TestCase(new byte[] { 0x41, 0xE2, 0x82 }, "A")]
    [TestCase(new byte[] { 0xC3, 0xFF, 0x41 }, "\u00FFA")]
    public void What_is_no_UTF8_is_read_as_HashLink_does(byte[] bytes, string expected) => Assert.That(StdStrings.ReadUtf8(new HlBytes(bytes)), Is.EqualTo(expected));

    [TestCase("straße İı ſ ǆ éΑ", "STRAßE İI S ǅ ÉΑ")]
    public void Letters_become_capitals(string text, string expected) =>
        Assert.That(StdStrings.Ucs2Upper(HlBytes.FromString(text), 0, text.Length).ToString(), Is.EqualTo(expected));

    [TestCase("ÉΑİ Aẞ", "éαi aß")]
    public void Letters_become_small(string text, string expected) =>
        Assert.That(StdStrings.Ucs2Lower(HlBytes.FromString(text), 0, text.Length).ToString(), Is.EqualTo(expected));

    [TestCase("a b+c", "a%20b%2Bc")]
    [TestCase("é€😀", "%C3%A9%E2%82%AC%F0%9F%98%80")]
    public void Text_is_encoded_for_URLs_and_back(string text, string expected)
    {
        int length = 0;
        HlBytes encoded = StdStrings.UrlEncode(HlBytes.FromString(text), ref length);
        Assert.That(encoded.ToString(), Is.EqualTo(expected));
        Assert.That(StdStrings.UrlDecode(encoded, ref length).ToString(), Is.EqualTo(text));
        Assert.That(length, Is.EqualTo(text.Length));
    }

    [Test]
    public void An_unfinished_sequence_in_a_URL_is_an_error()
    {
        int length = 0;
        Assert.That(() => StdStrings.UrlDecode(HlBytes.FromString("%E2%82"), ref length),
            Throws.InstanceOf<HaxeException>().With.Message.EqualTo("Malformed URL encoded"));
    }

    [Test]
    public void A_fraction_is_printed_with_15_digits()
    {
        int length = 0;
        Assert.That(StdStrings.ValueToString(0.1, ref length).ToString(), Is.EqualTo("0.1"));
        Assert.That(StdStrings.Ftos(1e15, ref length).ToString(), Is.EqualTo("1e+15"));
    }
}
