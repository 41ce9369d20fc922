using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>
/// Finds the functions that are near a throw: that throw, or call by number one that does. Inside traps, such are called as copies that
/// return what they throw.
/// </summary>
internal sealed class ThrowAnalysis(HlModule module)
{
    // How near a function is that throws; one that calls it is one less. And how long such a function may be.
    private const int Nearest = 3, MaxSize = 1000;

    private readonly byte[] nearness = new byte[module.CallableCount];

    /// <summary>Looks at a function; at what it calls before, as far as it does not call it in turn.</summary>
    public void Visit(HlFunctionDef function)
    {
        // Haxe's library counts the frames of these.
        if (function.Body.Instructions.Length > MaxSize || function.IsEntryPoint || StackUse.NeedsFrame(function))
            return;
        int near = 0;
        foreach (HlInstruction instruction in function.Body.Instructions)
        {
            if (instruction.Opcode is HlOpcode.OThrow or HlOpcode.ORethrow)
                near = Nearest;
            else if (instruction.Opcode is >= HlOpcode.OCall0 and <= HlOpcode.OCallN)
                near = Math.Max(near, nearness[instruction.B] - 1);
        }
        nearness[function.Index] = (byte)near;
    }

    /// <summary>Whether calls of the function inside traps go to its copy.</summary>
    public bool IsNear(int function) => nearness[function] > 0;
}
