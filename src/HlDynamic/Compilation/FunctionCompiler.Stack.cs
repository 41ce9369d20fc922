using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>The check that there is stack left, in functions that can recurse.</summary>
internal sealed partial class FunctionCompiler
{
    private const int NoGuard = -1;
    private int guardAt = NoGuard;

    // The check stands as late as one place can that all calls pass which could lead back: the end of a recursion then costs nothing.
    private void PlaceGuard()
    {
        if (IsCopy || !Module.Recursion.IsGuarded(function.Index))
            return;
        guardAt = 0;
        // In straight code, and behind forward branches that only leave the function, the first such call is that place. Where
        // there is none before a loop, any call is that is not in such a branch.
        int first = 0, leaves = 0;
        for (int i = 0; i < code.Length; i++)
        {
            ref readonly HlInstruction instruction = ref code[i];
            if (LeadsBack(instruction))
            {
                guardAt = i;
                return;
            }
            if (first == 0 && i >= leaves && IsCall(instruction))
                first = i;
            if (HlFlow.TryGetJump(instruction, out int distance))
                leaves = Math.Max(leaves, i + 1 + distance);
            if (traps is not null || !ReturnsOrGoesOn(i))
                break;
        }
        guardAt = first;
    }

    private bool LeadsBack(in HlInstruction instruction) =>
        instruction.Opcode is HlOpcode.OCallMethod or HlOpcode.OCallThis or HlOpcode.OCallClosure
        || (RecursionAnalysis.FindCallee(Module.Module, function, instruction) is { } callee && Module.Recursion.Calls(callee.Index));

    private bool IsCall(in HlInstruction instruction) =>
        instruction.Opcode is HlOpcode.OCallMethod or HlOpcode.OCallThis or HlOpcode.OCallClosure
        || RecursionAnalysis.FindCallee(Module.Module, function, instruction) is not null;

    // Whether an instruction leads to the next one, or to a place whence only the next ones or a return are reached
    // without a call: a jump over a block that ends by returning.
    private bool ReturnsOrGoesOn(int i)
    {
        ref readonly HlInstruction instruction = ref code[i];
        int distance = instruction.Opcode switch
        {
            HlOpcode.OJTrue or HlOpcode.OJFalse or HlOpcode.OJNull or HlOpcode.OJNotNull => instruction.B,
            >= HlOpcode.OJSLt and <= HlOpcode.OJNotEq => instruction.C,
            HlOpcode.OJAlways or HlOpcode.OSwitch or HlOpcode.OLabel => -1,
            _ => 0,
        };
        if (distance < 0)
            return false;
        if (distance == 0)
            return true;
        int target = i + 1 + distance;
        for (int k = i + 1; k < target; k++)
        {
            if (LeadsBack(code[k]) || code[k].Opcode is HlOpcode.OSwitch or HlOpcode.OTrap || code[k].Opcode is >= HlOpcode.OJTrue and <= HlOpcode.OJAlways && !StaysBefore(k, target))
                return false;
        }
        return true;
    }

    private bool StaysBefore(int jump, int end)
    {
        ref readonly HlInstruction instruction = ref code[jump];
        int distance = instruction.Opcode switch
        {
            HlOpcode.OJAlways => instruction.A,
            HlOpcode.OJTrue or HlOpcode.OJFalse or HlOpcode.OJNull or HlOpcode.OJNotNull => instruction.B,
            _ => instruction.C,
        };
        return distance >= 0 && jump + 1 + distance <= end;
    }
}
