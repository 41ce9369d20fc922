using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

/// <summary>The steps of Haxe's sort that move elements.</summary>
public sealed class HlArraySortTests
{
    private sealed class Owner : HlArrayObject
    {
        public Owner(int count, HlArray? elements)
        {
            length = count;
            array = elements;
        }

        protected internal override HlType RuntimeType => throw new NotSupportedException();
    }

    private static HlArray<object> Numbers(int count) => new(null!, [.. Enumerable.Range(0, count).Select(i => (object)i)]);

    [Test]
    public void Ranges_of_all_lengths_change_places([Values(0, 1, 2, 3, 9, 16, 17, 40)] int left, [Values(0, 1, 2, 5, 16, 17, 33)] int right)
    {
        const int From = 3, Behind = 4;
        int middle = From + left, to = middle + right, count = to + Behind;
        HlArray<object> array = Numbers(count);

        Assert.That(HlArraySort.TryRotate(new Owner(count, array), From, middle, to), Is.True);

        int[] all = [.. Enumerable.Range(0, count)];
        Assert.That(array.Items, Is.EqualTo((int[])[.. all[..From], .. all[middle..to], .. all[From..middle], .. all[to..]]));
    }

    [TestCase(-1, 2, 4)]
    [TestCase(2, 1, 4)]
    [TestCase(1, 3, 2)]
    [TestCase(1, 3, 6)]
    [TestCase(int.MinValue, 0, int.MaxValue)]
    public void Ranges_that_are_none_are_left_to_Haxe(int from, int middle, int to)
    {
        HlArray<object> array = Numbers(8);

        Assert.That(HlArraySort.TryRotate(new Owner(5, array), from, middle, to), Is.False);
        Assert.That(array.Items, Is.EqualTo(Enumerable.Range(0, 8)));
    }

    [Test]
    public void What_is_no_array_of_references_or_shorter_than_it_says_is_left_to_Haxe()
    {
        Assert.That(HlArraySort.TryRotate(new Owner(3, null), 0, 1, 2), Is.False);
        Assert.That(HlArraySort.TryRotate(new Owner(3, new HlArray<int>(null!, new int[3])), 0, 1, 2), Is.False);
        Assert.That(HlArraySort.TryRotate(new Owner(9, Numbers(8)), 0, 1, 2), Is.False);
        Assert.That(HlArraySort.TryRotate(new Owner(-1, Numbers(8)), 0, 0, 0), Is.False);
        Assert.That(HlArraySort.TrySwap(new Owner(3, null), 0, 1), Is.False);
        Assert.That(HlArraySort.TrySwap(new Owner(9, Numbers(8)), 0, 1), Is.False);
    }

    [Test]
    public void Two_elements_change_places()
    {
        HlArray<object> array = Numbers(4);

        Assert.That(HlArraySort.TrySwap(new Owner(3, array), 0, 2), Is.True);
        Assert.That(HlArraySort.TrySwap(new Owner(3, array), 1, 1), Is.True);
        Assert.That(HlArraySort.TrySwap(new Owner(3, array), 0, 3), Is.False);
        Assert.That(HlArraySort.TrySwap(new Owner(3, array), -1, 0), Is.False);
        Assert.That(array.Items, Is.EqualTo((int[])[2, 1, 0, 3]));
    }

    [Test]
    public void Strings_held_as_such_change_places()
    {
        var array = new HlArray<object>(null!, (string[])["a", "b", "c"]);

        Assert.That(HlArraySort.TryRotate(new Owner(3, array), 0, 1, 3), Is.True);
        Assert.That(array.Items, Is.EqualTo((string[])["b", "c", "a"]));
    }
}
