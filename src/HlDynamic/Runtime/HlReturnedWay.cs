using System.Text;

namespace HlDynamic.Runtime;

/// <summary>The functions that returned an exception instead of throwing it, the innermost first, and the instruction of each.</summary>
internal sealed class HlReturnedWay(HlModuleInstance module)
{
    private (int Function, int Instruction)[] places = new (int, int)[4];

    public int Count { get; private set; }

    public void Add(int function, int instruction)
    {
        if (Count == places.Length)
            Array.Resize(ref places, Count * 2);
        places[Count++] = (function, instruction);
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

    public HlFrame Frame(int index) => new(module, module.Module.FindFunction(places[index].Function)!, null, places[index].Instruction);
}
