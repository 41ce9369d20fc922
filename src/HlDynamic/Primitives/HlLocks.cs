using System.Diagnostics;

namespace HlDynamic.Primitives;

/// <summary>A lock that its thread can take again, and on which threads can wait for a signal.</summary>
internal sealed class HlMutex
{
    private readonly object gate = new();

    public void Acquire() => Monitor.Enter(gate);

    public bool TryAcquire() => Monitor.TryEnter(gate);

    // A thread that does not hold the lock has nothing to release.
    public void Release()
    {
        if (Monitor.IsEntered(gate))
            Monitor.Exit(gate);
    }

    /// <summary>Waits for a signal; false if the time is over.</summary>
    public bool Wait(TimeSpan timeout)
    {
        lock (gate)
            return Monitor.Wait(gate, timeout);
    }

    public void Signal(bool all)
    {
        lock (gate)
        {
            if (all)
                Monitor.PulseAll(gate);
            else
                Monitor.Pulse(gate);
        }
    }
}

/// <summary>A number that threads wait for to be above zero, and count down.</summary>
internal sealed class HlSemaphore(int count)
{
    private readonly object gate = new();

    public void Release()
    {
        lock (gate)
        {
            count++;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Counts down, waiting if it must; false if the time is over.</summary>
    public bool Wait(TimeSpan timeout)
    {
        lock (gate)
        {
            long start = Stopwatch.GetTimestamp();
            while (count <= 0)
            {
                TimeSpan left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - Stopwatch.GetElapsedTime(start);
                if (timeout != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero)
                    return false;
                Monitor.Wait(gate, left);
            }
            count--;
            return true;
        }
    }
}

/// <summary>A queue with two ends between threads.</summary>
internal sealed class HlDeque
{
    private readonly LinkedList<object?> messages = [];

    public void AddLast(object? message)
    {
        lock (messages)
        {
            messages.AddLast(message);
            Monitor.Pulse(messages);
        }
    }

    public void AddFirst(object? message)
    {
        lock (messages)
        {
            messages.AddFirst(message);
            Monitor.Pulse(messages);
        }
    }

    /// <summary>Takes the first message; null if there is none and the caller does not wait.</summary>
    public object? TakeFirst(bool wait)
    {
        lock (messages)
        {
            while (messages.First is null)
            {
                if (!wait)
                    return null;
                Monitor.Wait(messages);
            }
            object? message = messages.First.Value;
            messages.RemoveFirst();
            return message;
        }
    }
}
