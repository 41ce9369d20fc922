using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// Fields of structures. Of accesses to one structure in a row, whether it is a view is asked once, before the first: nothing that is
/// plain makes it one. For views, which are rare, all of the row is there a second time, behind the rest of the function.
/// </summary>
internal sealed partial class FunctionCompiler
{
    private const int None = -1, MaxRow = 64;

    // The structure that is known to be no view, or to be one.
    private int direct = None, viewed = None;

    private void EmitGetOfStructure(int i, int destination, int target, StructureShape shape, int index)
    {
        MethodDefinition getter = Module.Structures.Getter(shape, index);
        EmitAccess(i, target, () => Get(() => IL.Emit(OpCodes.Ldfld, shape.Fields[index])),
            () => Get(() => IL.Emit(OpCodes.Callvirt, shape.Accessors[index]!.GetThrough!)), () => Get(() => IL.Emit(OpCodes.Call, getter)));

        void Get(Action get)
        {
            Load(target);
            get();
            StoreFrom(shape.Type.Fields[index].Type, destination);
        }
    }

    private void EmitSetOfStructure(int i, int target, StructureShape shape, int index, int source)
    {
        MethodDefinition setter = Module.Structures.Setter(shape, index);
        EmitAccess(i, target, () => Set(() => IL.Emit(OpCodes.Stfld, shape.Fields[index])),
            () => Set(() => IL.Emit(OpCodes.Callvirt, shape.Accessors[index]!.SetThrough!)), () => Set(() => IL.Emit(OpCodes.Call, setter)));

        void Set(Action set)
        {
            Load(target);
            LoadForParameter(source, shape.Type.Fields[index].Type);
            set();
        }
    }

    // In place where the structure is known to be no view; through its virtual method where it is one; by the method that asks which,
    // or what that does in place, if numbers have to be set aside for views.
    private void EmitAccess(int i, int target, Action inPlace, Action throughView, Action byMethod)
    {
        if (target == direct)
        {
            inPlace();
            return;
        }
        int[] kept = Types.IsInterface(TypeOf(target)) ? [] : FindNumbersAcross(i);
        if (target == viewed)
        {
            SetAside(kept);
            throughView();
            TakeBack(kept);
        }
        else if (kept.Length == 0)
        {
            byMethod();
        }
        else
        {
            Label view = new();
            BranchIfView(target, view);
            inPlace();
            EmitLater(i, view, kept, throughView);
        }
    }

    private void BranchIfView(int target, Label view)
    {
        Load(target);
        IL.Emit(OpCodes.Ldfld, RuntimeMembers.VirtualTarget);
        IL.Emit(OpCodes.Brtrue, view);
    }

    // field _, s.x; ...; setfield s.x, _; ...
    private bool EmitStructureRow(int i, in HlInstruction first)
    {
        int structure = first.Opcode switch { HlOpcode.OField => first.B, HlOpcode.OSetField => first.A, _ => None };
        if (structure == None || traps is not null || Module.Options.Coverage || TypeOf(structure).Kind != HlTypeKind.Virtual || Types.IsInterface(TypeOf(structure)))
            return false;
        int end = FindRowEnd(i, structure);
        if (end <= i + 1)
            return false;
        Label view = new();
        BranchIfView(structure, view);
        direct = structure;
        EmitEach(i, end - i);
        direct = None;
        EmitLater(i, view, [], () =>
        {
            viewed = structure;
            EmitEach(i, end - i);
            viewed = None;
        });
        (emittedAt, emittedUpTo) = (i, end);
        return true;
    }

    // Behind the last access of the row.
    private int FindRowEnd(int first, int structure)
    {
        int end = first;
        for (int i = first; i < code.Length && i < first + MaxRow; i++)
        {
            ref readonly HlInstruction instruction = ref code[i];
            if (i > first && (labels[i] is not null || guardAt == i))
                break;
            if (IsAccess(instruction, structure))
                end = i + 1;
            else if (!IsPlain(instruction))
                break;
            if (HlOpcodes.Get(instruction.Opcode).Operands[0] is HlOperandKind.Written or HlOperandKind.Updated && instruction.A == structure)
                break;
        }
        return end;
    }

    private bool IsAccess(in HlInstruction instruction, int structure) => instruction.Opcode switch
    {
        HlOpcode.OField => instruction.B == structure && FieldType(structure, instruction.C) is { } field && IsPlainCopy(field, TypeOf(instruction.A)),
        HlOpcode.OSetField => instruction.A == structure && FieldType(structure, instruction.B) is { } field && IsPlainCopy(TypeOf(instruction.C), field),
        _ => false,
    };

    // Whether an instruction calls nothing that could run other code of the program.
    private bool IsPlain(in HlInstruction instruction)
    {
        switch (instruction.Opcode)
        {
            case >= HlOpcode.OInt and <= HlOpcode.OBool or (>= HlOpcode.OAdd and <= HlOpcode.ODecr) or HlOpcode.OToSFloat or HlOpcode.OToInt or HlOpcode.OToUFloat:
            case >= HlOpcode.OJTrue and <= HlOpcode.OJNotNull or HlOpcode.ONullCheck:
                return true;
            case HlOpcode.OMov:
                return IsPlainCopy(TypeOf(instruction.B), TypeOf(instruction.A));
            case HlOpcode.OField:
                return IsPlainField(instruction.B, instruction.C) is { } read && IsPlainCopy(read, TypeOf(instruction.A));
            case HlOpcode.OSetField:
                return IsPlainField(instruction.A, instruction.B) is { } written && IsPlainCopy(TypeOf(instruction.C), written);
            case >= HlOpcode.OJSLt and <= HlOpcode.OJNotEq:
                return IsNumber(TypeOf(instruction.A)) && IsNumber(TypeOf(instruction.B));
            default:
                return false;
        }
    }

    // The type of a field that is read and written in place.
    private HlTypeDef? IsPlainField(int target, int field) =>
        TypeOf(target) is HlObjectTypeDef { Kind: HlTypeKind.Obj } type && (uint)field < (uint)type.FieldCount && !Module.LateBindings.Contains(type, field)
        && type.GetField(field).Type is { Kind: not HlTypeKind.Packed } found ? found : null;

    private HlTypeDef? FieldType(int structure, int field) =>
        TypeOf(structure) is HlVirtualTypeDef type && (uint)field < (uint)type.Fields.Length && type.Fields[field].Type is { Kind: not HlTypeKind.Void } found ? found : null;

    private bool IsPlainCopy(HlTypeDef from, HlTypeDef to) => IsNumber(from) && IsNumber(to) || Types.Key(from) == Types.Key(to);
}
