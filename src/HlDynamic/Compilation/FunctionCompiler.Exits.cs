using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>ORet, OAssert and ONullCheck.</summary>
internal sealed partial class FunctionCompiler
{
    private void EmitExit(int i, in HlInstruction instruction)
    {
        switch (instruction.Opcode)
        {
            case HlOpcode.ORet:
                EmitReturn(instruction.A);
                break;
            case HlOpcode.OThrow or HlOpcode.ORethrow:
                EmitThrow(i, instruction);
                break;
            case HlOpcode.OAssert:
                IL.Emit(OpCodes.Ldstr, "assert");
                IL.Emit(OpCodes.Call, RuntimeMembers.ErrorText);
                IL.Emit(OpCodes.Throw);
                break;
            default:
                EmitNullCheck(i, instruction.A);
                break;
        }
    }

    private void EmitReturn(int register)
    {
        HlTypeDef type = function.Type.Return;
        if (type.Kind == HlTypeKind.Void)
        {
            // A call right before the end would be a jump in optimised code, and this function's frame missing on stacks.
            IL.Emit(OpCodes.Nop);
            if (region < 0)
                IL.Emit(OpCodes.Ret);
            else
                IL.Emit(OpCodes.Leave, (returnLabel ??= new Label()));
            return;
        }
        LoadAs(register, type);
        if (region < 0)
        {
            IL.Emit(OpCodes.Ret);
            return;
        }
        returnValue ??= IL.DeclareLocal(Types.Of(type));
        IL.StoreLocal(returnValue);
        IL.Emit(OpCodes.Leave, (returnLabel ??= new Label()));
    }

    private void EmitNullCheck(int i, int register)
    {
        HlTypeDef type = TypeOf(register);
        if (IsNumber(type) || type.Kind == HlTypeKind.Void)
            return;
        Label some = new Label();
        LoadTest(register);
        IL.Emit(OpCodes.Brtrue, some);
        EmitNullAccess(i, register);
        IL.MarkLabel(some);
    }

    // Throws what the check of a register throws.
    private void EmitNullAccess(int check, int register)
    {
        if (FindAccess(check, register) is { } field)
        {
            IL.Emit(OpCodes.Ldstr, field);
            IL.Emit(OpCodes.Call, RuntimeMembers.NullAccessField);
        }
        else
        {
            IL.Emit(OpCodes.Call, RuntimeMembers.NullAccess);
        }
        IL.Emit(OpCodes.Throw);
    }

    // The check that a register with null in it fails, on the only way from an instruction on; nothing between leaves a trace.
    private int? FindFailingCheck(int from, int register)
    {
        if (traps is not null || IsNumber(TypeOf(register)))
            return null;
        for (int i = from; i < code.Length; i++)
        {
            ref readonly HlInstruction instruction = ref code[i];
            if (instruction.Opcode == HlOpcode.ONullCheck && instruction.A == register)
                return i;
            bool isSilent = instruction.Opcode is >= HlOpcode.OInt and <= HlOpcode.OBool or HlOpcode.OIncr or HlOpcode.ODecr or HlOpcode.OLabel;
            if (!isSilent || instruction.Opcode != HlOpcode.OLabel && instruction.A == register)
                return null;
        }
        return null;
    }

    // The member whose access the check guards: constants and arithmetic may stand between (HashLink names it likewise).
    private string? FindAccess(int i, int register)
    {
        int next = i + 1;
        while (next < code.Length - 1 && code[next].Opcode is >= HlOpcode.OInt and <= HlOpcode.ODecr)
            next++;
        if (next >= code.Length)
            return null;
        ref readonly HlInstruction access = ref code[next];
        switch (access.Opcode)
        {
            case HlOpcode.OField when access.B == register:
                return FieldName(TypeOf(register), access.C);
            case HlOpcode.OSetField when access.A == register:
                return FieldName(TypeOf(register), access.B);
            case >= HlOpcode.OCall1 and <= HlOpcode.OCallN when access.ArgumentCount > 0 && function.Arguments(access)[0] == register:
                return Module.Module.FindFunction(access.B) is { Name: { } name } ? name : null;
            default:
                return null;
        }
    }

    private static string? FieldName(HlTypeDef type, int index) => type switch
    {
        HlObjectTypeDef obj when (uint)index < (uint)obj.FieldCount => obj.GetField(index).Name,
        HlVirtualTypeDef v when (uint)index < (uint)v.Fields.Length => v.Fields[index].Name,
        _ => null,
    };
}
