using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCode = System.Reflection.Emit.OpCode;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>OJTrue to OJAlways, OSwitch, and how jumps leave try regions.</summary>
internal sealed partial class FunctionCompiler
{
    private bool IsInRegion(int instruction) => traps is null || traps[instruction] == region;

    /// <summary>Jumps, leaving the try regions between here and there.</summary>
    private void Jump(int target) => IL.Emit(IsInRegion(target) ? OpCodes.Br : OpCodes.Leave, labels[target]!);

    /// <summary>Jumps on a condition: <paramref name="branch"/> takes it, <paramref name="inverse"/> takes its opposite.</summary>
    private void JumpIf(OpCode branch, OpCode inverse, int target)
    {
        if (IsInRegion(target))
        {
            IL.Emit(branch, labels[target]!);
            return;
        }
        Label skip = new Label();
        IL.Emit(inverse, skip);
        IL.Emit(OpCodes.Leave, labels[target]!);
        IL.MarkLabel(skip);
    }

    private void EmitJump(int i, in HlInstruction instruction)
    {
        int next = i + 1;
        switch (instruction.Opcode)
        {
            case HlOpcode.OJAlways:
                // null element; jalways _; nullcheck element: what reading an element beyond the end of an array does.
                if (i > 0 && labels[i] is null && code[i - 1] is { Opcode: HlOpcode.ONull } none && FindFailingCheck(next + instruction.A, none.A) is { } check)
                {
                    MarkPosition(check);
                    EmitNullAccess(check, none.A);
                    break;
                }
                Jump(next + instruction.A);
                break;
            case HlOpcode.OJTrue or HlOpcode.OJNotNull:
                LoadTest(instruction.A);
                JumpIf(OpCodes.Brtrue, OpCodes.Brfalse, next + instruction.B);
                break;
            case HlOpcode.OJFalse or HlOpcode.OJNull:
                LoadTest(instruction.A);
                JumpIf(OpCodes.Brfalse, OpCodes.Brtrue, next + instruction.B);
                break;
            case HlOpcode.OSwitch:
                EmitSwitch(i, instruction);
                break;
            default:
                EmitCompare(instruction, next + instruction.C);
                break;
        }
    }

    private void LoadTest(int register)
    {
        switch (TypeOf(register).Kind)
        {
            case HlTypeKind.Bytes:
                Load(register);
                IL.Emit(OpCodes.Ldfld, RuntimeMembers.BytesBuffer);
                break;
            case HlTypeKind.F32 or HlTypeKind.F64 or HlTypeKind.Void:
                throw Unexpected(register);
            default:
                Load(register);
                break;
        }
    }

    private void EmitSwitch(int i, in HlInstruction instruction)
    {
        if (!IsInteger(TypeOf(instruction.A)))
            throw Unexpected(instruction.A);
        ReadOnlySpan<int> distances = function.Arguments(instruction);
        var targets = new Label[distances.Length];
        List<SwitchStub>? stubs = null;
        for (int k = 0; k < targets.Length; k++)
        {
            int target = i + 1 + distances[k];
            if (IsInRegion(target))
            {
                targets[k] = labels[target]!;
                continue;
            }
            targets[k] = new Label();
            (stubs ??= []).Add(new SwitchStub(targets[k], target));
        }
        Load(instruction.A);
        if (TypeOf(instruction.A).Kind is HlTypeKind.I64 or HlTypeKind.Guid)
            IL.Emit(OpCodes.Conv_I4);
        IL.Emit(OpCodes.Switch, targets);
        if (stubs is null)
            return;
        Label end = new Label();
        IL.Emit(OpCodes.Br, end);
        foreach ((Label stub, int target) in stubs)
        {
            IL.MarkLabel(stub);
            IL.Emit(OpCodes.Leave, labels[target]!);
        }
        IL.MarkLabel(end);
    }

    private sealed record SwitchStub(Label Label, int Target);

    private void EmitCompare(in HlInstruction instruction, int target)
    {
        HlTypeDef a = TypeOf(instruction.A), b = TypeOf(instruction.B);
        if (a.Kind is HlTypeKind.Dyn or HlTypeKind.Fun || b.Kind is HlTypeKind.Dyn or HlTypeKind.Fun)
            CompareDynamic(instruction, target);
        else if (IsNumber(a) && IsNumber(b))
            CompareNumbers(instruction, a, target);
        else
            ComparePointers(instruction, a, b, target);
    }

