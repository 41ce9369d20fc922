using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>Whether code further on needs what registers hold, asked where several instructions become one that leaves them alone.</summary>
internal sealed partial class FunctionCompiler
{
    // Who asks is content with no, so that a large function need not be walked through at each place.
    private const int MaxWalk = 400;

    /// <summary>Whether no instruction from one on reads the register before it is written. Of functions without traps.</summary>
    private bool IsDead(int register, int from)
    {
        if (!IsLentOnly(register))
            return false;
        CodeWalk walk = Module.Walk;
        walk.Start(from, code.Length);
        while (walk.TryNext(out int i))
        {
            for (; i < code.Length && walk.Enter(i); i++)
            {
                if (walk.Count > MaxWalk)
                    return false;
                ref readonly HlInstruction instruction = ref code[i];
                walk.Touched.Find(function, instruction);
                if (walk.Touched.Read.Contains(register) || (instruction.Opcode == HlOpcode.ORef && instruction.B == register))
                    return false;
                if (walk.Touched.Written.Contains(register))
                    break;
                if (instruction.Opcode == HlOpcode.OSwitch)
                    foreach (int distance in function.Arguments(instruction))
                        walk.Add(i + 1 + distance);
                else if (HlFlow.TryGetJump(instruction, out int jump))
                    walk.Add(i + 1 + jump);
                if (HlFlow.IsEnd(instruction.Opcode))
                    break;
            }
        }
        return true;
    }

    /// <summary>Whether jumps into the middle of a range of instructions all come from the range itself.</summary>
    private bool IsEnteredAtStart(int first, int end)
    {
        for (int i = 0; i < code.Length; i++)
        {
            if (i >= first && i < end)
                continue;
            if (HlFlow.TryGetJump(code[i], out int jump) && i + 1 + jump > first && i + 1 + jump < end)
                return false;
            if (code[i].Opcode == HlOpcode.OSwitch)
                foreach (int distance in function.Arguments(code[i]))
                    if (i + 1 + distance > first && i + 1 + distance < end)
                        return false;
        }
        return true;
    }
}
