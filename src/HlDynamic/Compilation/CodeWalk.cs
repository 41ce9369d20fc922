using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>A walk through a function's instructions along its jumps, each of them once. What it takes is used again by the next.</summary>
internal sealed class CodeWalk
{
    private readonly List<int> open = [];

    // The round in which an instruction was last met.
    private int[] met = new int[64];
    private int round;

    /// <summary>For who asks what an instruction touches.</summary>
    public Touched Touched { get; } = new();

    /// <summary>How many instructions have been met.</summary>
    public int Count { get; private set; }

    /// <summary>Starts at an instruction of a function that has so many.</summary>
    public void Start(int from, int length)
    {
        if (met.Length < length)
            met = new int[Math.Max(length, met.Length * 2)];
        round++;
        Count = 0;
        open.Clear();
        open.Add(from);
    }

    /// <summary>Adds an instruction that control can get to.</summary>
    public void Add(int instruction) => open.Add(instruction);

    /// <summary>The next instruction to go on with; false if there is none.</summary>
    public bool TryNext(out int instruction)
    {
        int last = open.Count - 1;
        instruction = last < 0 ? -1 : open[last];
        if (last < 0)
            return false;
        open.RemoveAt(last);
        return true;
    }

    /// <summary>Enters an instruction; false if it has been met before.</summary>
    public bool Enter(int instruction)
    {
        if (met[instruction] == round)
            return false;
        met[instruction] = round;
        Count++;
        return true;
    }
}
