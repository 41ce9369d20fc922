using System.Runtime.CompilerServices;

namespace HlDynamic.Primitives;

/// <summary>
/// Addresses of objects, for programs that ask for them: numbers that are given out when first asked for, never
/// change, order objects, and find a block of bytes again as long as something holds it.
/// </summary>
internal sealed class HlAddresses
{
    private const long First = 0x10000;
    private readonly ConditionalWeakTable<object, StrongBox<long>> addresses = [];
    private readonly List<(long Start, WeakReference<object> Block)> blocks = [];
    private long next = First;

    /// <summary>The address of an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="size">For a block that <see cref="Find"/> should know, how many addresses belong to it.</param>
    public long Of(object value, int size = -1)
    {
        lock (blocks)
        {
            if (addresses.TryGetValue(value, out StrongBox<long>? known))
                return known.Value;
            long address = next;
            next += (Math.Max(size, 0) + 32L) & ~15L;
            addresses.Add(value, new StrongBox<long>(address));
            if (size >= 0)
            {
                if (blocks.Count == blocks.Capacity)
                    blocks.RemoveAll(static b => !b.Block.TryGetTarget(out _));
                blocks.Add((address, new WeakReference<object>(value)));
            }
            return address;
        }
    }

    /// <summary>The block an address lies in (or just behind), and the offset into it; null if there is none any more.</summary>
    public (object Block, long Offset)? Find(long address)
    {
        lock (blocks)
        {
            int low = 0, high = blocks.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (blocks[middle].Start <= address)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low > 0 && blocks[low - 1].Block.TryGetTarget(out object? block) ? (block, address - blocks[low - 1].Start) : null;
        }
    }
}
