using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>One call site that meets objects of many classes: each gets its own members, whichever rule the site has by then.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class ManyClassesTests(string version)
{
    [TestCase(1, false)]
    [TestCase(2, false)]
    [TestCase(4, false)]
    [TestCase(8, false)]
    [TestCase(50, false)]
    [TestCase(50, true)]
    public void A_call_site_works_with_any_number_of_classes(int classes, bool unloadable)
    {
        using HlVm vm = Fixtures.Load("ManyClasses", version, new HlVmOptions { Unloadable = unloadable });
        dynamic[] objects = [.. Enumerable.Range(0, classes).Select(i => vm.New("Kind" + i))];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < classes; i++)
            {
                dynamic kind = objects[i];
                kind.value = round;
                Assert.That((int)kind.add(1000), Is.EqualTo(1000 + round + i));
                Assert.That((string)kind.name(), Is.EqualTo("Kind" + i));
                Assert.That((int)kind.value, Is.EqualTo(round));
            }
        }
    }
}
