using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>A switch over a string with cases of one letter: the letter is read once and compared as a number.</summary>
internal sealed partial class FunctionCompiler
{
    private const int CaseLength = 9;

    private bool EmitLetters(int first, in HlInstruction start)
    {
        if (start.Opcode != HlOpcode.OJNull || traps is not null || function.IsEntryPoint || Module.Options.Coverage || !HlKnownFunction.IsText(TypeOf(start.A)) || !IsLetterCase(first, start.A))
            return false;
        int end = first + CaseLength;
        while (IsLetterCase(end, start.A))
            end += CaseLength;
        if ((guardAt > first && guardAt < end) || !IsEnteredAtStart(first, end) || !AreLettersAlone(first, end))
            return false;
        Local letter = IL.DeclareLocal(typeof(int));
        Load(start.A);
        IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlString), nameof(HlString.OnlyLetter)));
        IL.StoreLocal(letter);
        for (int i = first; i < end; i += CaseLength)
        {
            IL.LoadLocal(letter);
            LoadInt(Module.Module.Strings[code[i + 5].B][0]);
            IL.Emit(OpCodes.Beq, labels[i + CaseLength + code[i + 8].C]!);
        }
        (emittedAt, emittedUpTo) = (first, end);
        return true;
    }

    // jnull text, next; field length, text.length; int one, 1; jnoteq length, one, next; field bytes, text.bytes; string constant, "x";
    // call3 order, string_compare(bytes, constant, length); int zero, 0; jeq order, zero, found; next:
    private bool IsLetterCase(int i, int text)
    {
        if (i + CaseLength > code.Length)
            return false;
        if (code[i] is not { Opcode: HlOpcode.OJNull, B: CaseLength - 1 } || code[i].A != text
            || code[i + 1].Opcode != HlOpcode.OField || code[i + 1].B != text || !IsField(text, code[i + 1].C, "length")
            || code[i + 2].Opcode != HlOpcode.OInt || Module.Module.Int(code[i + 2].B) != 1
            || code[i + 3] is not { Opcode: HlOpcode.OJNotEq, C: CaseLength - 4 } || !Are(code[i + 3].A, code[i + 3].B, code[i + 1].A, code[i + 2].A)
            || code[i + 4].Opcode != HlOpcode.OField || code[i + 4].B != text || !IsField(text, code[i + 4].C, "bytes")
            || code[i + 5].Opcode != HlOpcode.OString || Module.Module.Strings[code[i + 5].B] is not [not '\0']
            || code[i + 6].Opcode != HlOpcode.OCall3 || !IsStringCompare(code[i + 6])
            || code[i + 7].Opcode != HlOpcode.OInt || Module.Module.Int(code[i + 7].B) != 0
            || code[i + 8].Opcode != HlOpcode.OJEq || !Are(code[i + 8].A, code[i + 8].B, code[i + 6].A, code[i + 7].A))
            return false;
        ReadOnlySpan<int> arguments = function.Arguments(code[i + 6]);
        return arguments[0] == code[i + 4].A && arguments[1] == code[i + 5].A && arguments[2] == code[i + 1].A
            && code[i + 1].A != code[i + 2].A && code[i + 4].A != code[i + 5].A && code[i + 6].A != code[i + 7].A
            && TypeOf(code[i + 1].A).Kind == HlTypeKind.I32 && TypeOf(code[i + 2].A).Kind == HlTypeKind.I32 && TypeOf(code[i + 6].A).Kind == HlTypeKind.I32
            && TypeOf(code[i + 7].A).Kind == HlTypeKind.I32 && TypeOf(code[i + 4].A).Kind == HlTypeKind.Bytes && TypeOf(code[i + 5].A).Kind == HlTypeKind.Bytes;
    }

    private bool IsField(int register, int index, string name) =>
        TypeOf(register) is HlObjectTypeDef type && (uint)index < (uint)type.FieldCount && type.GetField(index).Name == name;

    private static bool Are(int a, int b, int first, int second) => (a == first && b == second) || (a == second && b == first);

    private bool IsStringCompare(in HlInstruction call) => FindStd(call, "string_compare") is { Type.Return.Kind: HlTypeKind.I32 };

    // Nobody asks what the registers were that the cases used.
    private bool AreLettersAlone(int first, int end)
    {
        var written = new HashSet<int>();
        var targets = new HashSet<int> { end };
        for (int i = first; i < end; i += CaseLength)
        {
            foreach (int k in (ReadOnlySpan<int>)[1, 2, 4, 5, 6, 7])
                written.Add(code[i + k].A);
            int target = i + CaseLength + code[i + 8].C;
            if (target > first && target < end)
                return false;
            targets.Add(target);
        }
        foreach (int register in written)
            foreach (int target in targets)
                if (!IsDead(register, target))
                    return false;
        return true;
    }
}