    // With a number that is not one, only the negated jumps and OJNotEq are taken.
    private void CompareNumbers(in HlInstruction instruction, HlTypeDef type, int target)
    {
        Load(instruction.A);
        LoadAs(instruction.B, type);
        OpCode branch = instruction.Opcode switch
        {
            HlOpcode.OJSLt => OpCodes.Blt,
            HlOpcode.OJSGte => OpCodes.Bge,
            HlOpcode.OJSGt => OpCodes.Bgt,
            HlOpcode.OJSLte => OpCodes.Ble,
            HlOpcode.OJULt => OpCodes.Blt_Un,
            HlOpcode.OJUGte => OpCodes.Bge_Un,
            HlOpcode.OJNotLt => OpCodes.Bge_Un,
            HlOpcode.OJNotGte => OpCodes.Blt_Un,
            HlOpcode.OJEq => OpCodes.Beq,
            _ => OpCodes.Bne_Un,
        };
        OpCode inverse = instruction.Opcode switch
        {
            HlOpcode.OJSLt => OpCodes.Bge_Un,
            HlOpcode.OJSGte => OpCodes.Blt_Un,
            HlOpcode.OJSGt => OpCodes.Ble_Un,
            HlOpcode.OJSLte => OpCodes.Bgt_Un,
            HlOpcode.OJULt => OpCodes.Bge_Un,
            HlOpcode.OJUGte => OpCodes.Blt_Un,
            HlOpcode.OJNotLt => OpCodes.Blt,
            HlOpcode.OJNotGte => OpCodes.Bge,
            HlOpcode.OJEq => OpCodes.Bne_Un,
            _ => OpCodes.Beq,
        };
        if (!IsFloat(type) && !IsInRegion(target))
            inverse = InverseOfIntegers(instruction.Opcode, inverse);
        JumpIf(branch, inverse, target);
    }

    // For integers ".un" means unsigned, not unordered.
    private static OpCode InverseOfIntegers(HlOpcode opcode, OpCode inverse) => opcode switch
    {
        HlOpcode.OJSLt => OpCodes.Bge,
        HlOpcode.OJSGte => OpCodes.Blt,
        HlOpcode.OJSGt => OpCodes.Ble,
        HlOpcode.OJSLte => OpCodes.Bgt,
        HlOpcode.OJNotLt => OpCodes.Blt_Un,
        HlOpcode.OJNotGte => OpCodes.Bge_Un,
        _ => inverse,
    };

    private void CompareDynamic(in HlInstruction instruction, int target)
    {
        LoadAs(instruction.A, Module.DynType);
        LoadAs(instruction.B, Module.DynType);
        if (instruction.Opcode is HlOpcode.OJEq or HlOpcode.OJNotEq)
        {
            IL.Emit(OpCodes.Call, RuntimeMembers.DynEquals);
            JumpIfEqual(instruction.Opcode, target);
            return;
        }
        IL.Emit(OpCodes.Call, RuntimeMembers.Compare);
        JumpIfOrdered(instruction.Opcode, target);
    }

    private void JumpIfEqual(HlOpcode opcode, int target)
    {
        if (opcode == HlOpcode.OJEq)
            JumpIf(OpCodes.Brtrue, OpCodes.Brfalse, target);
        else
            JumpIf(OpCodes.Brfalse, OpCodes.Brtrue, target);
    }

    // On the stack is the result of a comparison. "Invalid" is negative, so only "greater" has to ask for it.
    private void JumpIfOrdered(HlOpcode opcode, int target)
    {
        switch (opcode)
        {
            case HlOpcode.OJSLt or HlOpcode.OJULt:
                LoadInt(0);
                JumpIf(OpCodes.Blt, OpCodes.Bge, target);
                break;
            case HlOpcode.OJSLte:
                LoadInt(0);
                JumpIf(OpCodes.Ble, OpCodes.Bgt, target);
                break;
            case HlOpcode.OJSGt:
                LoadInt(0);
                JumpIf(OpCodes.Bgt, OpCodes.Ble, target);
                break;
            case HlOpcode.OJSGte or HlOpcode.OJUGte or HlOpcode.OJNotLt:
                LoadInt(0);
                JumpIf(OpCodes.Bge, OpCodes.Blt, target);
                break;
            case HlOpcode.OJNotGte:
                LoadInt(0);
                JumpIf(OpCodes.Blt, OpCodes.Bge, target);
                break;
            default:
                throw Module.Refuse("this comparison has no order");
        }
    }

