using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Threads and what they wait for (HashLink std/thread.c). They are .NET threads.</summary>
internal static class StdThreads
{
    private const int StackSize = 16 << 20;

    [HlPrimitive("std", "thread_current")]
    public static object ThreadCurrent() => Thread.CurrentThread;

    [HlPrimitive("std", "thread_create")]
    public static object ThreadCreate(HlContext context, Action function)
    {
        var thread = new Thread(() => Run(context, function), StackSize) { IsBackground = true };
        thread.Start();
        return thread;
    }

    // An exception ends the thread alone; the program goes on.
    private static void Run(HlContext context, Action function)
    {
        try
        {
            function();
        }
        catch (HlExitException)
        {
        }
        catch (Exception e)
        {
            Exception uncaught = e;
            try
            {
                StdErrors.CallHandler(context, e);
            }
            catch (HlExitException)
            {
                return;
            }
            catch (Exception next)
            {
                uncaught = next;
            }
            Report(context, uncaught);
        }
    }

    private static void Report(HlContext context, Exception uncaught)
    {
        try
        {
            StdSystem.SysPrint(context, HlBytes.FromString(StdErrors.Describe(context, uncaught)));
        }
        catch (Exception)
        {
            // A thread can outlive the program and its output. Nobody is left to tell, and what leaves a thread ends the process.
        }
    }

    [HlPrimitive("std", "thread_set_name")]
    public static void ThreadSetName(object? thread, HlBytes name)
    {
        if (thread is Thread t)
            t.Name = StdStrings.ReadUtf8(name);
    }

    [HlPrimitive("std", "thread_get_name")]
    public static HlBytes ThreadGetName(object? thread) => thread is Thread { Name: { Length: > 0 } name } ? StdStrings.ToUtf8(name) : default;

    [HlPrimitive("std", "mutex_alloc")]
    public static object MutexAlloc(bool collected) => new HlMutex();

    [HlPrimitive("std", "mutex_acquire")]
    public static void MutexAcquire(object mutex) => ((HlMutex)mutex).Acquire();

    [HlPrimitive("std", "mutex_try_acquire")]
    public static bool MutexTryAcquire(object mutex) => ((HlMutex)mutex).TryAcquire();

    [HlPrimitive("std", "mutex_release")]
    public static void MutexRelease(object mutex) => ((HlMutex)mutex).Release();

    [HlPrimitive("std", "mutex_free")]
    public static void MutexFree(object? mutex)
    {
    }

    [HlPrimitive("std", "semaphore_alloc")]
    public static object SemaphoreAlloc(int count) => new HlSemaphore(count);

    [HlPrimitive("std", "semaphore_acquire")]
    public static void SemaphoreAcquire(object semaphore) => ((HlSemaphore)semaphore).Wait(Timeout.InfiniteTimeSpan);

    [HlPrimitive("std", "semaphore_try_acquire")]
    public static bool SemaphoreTryAcquire(object semaphore, object? timeout) =>
        ((HlSemaphore)semaphore).Wait(timeout is null ? TimeSpan.Zero : Seconds(HlCast.ToF64(timeout)));

    [HlPrimitive("std", "semaphore_release")]
    public static void SemaphoreRelease(object semaphore) => ((HlSemaphore)semaphore).Release();

    [HlPrimitive("std", "semaphore_free")]
    public static void SemaphoreFree(object? semaphore)
    {
    }

    [HlPrimitive("std", "condition_alloc")]
    public static object ConditionAlloc() => new HlMutex();

    [HlPrimitive("std", "condition_acquire")]
    public static void ConditionAcquire(object condition) => ((HlMutex)condition).Acquire();

    [HlPrimitive("std", "condition_try_acquire")]
    public static bool ConditionTryAcquire(object condition) => ((HlMutex)condition).TryAcquire();

    [HlPrimitive("std", "condition_release")]
    public static void ConditionRelease(object condition) => ((HlMutex)condition).Release();

    [HlPrimitive("std", "condition_wait")]
    public static void ConditionWait(object condition) => ((HlMutex)condition).Wait(Timeout.InfiniteTimeSpan);

    [HlPrimitive("std", "condition_timed_wait")]
    public static bool ConditionTimedWait(object condition, double timeout) => ((HlMutex)condition).Wait(Seconds(timeout));

