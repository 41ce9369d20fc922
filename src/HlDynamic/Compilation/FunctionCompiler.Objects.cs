using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>ONew, OType, OGetType, OGetTID; references; enums.</summary>
internal sealed partial class FunctionCompiler
{
    private void EmitObject(in HlInstruction instruction)
    {
        HlTypeDef type = TypeOf(instruction.A);
        switch (instruction.Opcode)
        {
            case HlOpcode.ONew:
                EmitNew(type);
                break;
            case HlOpcode.OType:
                LoadType(Module.Module.Types[instruction.B]);
                CoerceClr(type, HlTypeKind.Type, instruction.A);
                break;
            case HlOpcode.OGetType:
                LoadContext();
                LoadAs(instruction.B, Module.DynType);
                IL.Emit(OpCodes.Call, RuntimeMembers.TypeOf);
                CoerceClr(type, HlTypeKind.Type, instruction.A);
                break;
            default:
                if (TypeOf(instruction.B).Kind != HlTypeKind.Type || !IsInteger(type))
                    throw Unexpected(instruction.A, instruction.B);
                Load(instruction.B);
                IL.Emit(OpCodes.Call, RuntimeMembers.TypeKind);
                ConvertNumber(HlTypeKind.I32, type.Kind);
                break;
        }
        Store(instruction.A);
    }

    // gettype type, value; gettid kind, type
    private bool EmitKindOfValue(int i, in HlInstruction getType)
    {
        if (getType.Opcode != HlOpcode.OGetType || traps is not null || Module.Options.Coverage || !TryGetNext(i, HlOpcode.OGetTID, out HlInstruction getKind)
            || getKind.B != getType.A || TypeOf(getType.A).Kind != HlTypeKind.Type || TypeOf(getKind.A).Kind != HlTypeKind.I32 || !PassesOn(getType.A))
            return false;
        LoadContext();
        LoadAs(getType.B, Module.DynType);
        IL.Emit(OpCodes.Call, RuntimeMembers.KindOf);
        Store(getKind.A);
        (emittedAt, emittedUpTo) = (i, i + 2);
        return true;
    }

    private void CoerceClr(HlTypeDef type, HlTypeKind kind, int register)
    {
        if (type.Kind != kind && !IsObject(type))
            throw Unexpected(register);
    }

    private void EmitNew(HlTypeDef type)
    {
        switch (type)
        {
            case HlObjectTypeDef obj:
                IL.Emit(OpCodes.Newobj, Types.Class(obj).Constructor);
                break;
            case HlVirtualTypeDef v:
                IL.Emit(OpCodes.Newobj, Types.Structure(v).Constructor);
                break;
            case { Kind: HlTypeKind.DynObj }:
                LoadContext();
                IL.Emit(OpCodes.Newobj, RuntimeMembers.NewDynObj);
                break;
            default:
                throw Module.Refuse($"there are no objects of type {type}");
        }
    }

    private Dictionary<int, ElementReference>? elementReferences;

    private sealed record ElementReference(Local Array, Local Index);

    private void CheckReference(in HlInstruction instruction)
    {
        if (TypeOf(instruction.A) is not HlWrapperTypeDef { Kind: HlTypeKind.Ref } reference || Types.Key(reference.Inner) != Types.Key(TypeOf(instruction.B)))
            throw Unexpected(instruction.A, instruction.B);
    }

    private void EmitReference(in HlInstruction instruction)
    {
        HlTypeDef a = TypeOf(instruction.A);
        switch (instruction.Opcode)
        {
            case HlOpcode.ORef:
                CheckReference(instruction);
                LoadAddress(instruction.B);
                Store(instruction.A);
                break;
            case HlOpcode.OUnref:
            {
                HlTypeDef inner = Referenced(instruction.B);
                Load(instruction.B);
                IL.Emit(OpCodes.Ldobj, Types.Of(inner));
                StoreFrom(inner, instruction.A);
                break;
            }
            case HlOpcode.OSetref:
            {
                HlTypeDef inner = Referenced(instruction.A);
                Load(instruction.A);
                LoadAs(instruction.B, inner);
                IL.Emit(OpCodes.Stobj, Types.Of(inner));
                break;
            }
            case HlOpcode.ORefData:
            {
                if (TypeOf(instruction.B).Kind != HlTypeKind.Array)
                    throw Unexpected(instruction.A, instruction.B);
                (Local array, Local index) = ReferenceInto(instruction.A);
                Load(instruction.B);
                IL.StoreLocal(array);
                LoadInt(0);
                IL.StoreLocal(index);
                LoadElement(instruction.A, array, index);
                break;
            }
            default:
            {
                // A reference can be moved only within the array that it is known to point into.
                if (elementReferences is null || !elementReferences.TryGetValue(instruction.B, out ElementReference? from) || !IsInteger(TypeOf(instruction.C)))
                    throw Module.Refuse($"r{instruction.B} is not a reference into an array of this function, so it cannot be moved");
                (Local array, Local index) = ReferenceInto(instruction.A);
                IL.LoadLocal(from.Index);
                Load(instruction.C);
                if (TypeOf(instruction.C).Kind == HlTypeKind.I64)
                    IL.Emit(OpCodes.Conv_I4);
                IL.Emit(OpCodes.Add);
                IL.StoreLocal(index);
                IL.LoadLocal(from.Array);
                IL.StoreLocal(array);
                LoadElement(instruction.A, array, index);
                break;
            }
        }
    }

