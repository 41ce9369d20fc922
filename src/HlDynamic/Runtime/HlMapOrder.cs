using System.Buffers;

namespace HlDynamic.Runtime;

/// <summary>An entry of a map: HashLink's hash of its key, and its number in the order in which entries were added.</summary>
internal readonly record struct HlMapPlace(uint Hash, int Index);

/// <summary>
/// The order in which HashLink's cells hold entries: cell by cell, in each the entry that came last first. When a map
/// grew, those it had moved to more cells in the order in which the old ones held them, and so on.
/// </summary>
internal sealed class HlMapOrder : IComparer<HlMapPlace>
{
    // Cells with more entries than this are sorted by the library.
    private const int Few = 16;
    private const uint CameLater = 0x80000000;
    private readonly Move[] moves;

    /// <summary>That the entries below a number came from so many cells.</summary>
    private readonly record struct Move(int Used, uint CellCount, ulong Reciprocal);

    private HlMapOrder(List<(int Used, int CellCount)> moves)
    {
        this.moves = new Move[moves.Count];
        for (int i = 0; i < this.moves.Length; i++)
            this.moves[i] = new Move(moves[i].Used, (uint)moves[i].CellCount, HlMapSizes.Reciprocal(moves[i].CellCount));
    }

    /// <summary>The numbers of the entries in order.</summary>
    /// <param name="places">The entries as they were added.</param>
    /// <param name="moves">How many entries there were when they moved, and from how many cells.</param>
    /// <param name="cellCount">How many cells there are now.</param>
    public static int[] Sort(ReadOnlySpan<HlMapPlace> places, List<(int Used, int CellCount)> moves, int cellCount)
    {
        int[] ends = ArrayPool<int>.Shared.Rent(cellCount + 1);
        Array.Clear(ends, 0, cellCount + 1);
        ulong reciprocal = HlMapSizes.Reciprocal(cellCount);
        foreach (HlMapPlace place in places)
            ends[HlMapSizes.Modulo(place.Hash, reciprocal, (uint)cellCount) + 1]++;
        for (int cell = 1; cell < cellCount; cell++)
            ends[cell] += ends[cell - 1];
        int[] order = GC.AllocateUninitializedArray<int>(places.Length);
        // Where a cell starts becomes where it ends.
        if (moves.Count > 0)
        {
            new HlMapOrder(moves).SortCells(places, ends.AsSpan(0, cellCount), reciprocal, order);
        }
        else
        {
            for (int i = places.Length - 1; i >= 0; i--)
                order[ends[HlMapSizes.Modulo(places[i].Hash, reciprocal, (uint)cellCount)]++] = places[i].Index;
        }
        ArrayPool<int>.Shared.Return(ends);
        return order;
    }

    // In a cell, those that came after the last move are followed by those that moved, both the last one first. Each goes by its
    // number, or by the cell it came from: how many stand before it is counted, as it cannot be guessed how a comparison ends.
    private void SortCells(ReadOnlySpan<HlMapPlace> places, Span<int> ends, ulong reciprocal, int[] order)
    {
        ulong[] sorted = ArrayPool<ulong>.Shared.Rent(places.Length);
        Move last = moves[^1];
        for (int i = places.Length - 1; i >= 0; i--)
        {
            (uint hash, int index) = places[i];
            uint rank = index >= last.Used ? CameLater | (uint)index : HlMapSizes.Modulo(hash, last.Reciprocal, last.CellCount);
            sorted[ends[(int)HlMapSizes.Modulo(hash, reciprocal, (uint)ends.Length)]++] = (ulong)rank << 32 | (uint)index;
        }
        int start = 0;
        foreach (int end in ends)
        {
            ReadOnlySpan<ulong> cell = sorted.AsSpan(start, end - start);
            Span<int> ordered = order.AsSpan(start, end - start);
            if (cell.Length > Few || !TrySortCell(cell, ordered))
                SortCell(places, cell, ordered);
            start = end;
        }
        ArrayPool<ulong>.Shared.Return(sorted);
    }

    // False if some came from the same cell.
    private static bool TrySortCell(ReadOnlySpan<ulong> cell, Span<int> ordered)
    {
        int pairs = 0;
        foreach (ulong entry in cell)
        {
            int before = 0;
            foreach (ulong other in cell)
                before += other >> 32 > entry >> 32 ? 1 : 0;
            ordered[before] = (int)(uint)entry;
            pairs += before;
        }
        return pairs == cell.Length * (cell.Length - 1) / 2;
    }

    private void SortCell(ReadOnlySpan<HlMapPlace> places, ReadOnlySpan<ulong> cell, Span<int> ordered)
    {
        var found = new HlMapPlace[cell.Length];
        for (int i = 0; i < found.Length; i++)
            found[i] = Find(places, (int)(uint)cell[i]);
        Array.Sort(found, this);
        for (int i = 0; i < found.Length; i++)
            ordered[i] = found[i].Index;
    }

    private static HlMapPlace Find(ReadOnlySpan<HlMapPlace> places, int index)
    {
        int low = 0, high = places.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (places[middle].Index < index)
                low = middle + 1;
            else
                high = middle;
        }
        return places[low];
    }

    /// <summary>Compares two entries of one cell: in the reverse of the order in which they came into it, which is that of the cells before.</summary>
    public int Compare(HlMapPlace x, HlMapPlace y)
    {
        int sign = 1;
        for (int i = moves.Length - 1; i >= 0 && x.Index < moves[i].Used && y.Index < moves[i].Used; i--)
        {
            uint cell = HlMapSizes.Modulo(x.Hash, moves[i].Reciprocal, moves[i].CellCount);
            uint other = HlMapSizes.Modulo(y.Hash, moves[i].Reciprocal, moves[i].CellCount);
            if (cell != other)
                return cell < other ? sign : -sign;
            sign = -sign;
        }
        return x.Index < y.Index ? sign : x.Index == y.Index ? 0 : -sign;
    }
}
