using HlDynamic.Dynamic;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>Calls by name with arguments that need no boxes (<see cref="HlArgument"/>).</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class NamedCallTests(string version)
{
    // More often than it takes for the call to be compiled.
    private const int Often = 40;

    private HlVm vm = null!;

    [SetUp]
    public void Load() => vm = Fixtures.Load("CallSites", version);

    [TearDown]
    public void DisposeVm() => vm.Dispose();

    [Test]
    public void Numbers_and_texts_pass_before_and_after_the_call_is_compiled()
    {
        object subject = vm.New("Subject");
        for (int i = 0; i < Often; i++)
        {
            Assert.That(vm.CallStatic<int>("Subject", "add", i, 3), Is.EqualTo(i + 3));
            Assert.That(HlObject.Call<double>(subject, "scaled", 2), Is.EqualTo(3.0));
            Assert.That(HlObject.Call<string>(subject, "choose", "text" + i), Is.EqualTo("text" + i));
            Assert.That(HlObject.Call<string?>(subject, "choose", null), Is.Null);
            Assert.That(HlObject.Call<bool>(subject, "isMore", (byte)3), Is.True);
            Assert.That(HlObject.Get<int>(subject, "number"), Is.EqualTo(100));
            Assert.That(vm.GetStatic<int>("Subject", "shared"), Is.EqualTo(7));
        }
    }

    [Test]
    public void Every_kind_of_number_is_converted_as_in_any_call()
    {
        Assert.That(vm.CallStatic<int>("Subject", "add", 1L, 2u), Is.EqualTo(3));
        Assert.That(vm.CallStatic<long>("Subject", "add", (ushort)1, 2.0), Is.EqualTo(3L));
        Assert.That(vm.CallStatic<double>("Subject", "add", 1f, (sbyte)2), Is.EqualTo(3.0));
        Assert.That(() => vm.CallStatic<int>("Subject", "add", 1.5, 2), Throws.TypeOf<HlConversionException>().With.Message.Contains("1.5"));
        Assert.That(() => vm.CallStatic<int>("Subject", "add", ulong.MaxValue, 2), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void A_wrong_argument_is_the_same_error_once_compiled()
    {
        for (int i = 0; i < Often; i++)
            vm.CallStatic<int>("Subject", "add", 1, 2);
        Assert.That(() => vm.CallStatic<int>("Subject", "add", "one", 2),
            Throws.TypeOf<HlConversionException>().With.Message.Contains("Subject.add expects (a: Int, b: Int)"));
        Assert.That(() => vm.CallStatic<int>("Subject", "add", 1), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void Several_types_of_result_of_one_function_are_right()
    {
        for (int i = 0; i < Often; i++)
        {
            Assert.That(vm.CallStatic<int>("Subject", "add", i, 1), Is.EqualTo(i + 1));
            Assert.That(vm.CallStatic<long>("Subject", "add", i, 1), Is.EqualTo(i + 1L));
            Assert.That(vm.CallStatic<object>("Subject", "add", i, 1), Is.EqualTo(i + 1));
        }
    }

    [Test]
    public void Arguments_of_other_types_and_arrays_of_arguments_go_by_the_other_overload()
    {
        dynamic subject = vm.New("Subject");
        Assert.That(HlObject.Call<object>((object)subject, "self", (object)subject), Is.SameAs((object)subject));
        Assert.That(vm.CallStatic<int>("Subject", "add", new object?[] { 1, 2 }), Is.EqualTo(3));
        dynamic one = 1;
        Assert.That((int)vm.CallStatic<int>("Subject", "add", one, 2), Is.EqualTo(3));
        Assert.That(vm.CallStatic<int>("Borders", "repeat", (Func<int, int>)(x => x + 1), 5), Is.EqualTo(5));
    }

    [Test]
    public void A_call_with_numbers_allocates_nothing()
    {
        int sum = 0;
        for (int i = 0; i < Often; i++)
            sum += vm.CallStatic<int>("Subject", "add", 1_000_000, i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            sum += vm.CallStatic<int>("Subject", "add", 1_000_000, i);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000), "bytes for 1000 calls");
        Assert.That(sum, Is.Not.Zero);
    }

    [Test]
    public void A_static_function_that_is_assigned_later_is_called_from_then_on()
    {
        dynamic statics = ((dynamic)vm).Subject;
        int Add() => statics.add(2, 3);
        for (int i = 0; i < Often; i++)
            Assert.That((Add(), vm.CallStatic<int>("Subject", "add", 2, 3)), Is.EqualTo((5, 5)));
        statics.add = (Func<int, int, int>)((a, b) => a * b);
        Assert.That((Add(), vm.CallStatic<int>("Subject", "add", 2, 3)), Is.EqualTo((6, 6)));
    }

    [Test]
    public void A_text_passed_again_is_the_same_text()
    {
        object subject = vm.New("Subject");
        string text = new('t', 20), other = new('t', 20), changed = "t" + new string('u', 19);
        for (int i = 0; i < 3; i++)
            foreach (string one in new[] { text, other, changed, new string('v', 100), "" })
            {
                Assert.That(HlObject.Call<string>(subject, "choose", one), Is.EqualTo(one));
                Assert.That((string)((dynamic)subject).choose(one), Is.EqualTo(one));
                ((dynamic)subject).text = one;
                Assert.That(HlObject.Get<string>(subject, "text"), Is.EqualTo(one));
            }
    }

    [Test]
    public void A_closure_of_numbers_as_a_delegate_keeps_faults_and_identity()
    {
        dynamic borders = ((dynamic)vm).Borders;
        Func<int, int> adder = borders.adder(3);
        Assert.That(adder(4), Is.EqualTo(7));
        Assert.That((int)borders.repeat(adder, 3), Is.EqualTo(9));
        object subject = vm.New("Subject");
        Func<int, int> next = HlObject.BindMethod<Func<int, int>>(subject, "next");
        HlObject.Set(subject, "number", 10);
        Assert.That(next(1), Is.EqualTo(11));
    }
}
