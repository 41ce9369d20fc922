namespace HlDynamic.Bytecode;

/// <summary>Where control goes after an instruction.</summary>
internal static class HlFlow
{
    /// <summary>The jump distance of an instruction that has one; a switch has several and is not among these.</summary>
    public static bool TryGetJump(in HlInstruction instruction, out int distance)
    {
        switch (instruction.Opcode)
        {
            case HlOpcode.OJAlways:
                distance = instruction.A;
                return true;
            case HlOpcode.OTrap or (>= HlOpcode.OJTrue and <= HlOpcode.OJNotNull):
                distance = instruction.B;
                return true;
            case >= HlOpcode.OJSLt and <= HlOpcode.OJNotEq:
                distance = instruction.C;
                return true;
            default:
                distance = 0;
                return false;
        }
    }

    /// <summary>Whether control never goes on to the next instruction.</summary>
    public static bool IsEnd(HlOpcode opcode) =>
        opcode is HlOpcode.ORet or HlOpcode.OThrow or HlOpcode.ORethrow or HlOpcode.OJAlways or HlOpcode.OAssert;
}
