using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;

namespace HlDynamic.Compilation;

/// <summary>
/// Registers whose address goes to nothing but the call right behind. The call gets the address of a copy, which is
/// copied back: a local whose address is taken anywhere stays in memory everywhere, and compilers use one register for many things.
/// </summary>
internal sealed partial class FunctionCompiler
{
    private bool[]? keptToo;

    // ref address, register; call _, f(..., address, ...)
    private bool EmitLent(int i, in HlInstruction reference)
    {
        if (reference.Opcode != HlOpcode.ORef || !IsPair(i) || Module.Options.Coverage || TypeOf(reference.B).Kind == HlTypeKind.Void || !IsLentOnly(reference.B))
            return false;
        ref readonly HlInstruction call = ref code[i + 1];
        Local copy = IL.DeclareLocal(Types.Of(TypeOf(reference.B)));
        Load(reference.B);
        IL.StoreLocal(copy);
        CheckReference(reference);
        IL.LoadLocalAddress(copy);
        Store(reference.A);
        MarkPosition(i + 1);
        if (guardAt == i + 1)
            EmitStackGuard();
        EmitOne(i + 1, call);
        // What the call returns may go to the register itself, last.
        if (call.A != reference.B)
        {
            IL.LoadLocal(copy);
            Store(reference.B);
        }
        (emittedAt, emittedUpTo) = (i, i + 2);
        return true;
    }

    // Whether an instruction and the next one belong together: the next is reached from it only, and no trap is set for them.
    private bool IsPair(int i) => i + 1 < labels.Length && labels[i + 1] is null && (traps is null || traps[i] == -1 && traps[i + 1] == -1);

    private bool IsLentOnly(int register)
    {
        keptToo ??= FindKept();
        return !keptToo[register];
    }

    // The registers whose address goes elsewhere, too.
    private bool[] FindKept()
    {
        var result = new bool[function.Registers.Length];
        for (int i = 0; i < code.Length; i++)
            if (code[i].Opcode == HlOpcode.ORef && !IsLent(i))
                result[code[i].B] = true;
        return result;
    }

    private bool IsLent(int i)
    {
        int address = code[i].A;
        return IsPair(i) && code[i + 1].Opcode is >= HlOpcode.OCall1 and <= HlOpcode.OCallN
            && IsAmong(function.Arguments(code[i + 1]), address) && PassesOn(address);
    }

    // The library's own search would be compiled when a program starts.
    private static bool IsAmong(ReadOnlySpan<int> registers, int register)
    {
        foreach (int other in registers)
            if (other == register)
                return true;
        return false;
    }
}
