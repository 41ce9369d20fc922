using System.Text;

namespace HlDynamic.Runtime;

/// <summary>The functions that returned an exception instead of throwing it, the innermost first, and the instruction of each.</summary>
internal sealed class HlReturnedWay(HlModuleInstance module)
{
    // Function and instruction in turn: an array of pairs would be code that only .NET's JIT has.
    private int[] places = new int[8];
    private int used;

    public int Count => used / 2;

    public void Add(int function, int instruction)
    {
        if (used == places.Length)
            Array.Resize(ref places, used * 2);
        places[used] = function;
        places[used + 1] = instruction;
        used += 2;
    }

    /// <summary>A line for each, as .NET writes them.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Count; i++)
        {
            HlFrame frame = Frame(i);
            (string file, int line) = frame.Position;
            text.Append("   at ").Append(frame.Function.DisplayName).Append(" in ").Append(file).Append(":line ").Append(line).Append(Environment.NewLine);
        }
        return text.ToString();
    }

    public HlFrame Frame(int index) => new(module, module.Module.FindFunction(places[index * 2])!, null, places[(index * 2) + 1]);
}
