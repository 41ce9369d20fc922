using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HlDynamic.Runtime;

/// <summary>
/// Where compiled code puts numbers around a call that it rarely makes. A value that lives across a call stays in memory all the
/// time, even in a loop that never gets to the call; one that is written here before it and read after does not.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Capacity * sizeof(long))]
internal struct HlSetAside
{
    /// <summary>How many numbers there is room for.</summary>
    public const int Capacity = 8;

    /// <summary>Called before the numbers are read again: for all that the JIT knows, they have changed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Expose(ref HlSetAside numbers) { }
}
