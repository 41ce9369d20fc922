using System.Runtime.CompilerServices;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Memory, which the CLR manages (HashLink gc.c).</summary>
internal static class StdMemory
{
    [HlPrimitive("std", "gc_major")]
    public static void GcMajor() => GC.Collect();

    [HlPrimitive("std", "gc_enable")]
    public static void GcEnable(bool enabled)
    {
    }

    [HlPrimitive("std", "gc_profile")]
    public static void GcProfile(bool enabled)
    {
    }

    // The CLR does not count allocations; the number of collections is the nearest that it knows.
    [HlPrimitive("std", "gc_stats")]
    public static void GcStats(ref double allocated, ref double allocations, ref double current)
    {
        allocated = GC.GetTotalAllocatedBytes();
        allocations = GC.CollectionCount(0);
        current = GC.GetTotalMemory(forceFullCollection: false);
    }

    [HlPrimitive("std", "gc_dump_memory")]
    public static void GcDumpMemory(HlBytes file) => throw Unsupported("gc_dump_memory");

    [HlPrimitive("std", "gc_get_live_objects")]
    public static int GcGetLiveObjects(HlType type, HlArray? objects) => throw Unsupported("gc_get_live_objects");

    private static HlUnsupportedException Unsupported(string name) =>
        new("std", name, "the CLR's heap cannot be walked from inside of the process; use dotnet-gcdump");

    [HlPrimitive("std", "gc_get_flags")]
    public static int GcGetFlags(HlContext context) => context.State<State>().Flags;

    [HlPrimitive("std", "gc_set_flags")]
    public static void GcSetFlags(HlContext context, int flags) => context.State<State>().Flags = flags;

    [HlPrimitive("std", "gc_safepoint")]
    public static void GcSafepoint()
    {
    }

    [HlPrimitive("std", "blocking")]
    public static void Blocking(bool blocking)
    {
    }

    [HlPrimitive("std", "set_thread_flags")]
    public static void SetThreadFlags(int flags, int mask)
    {
    }

    [HlPrimitive("std", "debug_call")]
    public static object? DebugCall(int mode, object? value) => null;

    // HashLink copies the object with everything it refers to into one block. Where objects lie is the CLR's affair.
    [HlPrimitive("std", "mem_compact")]
    public static object? MemCompact(object? value, HlArray? exclude, int flags, ref int count)
    {
        if (!Unsafe.IsNullRef(ref count))
            count = 0;
        return value;
    }

    internal sealed class State
    {
        public int Flags;
    }
}
