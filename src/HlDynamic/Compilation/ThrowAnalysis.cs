using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>
/// Finds the functions that are near a throw: that throw, or call by number one that does. Inside traps, such are called as copies that
/// return what they throw.
/// </summary>
internal sealed class ThrowAnalysis(HlModule module)
{
    // How many calls a throw may be away, and how long such a function may be.
    private const int Far = 3, MaxSize = 1000;

    private readonly byte[] distances = Fill(new byte[module.CallableCount]);

    private static byte[] Fill(byte[] distances)
    {
        distances.AsSpan().Fill(Far);
        return distances;
    }

    /// <summary>Looks at a function; at what it calls before, as far as it does not call it in turn.</summary>
    public void Visit(HlFunctionDef function)
    {
        // Haxe's library counts the frames of these.
        if (function.Instructions.Length > MaxSize || function.IsEntryPoint || StackUse.NeedsFrame(function))
            return;
        byte distance = Far;
        foreach (ref readonly HlInstruction instruction in function.Instructions)
        {
            if (instruction.Opcode is HlOpcode.OThrow or HlOpcode.ORethrow)
                distance = 0;
            else if (instruction.Opcode is >= HlOpcode.OCall0 and <= HlOpcode.OCallN && distances[instruction.B] + 1 < distance)
                distance = (byte)(distances[instruction.B] + 1);
        }
        distances[function.Index] = distance;
    }

    /// <summary>Whether calls of the function inside traps go to its copy.</summary>
    public bool IsNear(int function) => distances[function] < Far;
}
