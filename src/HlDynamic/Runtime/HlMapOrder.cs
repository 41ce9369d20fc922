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
        HlMapPlace[] sorted = ArrayPool<HlMapPlace>.Shared.Rent(places.Length);
        int[] ends = ArrayPool<int>.Shared.Rent(cellCount + 1);
        Array.Clear(ends, 0, cellCount + 1);
        ulong reciprocal = HlMapSizes.Reciprocal(cellCount);
        foreach (HlMapPlace place in places)
            ends[HlMapSizes.Modulo(place.Hash, reciprocal, (uint)cellCount) + 1]++;
        for (int cell = 1; cell < cellCount; cell++)
            ends[cell] += ends[cell - 1];
        // Where a cell starts becomes where it ends.
        for (int i = places.Length - 1; i >= 0; i--)
            sorted[ends[HlMapSizes.Modulo(places[i].Hash, reciprocal, (uint)cellCount)]++] = places[i];
        if (moves.Count > 0)
            new HlMapOrder(moves).SortCells(sorted, ends.AsSpan(0, cellCount));
        int[] order = GC.AllocateUninitializedArray<int>(places.Length);
        for (int i = 0; i < order.Length; i++)
            order[i] = sorted[i].Index;
        ArrayPool<HlMapPlace>.Shared.Return(sorted);
        ArrayPool<int>.Shared.Return(ends);
        return order;
    }

    // Those that came after the last move stand in order already.
    private void SortCells(HlMapPlace[] sorted, ReadOnlySpan<int> ends)
    {
        int start = 0;
        foreach (int end in ends)
        {
            if (end - start > Few)
            {
                Array.Sort(sorted, start, end - start, this);
            }
            else
            {
                for (int i = start + 1; i < end; i++)
                {
                    HlMapPlace place = sorted[i];
                    int at = i;
                    for (; at > start && Compare(place, sorted[at - 1]) < 0; at--)
                        sorted[at] = sorted[at - 1];
                    sorted[at] = place;
                }
            }
            start = end;
        }
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
