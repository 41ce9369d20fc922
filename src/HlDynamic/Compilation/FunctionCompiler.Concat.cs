using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// What <c>+</c> does with strings: where a sum is only there to be added to, no string is made of it, and numbers at the end
/// are written where they belong.
/// </summary>
internal sealed partial class FunctionCompiler
{
    // The parts of sums that are not made yet, by the instruction that adds to them.
    private Dictionary<int, List<Local>>? sums;

    // call2 sum, __add__(left, right)
    private bool EmitConcat(int i, in HlInstruction call, ReadOnlySpan<int> arguments)
    {
        if (!IsConcat(call))
            return false;
        // A sum that is not made yet would be in the register that this one goes to.
        List<Local>? pending = null;
        bool isPending = sums is not null && sums.Remove(i, out pending);
        List<Local> all = pending ?? [];
        if (!isPending || arguments[0] != call.A)
            all.Insert(0, Keep(arguments[0]));
        if (!isPending || arguments[1] != call.A)
            all.Add(Keep(arguments[1]));
        if (all.Count < MaxParts && FindNextConcat(i) is var next and > 0)
            (sums ??= []).Add(next, all);
        else
            EmitParts(all, call);
        return true;
    }

    private const int MaxParts = 4;

    private bool IsConcat(in HlInstruction call) =>
        call.Opcode == HlOpcode.OCall2 && Module.Module.FindFunction(call.B) is { } add && HlKnownFunction.IsConcat(add)
        && TypeOf(call.A) == add.Type.Return && traps is null && !function.IsEntryPoint && !Module.Options.Coverage && !isDeclined
        && TypeOf(function.Arguments(call)[0]) == add.Type.Return && TypeOf(function.Arguments(call)[1]) == add.Type.Return;

    private Local Keep(int register)
    {
        Local kept = IL.DeclareLocal(Types.Of(TypeOf(register)));
        Load(register);
        IL.StoreLocal(kept);
        return kept;
    }

    // The next sum that this one is part of, if nothing sees it in between and control can only come from here.
    private int FindNextConcat(int i)
    {
        int sum = code[i].A;
        if (!IsLentOnly(sum))
            return -1;
        Touched touched = Module.Walk.Touched;
        for (int next = i + 1; next < code.Length && labels[next] is null && !HlFlow.TryGetJump(code[next], out _)
            && !HlFlow.IsEnd(code[next].Opcode) && code[next].Opcode != HlOpcode.OSwitch; next++)
        {
            touched.Find(function, code[next]);
            if (!touched.Read.Contains(sum))
            {
                if (touched.Written.Contains(sum))
                    return -1;
                continue;
            }
            return IsConcat(code[next]) && code[next].A == sum && function.Arguments(code[next]) is [var left, var right] && left != right ? next : -1;
        }
        return -1;
    }

    private void EmitParts(List<Local> all, in HlInstruction call)
    {
        foreach (Local part in all)
            IL.LoadLocal(part);
        Label declined = new(), end = new();
        string concat = all.Count switch { 2 => nameof(HlString.Concat), 3 => nameof(HlString.Concat3), _ => nameof(HlString.Concat4) };
        EmitAsk(RuntimeMembers.Named(typeof(HlString), concat), TypeOf(call.A), declined);
        Store(call.A);
        IL.Emit(OpCodes.Br, end);
        IL.MarkLabel(declined);
        IL.LoadLocal(all[0]);
        for (int i = 1; i < all.Count; i++)
        {
            IL.LoadLocal(all[i]);
            IL.Emit(OpCodes.Call, Module.Method(call.B));
        }
        Store(call.A);
        IL.MarkLabel(end);
    }

    // ref size, number; call2 digits, itos(number, size); call2 text, __alloc__(digits, number); call2 sum, __add__(left, text)
    private bool EmitConcatNumber(int i, in HlInstruction reference)
    {
        const int Count = 4;
        if (reference.Opcode != HlOpcode.ORef || i + Count > code.Length || TypeOf(reference.B).Kind != HlTypeKind.I32 || !IsConcat(code[i + 3]) || (sums is not null && sums.ContainsKey(i + 3))
            || !IsItos(code[i + 1]) || function.Arguments(code[i + 1]) is not [var number, var size] || number != reference.B || size != reference.A
            || code[i + 2].Opcode != HlOpcode.OCall2 || Module.Module.FindFunction(code[i + 2].B) is not { } make || !HlKnownFunction.IsAllocate(make)
            || function.Arguments(code[i + 2]) is not [var digits, var length] || digits != code[i + 1].A || length != number
            || function.Arguments(code[i + 3]) is not [var left, var text] || text != code[i + 2].A || left == text || TypeOf(text) != make.Type.Return)
            return false;
        for (int k = i + 1; k < i + Count; k++)
            if (labels[k] is not null || k == guardAt)
                return false;
        int sum = code[i + 3].A;
        if (FindNextConcat(i + 3) > 0 || IsUsedLater(number, sum, i + Count) || IsUsedLater(size, sum, i + Count) || IsUsedLater(digits, sum, i + Count) || IsUsedLater(text, sum, i + Count))
            return false;
        Load(left);
        Load(number);
        Label declined = new(), end = new();
        EmitAsk(RuntimeMembers.Named(typeof(HlString), nameof(HlString.ConcatNumber)), TypeOf(sum), declined);
        Store(sum);
        IL.Emit(OpCodes.Br, end);
        IL.MarkLabel(declined);
        isDeclined = true;
        EmitLent(i, reference);
        EmitEach(i + 2, 2);
        isDeclined = false;
        IL.MarkLabel(end);
        (emittedAt, emittedUpTo) = (i, i + Count);
        return true;
    }

    private bool IsUsedLater(int register, int sum, int from) => register != sum && !IsDead(register, from);

    private bool IsItos(in HlInstruction call) =>
        call.Opcode == HlOpcode.OCall2
        && FindStd(call, "itos") is { Type: { Return.Kind: HlTypeKind.Bytes, Parameters: [{ Kind: HlTypeKind.I32 }, { Kind: HlTypeKind.Ref }] } }
        && TypeOf(call.A).Kind == HlTypeKind.Bytes;
}
