using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>
/// Cuts a large entry point into parts that run one after the other, a method each. It initialises every class of the
/// program in one long line of code, and the JIT takes memory by the size of a method (100 MB for 45,000 instructions).
/// A cut is made where no register holds what is still needed and no jump leads across.
/// </summary>
internal sealed class EntryPointParts
{
    private const int PartSize = 400;

    private readonly HlFunctionDef function;

    // Up to where a cut before an instruction is ruled out, by the instruction that rules it out first.
    private readonly int[] reaches;

    private EntryPointParts(HlFunctionDef function)
    {
        this.function = function;
        reaches = new int[function.Body.Instructions.Length + 1];
    }

    /// <summary>The parts; a single one if the function is small or cannot be cut.</summary>
    public static List<HlFunctionDef> Split(HlFunctionDef function) => function.Body.Instructions.Length <= 2 * PartSize || ReturnsEarly(function)
        ? [function]
        : new EntryPointParts(function).Split();

    // The registers that some instruction of a function mentions.
    public static bool[] UsedRegisters(HlFunctionDef function)
    {
        var used = new bool[function.Registers.Length];
        var touched = new Touched();
        foreach (HlInstruction instruction in function.Body.Instructions)
        {
            touched.Find(function, instruction);
            foreach (int register in touched.Read)
                used[register] = true;
            foreach (int register in touched.Written)
                used[register] = true;
        }
        return used;
    }

    private static bool ReturnsEarly(HlFunctionDef function)
    {
        foreach (HlInstruction instruction in function.Body.Instructions.AsSpan(..^1))
            if (instruction.Opcode == HlOpcode.ORet)
                return true;
        return function.Body.Instructions[^1].Opcode != HlOpcode.ORet;
    }

    private List<HlFunctionDef> Split()
    {
        int count = function.Body.Instructions.Length;
        KeepJumps();
        bool[] isConditional = CoveredPositions();
        KeepRegisters(isConditional);
        bool[] isCovered = CoveredPositions();
        var parts = new List<HlFunctionDef>();
        int start = 0;
        for (int i = PartSize; i < count - 1; i++)
        {
            if (i - start < PartSize || isCovered[i])
                continue;
            parts.Add(Part(start, i));
            start = i;
        }
        parts.Add(Part(start, count - 1));
        return parts;
    }

    // No cut after `first`, up to and including before `last`.
    private void Keep(int first, int last) => reaches[first] = Math.Max(reaches[first], last);

    private bool[] CoveredPositions()
    {
        var covered = new bool[reaches.Length];
        int end = 0;
        for (int i = 0; i < covered.Length; i++)
        {
            covered[i] = i <= end && i > 0;
            end = Math.Max(end, reaches[i]);
        }
        return covered;
    }

    private void KeepJumps()
    {
        HlInstruction[] code = function.Body.Instructions;
        for (int i = 0; i < code.Length; i++)
        {
            if (HlFlow.TryGetJump(code[i], out int distance))
                KeepJump(i, i + 1 + distance);
            else if (code[i].Opcode == HlOpcode.OSwitch)
                foreach (int target in function.Arguments(code[i]))
                    KeepJump(i, i + 1 + target);
        }
    }

    private void KeepJump(int from, int to) => Keep(Math.Min(from, to), Math.Max(from, to));

    // From where a register is certainly written to where it is read. What is written under a condition leaves an
    // earlier value possible; what is never written before is null or zero from the start.
    private void KeepRegisters(bool[] isConditional)
    {
        HlInstruction[] code = function.Body.Instructions;
        var written = new int[function.Registers.Length];
        var touched = new Touched();
        for (int i = 0; i < code.Length; i++)
        {
            touched.Find(function, code[i]);
            foreach (int register in touched.Read)
            {
                Keep(written[register], i);
                KeepReference(register, i);
            }
            foreach (int register in touched.Written)
                KeepReference(register, i);
            if (code[i].Opcode == HlOpcode.ORef)
                Keep(written[code[i].B], i);
            if (isConditional[i])
                continue;
            foreach (int register in touched.Written)
                written[register] = i;
        }
    }

    // What is referred to is read and written unseen.
    private void KeepReference(int register, int position)
    {
        if (function.Registers[register].Kind != HlTypeKind.Ref)
            return;
        firstReference = firstReference < 0 ? position : firstReference;
        Keep(firstReference, position);
    }

    private int firstReference = -1;

    // The instructions from start to end, and the function's own return.
    private HlFunctionDef Part(int start, int end)
    {
        HlFunctionBody whole = function.Body;
        HlInstruction[] instructions = [.. whole.Instructions.AsSpan(start, end - start), whole.Instructions[^1]];
        HlFunctionDebug? debug = function.Debug is not { } all ? null : new HlFunctionDebug(
            all.Files.Length > 1 ? [.. all.Files.AsSpan(start, end - start), all.Files[^1]] : all.Files,
            [.. all.Lines.AsSpan(start, end - start), all.Lines[^1]], HlFunctionDebug.NoAssigns);
        return new HlFunctionDef(function.Index, function.Type, whole with { Instructions = instructions, InstructionCount = instructions.Length }, debug)
        {
            Owner = function.Owner,
            Name = function.Name,
            IsEntryPoint = true,
        };
    }
}
