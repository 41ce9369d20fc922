using HlDynamic.Primitives;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives;

public sealed class StdBytesTests
{
    private static HlBytes Bytes(params byte[] bytes) => new(bytes);

    [Test]
    public void Overlapping_bytes_are_copied_as_if_at_once()
    {
        HlBytes bytes = Bytes(1, 2, 3, 4, 5);
        StdBytes.BytesBlit(bytes, 1, bytes, 0, 4);
        Assert.That(bytes.Span().ToArray(), Is.EqualTo(new byte[] { 1, 1, 2, 3, 4 }));
    }

    [Test]
    public void Nothing_can_be_copied_from_null() => Assert.That(() => StdBytes.BytesBlit(default, 0, default, 0, 0), Throws.Nothing);

    [Test]
    public void Copying_beyond_the_end_is_an_error() =>
        Assert.That(() => StdBytes.BytesBlit(Bytes(1, 2), 0, Bytes(1), 0, 2), Throws.InstanceOf<HaxeException>());

    [Test]
    public void Bytes_compare_as_unsigned() => Assert.That(StdBytes.BytesCompare(Bytes(0xFF), 0, Bytes(0x01), 0, 1), Is.Positive);

    [Test]
    public void Characters_compare_by_their_numbers() =>
        Assert.That(StdBytes.BytesCompare16(HlBytes.FromString("Ā"), HlBytes.FromString("b"), 1), Is.EqualTo('Ā' - 'b'));

    [TestCase(0, 6, 2)]
    [TestCase(3, 3, 4)]
    [TestCase(3, 2, -1)]
    [TestCase(5, 1, -1)]
    public void Bytes_are_found(int position, int length, int expected) =>
        Assert.That(StdBytes.BytesFind(Bytes(1, 9, 2, 3, 2, 3), position, length, Bytes(2, 3), 0, 2), Is.EqualTo(expected));

    [Test]
    public void Bytes_are_found_from_the_end()
    {
        Assert.That(StdBytes.BytesRfind(Bytes(2, 3, 2, 3), 4, Bytes(2, 3), 2), Is.EqualTo(2));
        Assert.That(StdBytes.BytesRfind(Bytes(2, 3, 2, 3), 3, Bytes(2, 3), 2), Is.EqualTo(0));
        Assert.That(StdBytes.BytesRfind(Bytes(2, 3), 2, Bytes(), 0), Is.EqualTo(2));
    }

    [TestCase(5)]
    [TestCase(11)]
    [TestCase(12)]
    [TestCase(1000)]
    public void Sorting_is_stable(int count)
    {
        var random = new Random(3);
        int[] items = [.. Enumerable.Range(0, count).Select(i => random.Next(10) * 10_000 + i)];
        HlBytes bytes = HlBytes.Allocate(count * 4 + 4);
        for (int i = 0; i < count; i++)
            bytes.Set(i * 4 + 4, items[i]);

        StdBytes.BsortI32(bytes, 4, count, static (a, b) => a / 10_000 - b / 10_000);

        Assert.That(Enumerable.Range(0, count).Select(i => bytes.Get<int>(i * 4 + 4)), Is.EqualTo(items.OrderBy(static x => x / 10_000)));
    }

    [Test]
    public void A_comparison_without_order_ends() =>
        Assert.That(() => StdBytes.BsortF64(HlBytes.Allocate(800), 0, 100, static (_, _) => 1), Throws.Nothing);

    [Test]
    public void An_address_leads_back_to_its_bytes()
    {
        var context = new HlContext();
        HlBytes bytes = Bytes(1, 2, 3);
        long address = StdBytes.BytesAddress64(context, bytes.Add(1));

        Assert.That(StdBytes.BytesFromAddress64(context, address), Is.EqualTo(bytes.Add(1)));
        Assert.That(StdBytes.BytesFromAddress64(context, address + 1), Is.EqualTo(bytes.Add(2)));
        Assert.That(StdBytes.BytesAddress64(context, bytes), Is.EqualTo(address - 1));
    }
}
