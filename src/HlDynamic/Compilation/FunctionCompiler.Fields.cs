using System.Reflection;
using System.Reflection.Emit;
using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>OGetGlobal to ODynSet.</summary>
internal sealed partial class FunctionCompiler
{
    private void EmitFieldAccess(in HlInstruction instruction)
    {
        switch (instruction.Opcode)
        {
            case HlOpcode.OGetGlobal:
                IL.Emit(OpCodes.Ldsfld, Module.Global(instruction.B));
                StoreFrom(Module.Module.Globals[instruction.B], instruction.A);
                break;
            case HlOpcode.OSetGlobal:
                LoadAs(instruction.B, Module.Module.Globals[instruction.A]);
                IL.Emit(OpCodes.Stsfld, Module.Global(instruction.A));
                break;
            case HlOpcode.OField:
                EmitGetField(instruction.A, instruction.B, instruction.C);
                break;
            case HlOpcode.OGetThis:
                EmitGetField(instruction.A, 0, instruction.B);
                break;
            case HlOpcode.OSetField:
                EmitSetField(instruction.A, instruction.B, instruction.C);
                break;
            case HlOpcode.OSetThis:
                EmitSetField(0, instruction.A, instruction.B);
                break;
            case HlOpcode.ODynGet:
                LoadSite(instruction, instruction.C);
                LoadAs(instruction.B, Module.DynType);
                StructureAccess.EmitSiteGet(this, TypeOf(instruction.A));
                Store(instruction.A);
                break;
            case HlOpcode.ODynSet:
                LoadSite(instruction, instruction.B);
                LoadAs(instruction.A, Module.DynType);
                Load(instruction.C);
                StructureAccess.EmitSiteSet(this, TypeOf(instruction.C));
                break;
        }
    }

    private int sites;

    // Each instruction has a cache of its own.
    private void LoadSite(in HlInstruction instruction, int name) =>
        IL.Emit(OpCodes.Ldsfld, Module.Structures.Site((function.Index, sites++), Module.Module.Strings[name]));

    private void EmitGetField(int destination, int target, int index)
    {
        switch (TypeOf(target))
        {
            case HlObjectTypeDef type when (uint)index < (uint)type.FieldCount:
                Load(target);
                IL.Emit(OpCodes.Ldfld, Types.Class(type).Field(index));
                StoreFrom(Inside(type.GetField(index).Type), destination);
                break;
            case HlVirtualTypeDef type when (uint)index < (uint)type.Fields.Length:
            {
                MethodInfo getter = Module.Structures.Getter(Types.Structure(type), index);
                Load(target);
                IL.Emit(OpCodes.Call, getter);
                StoreFrom(type.Fields[index].Type, destination);
                break;
            }
            default:
                throw Unexpected(target);
        }
    }

    private void EmitSetField(int target, int index, int source)
    {
        switch (TypeOf(target))
        {
            case HlObjectTypeDef type when (uint)index < (uint)type.FieldCount:
            {
                HlTypeDef field = type.GetField(index).Type;
                if (field is HlWrapperTypeDef { Kind: HlTypeKind.Packed, Inner: HlObjectTypeDef packed })
                {
                    CopyPacked(target, Types.Class(type).Field(index), packed, source);
                    break;
                }
                Load(target);
                LoadAs(source, field);
                IL.Emit(OpCodes.Stfld, Types.Class(type).Field(index));
                break;
            }
            case HlVirtualTypeDef type when (uint)index < (uint)type.Fields.Length:
            {
                MethodInfo setter = Module.Structures.Setter(Types.Structure(type), index);
                Load(target);
                LoadForParameter(source, type.Fields[index].Type);
                IL.Emit(OpCodes.Call, setter);
                break;
            }
            default:
                throw Unexpected(target);
        }
    }

    // A packed struct is part of its owner: assigning it copies its fields.
    private void CopyPacked(int target, FieldInfo field, HlObjectTypeDef type, int source)
    {
        LocalBuilder from = IL.DeclareLocal(Types.Of(type)), to = IL.DeclareLocal(Types.Of(type));
        LoadAs(source, type);
        IL.Emit(OpCodes.Stloc, from);
        Load(target);
        IL.Emit(OpCodes.Ldfld, field);
        IL.Emit(OpCodes.Stloc, to);
        CopyFields(from, to, type, 0);
    }

    private void CopyFields(LocalBuilder from, LocalBuilder to, HlObjectTypeDef type, int depth)
    {
        if (depth > 32)
            throw Module.Refuse($"{type} is packed too deeply");
        for (int i = 0; i < type.FieldCount; i++)
        {
            FieldInfo field = Types.Class(type).Field(i);
            if (type.GetField(i).Type is HlWrapperTypeDef { Kind: HlTypeKind.Packed, Inner: HlObjectTypeDef inner })
            {
                LocalBuilder innerFrom = IL.DeclareLocal(Types.Of(inner)), innerTo = IL.DeclareLocal(Types.Of(inner));
                IL.Emit(OpCodes.Ldloc, from);
                IL.Emit(OpCodes.Ldfld, field);
                IL.Emit(OpCodes.Stloc, innerFrom);
                IL.Emit(OpCodes.Ldloc, to);
                IL.Emit(OpCodes.Ldfld, field);
                IL.Emit(OpCodes.Stloc, innerTo);
                CopyFields(innerFrom, innerTo, inner, depth + 1);
                continue;
            }
            IL.Emit(OpCodes.Ldloc, to);
            IL.Emit(OpCodes.Ldloc, from);
            IL.Emit(OpCodes.Ldfld, field);
            IL.Emit(OpCodes.Stfld, field);
        }
    }

    private static HlTypeDef Inside(HlTypeDef type) => type is HlWrapperTypeDef { Kind: HlTypeKind.Packed } packed ? packed.Inner : type;
}
