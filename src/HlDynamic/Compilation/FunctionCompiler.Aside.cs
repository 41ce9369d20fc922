using System.Numerics;
using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>Calls in loops that are rarely made: numbers are set aside around them, so that the loop keeps them in registers.</summary>
internal sealed partial class FunctionCompiler
{
    private List<(int First, int Last)>? loops;
    private int[]? numbers;
    private Liveness? liveness;
    private Local? aside;

    private List<RareCase>? rareCases;

    private sealed record RareCase(int Instruction, Label From, Label To, int[] Kept, Action Emit);

    // The rare case of an instruction, behind all others; it goes on here.
    private void EmitLater(int i, Label from, int[] kept, Action emit)
    {
        Label to = new();
        IL.MarkLabel(to);
        (rareCases ??= []).Add(new RareCase(i, from, to, kept, emit));
    }

    private void EmitRareCases()
    {
        if (rareCases is null)
            return;
        for (int k = 0; k < rareCases.Count; k++)
        {
            (int i, Label from, Label to, int[] kept, Action emit) = rareCases[k];
            Module.At(function, i);
            IL.MarkLabel(from);
            MarkPosition(i);
            SetAside(kept);
            emit();
            TakeBack(kept);
            IL.Emit(OpCodes.Br, to);
        }
    }

    // jult index, length, over it; call2 _, __expand(array, index): what an assignment to an element beyond the end of an array does.
    private bool IsRare(int i) => i > 0 && code[i - 1] is { Opcode: HlOpcode.OJULt, C: 1 } && TypeOf(code[i].A).Kind == HlTypeKind.Void;

    // The numbers that the innermost loop around an instruction uses, which this one leaves alone and which are read behind it.
    private int[] FindNumbersAcross(int i)
    {
        if (traps is not null || FindLoop(i) is not var (first, last))
            return [];
        numbers ??= FindNumbers();
        if (numbers.Length == 0)
            return [];
        liveness ??= new Liveness(function, numbers);
        ulong alive = liveness.After(i) & liveness.Touched(first, last) & ~liveness.Written(i);
        var kept = new int[Math.Min(BitOperations.PopCount(alive), HlSetAside.Capacity)];
        for (int k = 0; k < kept.Length; k++)
        {
            kept[k] = numbers[BitOperations.TrailingZeroCount(alive)];
            alive &= alive - 1;
        }
        return kept;
    }

    // Floats first: no call leaves them in a register.
    private int[] FindNumbers()
    {
        bool[] addressed = new bool[function.Registers.Length];
        foreach (HlInstruction instruction in code)
            if (instruction.Opcode == HlOpcode.ORef)
                addressed[instruction.B] = true;
        var found = new List<int>();
        for (int pass = 0; pass < 2; pass++)
            for (int register = 0; register < addressed.Length && found.Count < 64; register++)
                if (!addressed[register] && IsNumber(TypeOf(register)) && IsFloat(TypeOf(register)) == (pass == 0))
                    found.Add(register);
        return [.. found];
    }

    // The innermost loop around an instruction: what a jump back encloses.
    private (int First, int Last)? FindLoop(int i)
    {
        if (loops is null)
        {
            loops = [];
            for (int at = 0; at < code.Length; at++)
                if (HlFlow.TryGetJump(code[at], out int distance) && distance < 0)
                    loops.Add((at + 1 + distance, at));
        }
        (int First, int Last)? found = null;
        foreach ((int first, int last) in loops)
            if (first <= i && i <= last && (found is not { } other || first > other.First || first == other.First && last > other.Last))
                found = (first, last);
        return found;
    }

    private void SetAside(int[] kept)
    {
        if (kept.Length == 0)
            return;
        aside ??= IL.DeclareLocal(typeof(HlSetAside));
        for (int k = 0; k < kept.Length; k++)
        {
            LoadPlaceAside(k);
            Load(kept[k]);
            IL.Emit(OpCodes.Stobj, Types.Of(TypeOf(kept[k])));
        }
        IL.LoadLocalAddress(aside);
        IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlSetAside), nameof(HlSetAside.Expose)));
    }

    private void TakeBack(int[] kept)
    {
        for (int k = 0; k < kept.Length; k++)
        {
            LoadPlaceAside(k);
            IL.Emit(OpCodes.Ldobj, Types.Of(TypeOf(kept[k])));
            Store(kept[k]);
        }
    }

    private void LoadPlaceAside(int place)
    {
        IL.LoadLocalAddress(aside!);
        if (place == 0)
            return;
        LoadInt(place * sizeof(long));
        IL.Emit(OpCodes.Add);
    }
}