    [HlPrimitive("std", "condition_signal")]
    public static void ConditionSignal(object condition) => ((HlMutex)condition).Signal(all: false);

    [HlPrimitive("std", "condition_broadcast")]
    public static void ConditionBroadcast(object condition) => ((HlMutex)condition).Signal(all: true);

    [HlPrimitive("std", "lock_create")]
    public static object LockCreate() => new HlSemaphore(0);

    [HlPrimitive("std", "lock_release")]
    public static void LockRelease(object @lock) => ((HlSemaphore)@lock).Release();

    [HlPrimitive("std", "lock_wait")]
    public static bool LockWait(object @lock, object? timeout) =>
        ((HlSemaphore)@lock).Wait(timeout is null ? Timeout.InfiniteTimeSpan : Seconds(HlCast.ToF64(timeout)));

    [HlPrimitive("std", "tls_alloc")]
    public static object TlsAlloc(bool collected) => new ThreadLocal<object?>();

    [HlPrimitive("std", "tls_get")]
    public static object? TlsGet(object slot) => ((ThreadLocal<object?>)slot).Value;

    [HlPrimitive("std", "tls_set")]
    public static void TlsSet(object slot, object? value) => ((ThreadLocal<object?>)slot).Value = value;

    [HlPrimitive("std", "deque_alloc")]
    public static object DequeAlloc() => new HlDeque();

    [HlPrimitive("std", "deque_add")]
    public static void DequeAdd(object deque, object? message) => ((HlDeque)deque).AddLast(message);

    [HlPrimitive("std", "deque_push")]
    public static void DequePush(object deque, object? message) => ((HlDeque)deque).AddFirst(message);

    [HlPrimitive("std", "deque_pop")]
    public static object? DequePop(object deque, bool wait) => ((HlDeque)deque).TakeFirst(wait);

    [HlPrimitive("std", "atomic_add32")]
    public static int AtomicAdd32(ref int target, int value) => Interlocked.Add(ref target, value) - value;

    [HlPrimitive("std", "atomic_sub32")]
    public static int AtomicSub32(ref int target, int value) => Interlocked.Add(ref target, -value) + value;

    [HlPrimitive("std", "atomic_and32")]
    public static int AtomicAnd32(ref int target, int value) => Interlocked.And(ref target, value);

    [HlPrimitive("std", "atomic_or32")]
    public static int AtomicOr32(ref int target, int value) => Interlocked.Or(ref target, value);

    [HlPrimitive("std", "atomic_xor32")]
    public static int AtomicXor32(ref int target, int value)
    {
        for (;;)
        {
            int old = Volatile.Read(ref target);
            if (Interlocked.CompareExchange(ref target, old ^ value, old) == old)
                return old;
        }
    }

    [HlPrimitive("std", "atomic_compare_exchange32")]
    public static int AtomicCompareExchange32(ref int target, int expected, int value) => Interlocked.CompareExchange(ref target, value, expected);

    [HlPrimitive("std", "atomic_compare_exchange_ptr")]
    public static object? AtomicCompareExchangePtr(ref object? target, object? expected, object? value) => Interlocked.CompareExchange(ref target, value, expected);

    [HlPrimitive("std", "atomic_exchange32")]
    public static int AtomicExchange32(ref int target, int value) => Interlocked.Exchange(ref target, value);

    [HlPrimitive("std", "atomic_exchange_ptr")]
    public static object? AtomicExchangePtr(ref object? target, object? value) => Interlocked.Exchange(ref target, value);

    [HlPrimitive("std", "atomic_load32")]
    public static int AtomicLoad32(ref int target) => Volatile.Read(ref target);

    [HlPrimitive("std", "atomic_load_ptr")]
    public static object? AtomicLoadPtr(ref object? target) => Volatile.Read(ref target);

    [HlPrimitive("std", "atomic_store32")]
    public static int AtomicStore32(ref int target, int value)
    {
        Interlocked.Exchange(ref target, value);
        return value;
    }

    [HlPrimitive("std", "atomic_store_ptr")]
    public static object? AtomicStorePtr(ref object? target, object? value)
    {
        Interlocked.Exchange(ref target, value);
        return value;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(double.IsNaN(seconds) ? 0 : seconds, 0, int.MaxValue / 1000));
}
