namespace HlDynamic.Bytecode;

/// <summary>
/// Keeps the memory that loading a module takes in proportion to the module: on machines with large caches the collector
/// lets several times that pile up before it looks at it. Small modules never get there.
/// </summary>
internal struct GarbageLimit()
{
    private const long Limit = 5 << 20;

    private long next = GC.GetAllocatedBytesForCurrentThread() + Limit;

    /// <summary>To be called now and then. Collects what is young if much has been allocated since the last time.</summary>
    public void Check()
    {
        if (GC.GetAllocatedBytesForCurrentThread() < next)
            return;
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        next = GC.GetAllocatedBytesForCurrentThread() + Limit;
    }
}
