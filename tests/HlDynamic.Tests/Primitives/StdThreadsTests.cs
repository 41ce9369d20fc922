using HlDynamic.Primitives;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives;

public sealed class StdThreadsTests
{
    [Test]
    public void A_deque_hands_messages_to_another_thread()
    {
        object deque = StdThreads.DequeAlloc();
        StdThreads.ThreadCreate(new HlContext(), () => StdThreads.DequeAdd(deque, "message"));
        Assert.That(StdThreads.DequePop(deque, wait: true), Is.EqualTo("message"));
        Assert.That(StdThreads.DequePop(deque, wait: false), Is.Null);
    }

    [Test]
    public void A_mutex_can_be_taken_again_by_its_thread_alone()
    {
        object mutex = StdThreads.MutexAlloc(true);
        StdThreads.MutexAcquire(mutex);
        Assert.That(StdThreads.MutexTryAcquire(mutex));
        object done = StdThreads.LockCreate();
        bool? taken = null;
        StdThreads.ThreadCreate(new HlContext(), () =>
        {
            taken = StdThreads.MutexTryAcquire(mutex);
            StdThreads.MutexRelease(mutex);
            StdThreads.LockRelease(done);
        });
        Assert.That(StdThreads.LockWait(done, null));
        Assert.That(taken, Is.False);
    }

    // What leaves a thread would end the process of the tests.
    [Test]
    public void A_thread_that_fails_after_the_output_was_closed_ends_quietly()
    {
        var output = new MemoryStream();
        var context = new HlContext { Output = output };
        output.Dispose();
        var thread = (Thread)StdThreads.ThreadCreate(context, () => StdSystem.SysPrint(context, HlBytes.FromString("late")));
        Assert.That(thread.Join(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public void A_lock_is_waited_for_no_longer_than_asked() => Assert.That(StdThreads.LockWait(StdThreads.LockCreate(), 0.01), Is.False);

    [Test]
    public void A_condition_wakes_who_waits()
    {
        object condition = StdThreads.ConditionAlloc();
        StdThreads.ConditionAcquire(condition);
        StdThreads.ThreadCreate(new HlContext(), () =>
        {
            StdThreads.ConditionAcquire(condition);
            StdThreads.ConditionSignal(condition);
            StdThreads.ConditionRelease(condition);
        });
        StdThreads.ConditionWait(condition);
        StdThreads.ConditionRelease(condition);
        Assert.That(StdThreads.ConditionTryAcquire(condition));
        Assert.That(StdThreads.ConditionTimedWait(condition, 0.01), Is.False);
    }

    [Test]
    public void Each_thread_has_its_own_value()
    {
        object slot = StdThreads.TlsAlloc(true), done = StdThreads.LockCreate();
        StdThreads.TlsSet(slot, "mine");
        StdThreads.ThreadCreate(new HlContext(), () =>
        {
            StdThreads.TlsSet(slot, "other");
            StdThreads.LockRelease(done);
        });
        StdThreads.LockWait(done, null);
        Assert.That(StdThreads.TlsGet(slot), Is.EqualTo("mine"));
    }

    [Test]
    public void An_exception_ends_its_thread_with_a_report()
    {
        var output = new MemoryStream();
        var thread = (Thread)StdThreads.ThreadCreate(new HlContext { Output = output }, static () => throw HaxeError.Text("broken"));
        thread.Join();
        Assert.That(System.Text.Encoding.UTF8.GetString(output.ToArray()), Is.EqualTo("Uncaught exception: broken\n"));
    }

    [Test]
    public void A_report_that_nobody_can_read_any_more_does_no_harm()
    {
        var output = new MemoryStream();
        output.Dispose();
        var thread = (Thread)StdThreads.ThreadCreate(new HlContext { Output = output }, static () => throw HaxeError.Text("broken"));
        Assert.That(thread.Join(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void Atomic_operations_answer_what_was_before()
    {
        int value = 5;
        Assert.That(StdThreads.AtomicAdd32(ref value, 2), Is.EqualTo(5));
        Assert.That(StdThreads.AtomicSub32(ref value, 1), Is.EqualTo(7));
        Assert.That(StdThreads.AtomicXor32(ref value, 3), Is.EqualTo(6));
        Assert.That(StdThreads.AtomicCompareExchange32(ref value, 5, 9), Is.EqualTo(5));
        Assert.That(StdThreads.AtomicExchange32(ref value, 1), Is.EqualTo(9));
        Assert.That(StdThreads.AtomicStore32(ref value, 4), Is.EqualTo(4));
        Assert.That(StdThreads.AtomicLoad32(ref value), Is.EqualTo(4));
    }
}
