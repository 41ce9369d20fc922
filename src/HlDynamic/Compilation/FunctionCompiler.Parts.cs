using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Primitives;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary><c>Std.parseFloat(text.substr(position, length))</c>: the number is read where it stands, no string is made of the part.</summary>
internal sealed partial class FunctionCompiler
{
    // todyn box, length; call3 part, substr(text, position, box); call1 number, parseFloat(part)
    private bool EmitFloatOfPart(int i, in HlInstruction box)
    {
        const int Count = 3;
        if (box.Opcode != HlOpcode.OToDyn || i + Count >= code.Length || isDeclined || traps is not null || Module.Options.Coverage || Types.StringType is null
            || TypeOf(box.B).Kind != HlTypeKind.I32 || code[i + 1] is not { Opcode: HlOpcode.OCall3 } part || code[i + 2] is not { Opcode: HlOpcode.OCall1 } parse
            || labels[i + 1] is not null || labels[i + 2] is not null || guardAt == i + 1 || guardAt == i + 2
            || Module.Module.FindFunction(part.B) is not { } substr || !HlKnownFunction.IsSubstr(substr)
            || Module.Module.FindFunction(parse.B) is not { } parseFloat || !HlKnownFunction.IsParseFloat(parseFloat) || !CallsStd(parseFloat, "parse_float"))
            return false;
        ReadOnlySpan<int> arguments = function.Arguments(part);
        if (arguments[2] != box.A || arguments[0] == box.A || arguments[1] == box.A || function.Arguments(parse)[0] != part.A || TypeOf(part.A) != substr.Type.Return
            || TypeOf(parse.A).Kind != HlTypeKind.F64 || !IsDead(box.A, i + Count) || !IsDead(part.A, i + Count))
            return false;
        Local number = IL.DeclareLocal(typeof(double));
        Label declined = new(), end = new();
        LoadForParameter(arguments[0], substr.Type.Parameters[0]);
        LoadForParameter(arguments[1], substr.Type.Parameters[1]);
        Load(box.B);
        IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(StdStrings), nameof(StdStrings.FloatOfPart)));
        IL.StoreLocal(number);
        IL.LoadLocal(number);
        IL.LoadLocal(number);
        IL.Emit(OpCodes.Bne_Un, declined);
        IL.LoadLocal(number);
        Store(parse.A);
        IL.Emit(OpCodes.Br, end);
        IL.MarkLabel(declined);
        isDeclined = true;
        EmitEach(i, Count);
        isDeclined = false;
        IL.MarkLabel(end);
        (emittedAt, emittedUpTo) = (i, i + Count);
        return true;
    }

    private bool CallsStd(HlFunctionDef caller, string native)
    {
        foreach (HlInstruction instruction in caller.Body.Instructions)
            if (instruction.Opcode is HlOpcode.OCall1 or HlOpcode.OCall2 or HlOpcode.OCall3 or HlOpcode.OCall4 && FindStd(instruction, native) is not null)
                return true;
        return false;
    }
}
