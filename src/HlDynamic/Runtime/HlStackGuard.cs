using System.Runtime.CompilerServices;

namespace HlDynamic.Runtime;

/// <summary>
/// Turns running out of stack into an exception. Compiled code compares its stack pointer with how far down the
/// thread's stack is known to be good, and asks only when it gets there.
/// </summary>
internal static class HlStackGuard
{
    // The CLR vouches for 128 KiB. Half of it is given out; the rest is for what runs between two checks.
    private const int Step = 64 << 10;

    /// <summary>
    /// The complement of the lowest address that is known to be good; 0 on a thread that never asked, where no
    /// address passes. (Measured on fib(36): this check costs 15-25 %, a call of EnsureSufficientExecutionStack 120 %.)
    /// </summary>
    [ThreadStatic]
    internal static nuint Reach;

    /// <summary>Extends the reach below <paramref name="address"/>.</summary>
    /// <exception cref="HaxeException">There is no more stack.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Extend(nuint address)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw HaxeError.StackOverflow();
        Reach = ~(address - Step);
    }
}
