using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

/// <summary>Elements that compiled code reaches without asking where their block starts, where the block is not what the array says.</summary>
public sealed class NearElementsTests
{
    private readonly HlVm vm = Fixtures.Load("NearElements");

    [OneTimeTearDown]
    public void Dispose() => vm.Dispose();

    private HlArrayObject Grown => (HlArrayObject)vm.GetStatic("NearElements", "grown")!;

    private int At(int index) => vm.CallStatic<int>("NearElements", "at", index);

    private void Put(int index, int value) => vm.CallStatic("NearElements", "put", index, value);

    [SetUp]
    public void SetUp()
    {
        Grown.bytes = new HlBytes(new byte[16]);
        Grown.length = 4;
    }

    [Test]
    public void A_block_that_is_shorter_than_its_array_is_not_left()
    {
        Grown.length = int.MaxValue;

        Put(3, 7);
        Assert.That(At(3), Is.EqualTo(7));
        foreach (int index in (int[])[4, 5, 1 << 28, (1 << 29) - 1, 1 << 29 | 4, 1 << 30 | 4, int.MaxValue - 1])
        {
            Assert.That(() => At(index), Throws.TypeOf<HaxeException>(), $"{index}");
            Assert.That(() => Put(index, 1), Throws.TypeOf<HaxeException>(), $"{index}");
        }
    }

    [Test]
    public void A_pointer_into_a_block_is_followed([Values(1, 4, 7)] int offset)
    {
        var block = new byte[32];
        Grown.bytes = new HlBytes(block, offset);

        Put(2, 0x01020304);

        Assert.That(At(2), Is.EqualTo(0x01020304));
        Assert.That(block[offset + 8], Is.EqualTo(4));
        Grown.length = 8;
        Assert.That(() => At(7), Throws.TypeOf<HaxeException>());
    }

    [Test]
    public void Pointers_outside_of_their_block_and_null_reach_nothing()
    {
        foreach (int offset in (int[])[-4, -1, 16, int.MaxValue, int.MinValue])
        {
            Grown.bytes = new HlBytes(new byte[16], offset);
            Assert.That(() => At(0), Throws.TypeOf<HaxeException>(), $"{offset}");
        }
        Grown.bytes = default;
        Assert.That(() => At(0), Throws.TypeOf<HaxeException>().With.Message.Contains("Null access"));
    }

    [Test]
    public void What_Haxe_sees_is_what_was_set()
    {
        var bytes = new HlBytes(new byte[8], 3);

        Grown.bytes = bytes;

        Assert.That(Grown.bytes, Is.EqualTo(bytes));
        Assert.That(HlObject.Get<object>(Grown, "length"), Is.EqualTo(4));
    }

    [Test]
    public void An_element_of_a_class_that_does_not_fit_is_an_error()
    {
        using HlVm other = Fixtures.Load("CallsOfElements");
        object? animal = other.New("Animal");

        Assert.That(() => other.CallStatic("CallsOfElements", "sum", Figures(other.New("Box", 2)!), 3), Is.EqualTo(12 ^ 4));
        Assert.That(() => other.CallStatic("CallsOfElements", "sum", Figures(animal!), 3), Throws.TypeOf<HaxeException>());

        object Figures(object element)
        {
            var list = (HlArrayObject)other.CallStatic("CallsOfElements", "one", other.New("Box", 1))!;
            list.array![0] = element;
            return list;
        }
    }
}