    private void ComparePointers(in HlInstruction instruction, HlTypeDef a, HlTypeDef b, int target)
    {
        bool isEquality = instruction.Opcode is HlOpcode.OJEq or HlOpcode.OJNotEq;
        if (b.Kind != HlTypeKind.Virtual && FindCompare(Module.Module, a) is { } compare)
        {
            CompareObjects(instruction, compare, target);
            return;
        }
        if (a.Kind == HlTypeKind.Bytes && b.Kind == HlTypeKind.Bytes)
        {
            CompareBytes(instruction, target);
            return;
        }
        if (!isEquality || IsNumber(a) || IsNumber(b) || a.Kind == HlTypeKind.Ref || b.Kind == HlTypeKind.Ref || a.Kind == HlTypeKind.Void || b.Kind == HlTypeKind.Void)
            throw Unexpected(instruction.A, instruction.B);
        LoadAs(instruction.A, Module.DynType);
        LoadAs(instruction.B, Module.DynType);
        if (a.Kind == HlTypeKind.Type && b.Kind == HlTypeKind.Type)
            IL.Emit(OpCodes.Call, RuntimeMembers.SameType);
        else if (a.Kind == HlTypeKind.Null)
            IL.Emit(OpCodes.Call, RuntimeMembers.NullEquals);
        else if (a.Kind == HlTypeKind.Virtual || b.Kind == HlTypeKind.Virtual)
            IL.Emit(OpCodes.Call, RuntimeMembers.VirtualEquals);
        else
        {
            if (instruction.Opcode == HlOpcode.OJEq)
                JumpIf(OpCodes.Beq, OpCodes.Bne_Un, target);
            else
                JumpIf(OpCodes.Bne_Un, OpCodes.Beq, target);
            return;
        }
        JumpIfEqual(instruction.Opcode, target);
    }

    private void CompareBytes(in HlInstruction instruction, int target)
    {
        if (instruction.Opcode is HlOpcode.OJEq or HlOpcode.OJNotEq)
        {
            LoadAddress(instruction.A);
            Load(instruction.B);
            IL.Emit(OpCodes.Call, RuntimeMembers.BytesEquals);
            JumpIfEqual(instruction.Opcode, target);
            return;
        }
        Load(instruction.A);
        IL.Emit(OpCodes.Ldfld, RuntimeMembers.BytesOffset);
        Load(instruction.B);
        IL.Emit(OpCodes.Ldfld, RuntimeMembers.BytesOffset);
        IL.Emit(OpCodes.Sub);
        JumpIfOrdered(instruction.Opcode, target);
    }

    /// <summary>The <c>__compare</c> that the class itself introduces, which Haxe gives to String.</summary>
    internal static HlFunctionDef? FindCompare(HlModule module, HlTypeDef type)
    {
        if (type is not HlObjectTypeDef obj)
            return null;
        for (HlObjectTypeDef? super = obj.Super; super is not null; super = super.Super)
            if (super.Prototypes.Any(p => p.Name == "__compare"))
                return null;
        foreach (HlPrototypeDef prototype in obj.Prototypes)
            if (prototype.Name == "__compare" && module.FindFunction(prototype.FunctionIndex) is { } compare
                && compare.Type.Parameters.Length == 2 && compare.Type.Parameters[1].Kind == HlTypeKind.Dyn && compare.Type.Return.Kind == HlTypeKind.I32)
                return compare;
        return null;
    }

    private void CompareObjects(in HlInstruction instruction, HlFunctionDef compare, int target)
    {
        Label end = new Label();
        bool isEqual = instruction.Opcode == HlOpcode.OJEq, isNotEqual = instruction.Opcode == HlOpcode.OJNotEq;
        bool areTexts = TypeOf(instruction.A) == Types.StringType && TypeOf(instruction.B) == Types.StringType;
        if (areTexts && (isEqual || isNotEqual))
        {
            Load(instruction.A);
            Load(instruction.B);
            IL.Emit(OpCodes.Call, RuntimeMembers.SameText);
            JumpIfEqual(instruction.Opcode, target);
            return;
        }
        if (isEqual || isNotEqual)
        {
            Load(instruction.A);
            Load(instruction.B);
            if (isEqual)
                JumpIf(OpCodes.Beq, OpCodes.Bne_Un, target);
            else
                IL.Emit(OpCodes.Beq, end);
        }
        foreach (int register in (int[])[instruction.A, instruction.B])
        {
            Load(register);
            if (isNotEqual)
                JumpIf(OpCodes.Brfalse, OpCodes.Brtrue, target);
            else
                IL.Emit(OpCodes.Brfalse, end);
        }
        LoadAs(instruction.A, compare.Type.Parameters[0]);
        LoadAs(instruction.B, Module.DynType);
        IL.Emit(OpCodes.Call, areTexts ? RuntimeMembers.CompareTexts : Module.Method(compare.Index));
        if (isEqual)
            JumpIf(OpCodes.Brfalse, OpCodes.Brtrue, target);
        else if (isNotEqual)
            JumpIf(OpCodes.Brtrue, OpCodes.Brfalse, target);
        else
            JumpIfOrdered(instruction.Opcode, target);
        IL.MarkLabel(end);
    }
}
