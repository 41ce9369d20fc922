using System.Runtime.CompilerServices;

namespace HlDynamic.Runtime;

/// <summary>
/// Turns running out of stack into an exception. Compiled code asks whether its stack pointer is still in the block
/// of addresses that was found good last, which is one comparison; only when it is not, it asks here.
/// </summary>
internal static class HlStackGuard
{
    // The CLR vouches for 128 KiB. Half of it is given out; the rest is for what runs between two checks.
    private const int Step = 64 << 10;

    /// <summary>How many bits of an address tell places within a block.</summary>
    internal const int BlockBits = 16;

    /// <summary>
    /// The block that was found good last, on whichever thread. Blocks of different threads differ, so a thread never
    /// takes another's for its own; threads that recurse at the same time fall back on what each knows for itself.
    /// (Measured on fib: this check costs 10 %, one against a thread's own limit 40 %, EnsureSufficientExecutionStack 200 %.)
    /// </summary>
    internal static nuint GoodBlock;

    // The lowest address that is known to be good on this thread, and how often it was asked about since.
    [ThreadStatic]
    private static nuint reach;

    [ThreadStatic]
    private static byte asked;

    /// <summary>
    /// What compiled code does, for the runtime's own methods that recurse or call functions: every circle of calls
    /// has to pass a check.
    /// </summary>
    /// <exception cref="HaxeException">There is no more stack.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Check()
    {
        int here;
        if ((nuint)(&here) >> BlockBits != GoodBlock)
            Check((nuint)(&here));
    }

    /// <summary>Makes sure that there is stack below <paramref name="address"/>.</summary>
    /// <exception cref="HaxeException">There is no more stack.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Check(nuint address)
    {
        if (reach == 0 || address < reach)
        {
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
                throw HaxeError.StackOverflow();
            reach = address - Step;
        }
        else if (++asked != 0)
        {
            // Writing each time would make threads that recurse together slow each other down.
            return;
        }
        GoodBlock = address >> BlockBits;
    }
}