    private void LoadElement(int register, Local array, Local index)
    {
        IL.LoadLocal(array);
        IL.LoadLocal(index);
        IL.Emit(OpCodes.Call, new GenericMethod(RuntimeMembers.RefElement, Types.Of(Referenced(register))));
        Store(register);
    }

    private ElementReference ReferenceInto(int register)
    {
        HlTypeDef inner = Referenced(register);
        if (!Types.Of(inner).Is(ElementOf(inner)))
            throw Module.Refuse($"there are no references of type {TypeOf(register)} into arrays");
        elementReferences ??= [];
        if (!elementReferences.TryGetValue(register, out ElementReference? known))
            elementReferences[register] = known = new ElementReference(IL.DeclareLocal(typeof(Runtime.HlArray)), IL.DeclareLocal(typeof(int)));
        return known;
    }

    private HlTypeDef Referenced(int register) => TypeOf(register) is HlWrapperTypeDef { Kind: HlTypeKind.Ref } reference ? reference.Inner : throw Unexpected(register);

    private void EmitEnum(in HlInstruction instruction)
    {
        switch (instruction.Opcode)
        {
            case HlOpcode.OMakeEnum or HlOpcode.OEnumAlloc:
            {
                HlEnumTypeDef type = EnumOf(instruction.A);
                HlEnumConstructorDef definition = type.Constructors[instruction.B];
                EnumConstructorShape shape = Types.Enum(type).Constructors[instruction.B];
                ReadOnlySpan<int> arguments = function.Arguments(instruction);
                for (int i = 0; i < definition.Parameters.Length; i++)
                {
                    HlTypeDef parameter = definition.Parameters[i];
                    if (instruction.Opcode == HlOpcode.OMakeEnum)
                        LoadForParameter(arguments[i], parameter);
                    else
                        LoadDefault(parameter.Kind == HlTypeKind.Void ? Module.DynType : parameter);
                }
                if (shape.Constructor is null)
                    IL.Emit(OpCodes.Ldsfld, Module.Single(type, instruction.B));
                else
                    IL.Emit(OpCodes.Newobj, shape.Constructor);
                Store(instruction.A);
                break;
            }
            case HlOpcode.OEnumIndex:
                if (!IsInteger(TypeOf(instruction.A)))
                    throw Unexpected(instruction.A);
                Load(instruction.B);
                if (IsObject(TypeOf(instruction.B)))
                    IL.Emit(OpCodes.Castclass, typeof(Runtime.HlEnum));
                else
                    EnumOf(instruction.B);
                IL.Emit(OpCodes.Ldfld, RuntimeMembers.EnumIndex);
                ConvertNumber(HlTypeKind.I32, TypeOf(instruction.A).Kind);
                Store(instruction.A);
                break;
            case HlOpcode.OEnumField:
            {
                ClrField field = LoadEnum(instruction.B, instruction.C, instruction.D);
                IL.Emit(OpCodes.Ldfld, field);
                StoreFrom(ParameterType(instruction.B, instruction.C, instruction.D), instruction.A);
                break;
            }
            default:
            {
                ClrField field = LoadEnum(instruction.A, 0, instruction.B);
                LoadForParameter(instruction.C, ParameterType(instruction.A, 0, instruction.B));
                IL.Emit(OpCodes.Stfld, field);
                break;
            }
        }
    }

    private ClrField LoadEnum(int register, int constructor, int parameter)
    {
        HlEnumTypeDef type = EnumOf(register);
        EnumConstructorShape shape = Types.Enum(type).Constructors[constructor];
        if ((uint)parameter >= (uint)shape.Fields.Length)
            throw Module.Refuse($"constructor {constructor} of {type} has no parameter {parameter}");
        Load(register);
        if (type.Constructors.Length > 1)
            IL.Emit(OpCodes.Castclass, shape.Owner);
        return shape.Fields[parameter];
    }

    private HlTypeDef ParameterType(int register, int constructor, int parameter)
    {
        HlTypeDef type = EnumOf(register).Constructors[constructor].Parameters[parameter];
        return type.Kind == HlTypeKind.Void ? Module.DynType : type;
    }

    private HlEnumTypeDef EnumOf(int register) => TypeOf(register) as HlEnumTypeDef ?? throw Unexpected(register);
}
