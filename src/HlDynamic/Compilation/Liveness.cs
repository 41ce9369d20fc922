using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>
/// Which of up to 64 registers hold values that are read later, at each instruction of a function without traps. Registers whose
/// address is taken are none of these.
/// </summary>
internal sealed class Liveness
{
    private readonly HlFunctionDef function;
    // Which bit a register has, counted from 1; 0 for none.
    private readonly int[] bits;
    private readonly ulong[] before, read, written;

    /// <param name="function">The function, whose jumps stay inside.</param>
    /// <param name="registers">The registers to follow, at most 64; others are never alive.</param>
    public Liveness(HlFunctionDef function, ReadOnlySpan<int> registers)
    {
        this.function = function;
        bits = new int[function.Registers.Length];
        for (int i = 0; i < registers.Length; i++)
            bits[registers[i]] = i + 1;
        before = new ulong[function.Body.Instructions.Length + 1];
        read = new ulong[before.Length];
        written = new ulong[before.Length];
        FindTouched();
        // What is read in a loop reaches the instructions behind it in the next round.
        bool changes = true;
        while (changes)
        {
            changes = false;
            for (int i = before.Length - 2; i >= 0; i--)
            {
                ulong alive = After(i) & ~written[i] | read[i];
                changes |= alive != before[i];
                before[i] = alive;
            }
        }
    }

    /// <summary>The registers, as bits in the order in which they were given, that are read behind an instruction before they are written.</summary>
    public ulong After(int instruction)
    {
        ref readonly HlInstruction at = ref function.Body.Instructions[instruction];
        ulong alive = HlFlow.IsEnd(at.Opcode) ? 0 : before[instruction + 1];
        if (HlFlow.TryGetJump(at, out int distance))
            alive |= before[instruction + 1 + distance];
        else if (at.Opcode == HlOpcode.OSwitch)
            foreach (int to in function.Arguments(at))
                alive |= before[instruction + 1 + to];
        return alive;
    }

    /// <summary>The registers that an instruction writes.</summary>
    public ulong Written(int instruction) => written[instruction];

    /// <summary>The registers that instructions in a row read or write.</summary>
    public ulong Touched(int first, int last)
    {
        ulong touched = 0;
        for (int i = first; i <= last; i++)
            touched |= read[i] | written[i];
        return touched;
    }

    private void FindTouched()
    {
        var touched = new Touched();
        for (int i = 0; i < function.Body.Instructions.Length; i++)
        {
            touched.Find(function, function.Body.Instructions[i]);
            read[i] = Bits(touched.Read);
            written[i] = Bits(touched.Written);
        }
    }

    private ulong Bits(List<int> registers)
    {
        ulong result = 0;
        foreach (int register in registers)
            if (bits[register] is var bit and > 0)
                result |= 1UL << (bit - 1);
        return result;
    }
}
