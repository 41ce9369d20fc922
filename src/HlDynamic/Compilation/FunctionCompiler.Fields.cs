using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>OGetGlobal to ODynSet.</summary>
internal sealed partial class FunctionCompiler
{
    private void EmitFieldAccess(int i, in HlInstruction instruction)
    {
        switch (instruction.Opcode)
        {
            case HlOpcode.OGetGlobal:
                // What runs once is better off without the pool, whose classes would all be compiled to start.
                if (function.IsEntryPoint && Module.FindText(instruction.B) is var text and >= 0)
                    Module.EmitText(IL, text);
                else
                    IL.Emit(OpCodes.Ldsfld, Module.Global(instruction.B));
                StoreFrom(Module.Module.Globals[instruction.B], instruction.A);
                break;
            case HlOpcode.OSetGlobal:
                LoadAs(instruction.B, Module.Module.Globals[instruction.A]);
                IL.Emit(OpCodes.Stsfld, Module.Global(instruction.A));
                break;
            case HlOpcode.OField:
                EmitGetField(i, instruction.A, instruction.B, instruction.C);
                break;
            case HlOpcode.OGetThis:
                EmitGetField(i, instruction.A, 0, instruction.B);
                break;
            case HlOpcode.OSetField:
                EmitSetField(i, instruction.A, instruction.B, instruction.C);
                break;
            case HlOpcode.OSetThis:
                EmitSetField(i, 0, instruction.A, instruction.B);
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
        IL.Emit(OpCodes.Ldsfld, Module.Structures.Site($"{function.Index}:{sites++}", Module.Module.Strings[name]));

    private void EmitGetField(int i, int destination, int target, int index)
    {
        switch (TypeOf(target))
        {
            case HlObjectTypeDef type when (uint)index < (uint)type.FieldCount:
                LoadBound(target, type, index);
                Types.Class(type).EmitGet(IL, index);
                StoreFrom(Inside(type.GetField(index).Type), destination);
                break;
            case HlVirtualTypeDef type when (uint)index < (uint)type.Fields.Length:
                EmitGetOfStructure(i, destination, target, Types.Structure(type), index);
                break;
            default:
                throw Unexpected(target);
        }
    }

    // The object of a field that may have to be made first.
    private void LoadBound(int target, HlObjectTypeDef type, int field)
    {
        Load(target);
        if (!Module.LateBindings.Contains(type, field))
            return;
        IL.Emit(OpCodes.Dup);
        IL.Emit(OpCodes.Callvirt, RuntimeMembers.Bind);
    }

    private void EmitSetField(int i, int target, int index, int source)
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
                LoadBound(target, type, index);
                LoadAs(source, field);
                Types.Class(type).EmitSet(IL, index);
                break;
            }
            case HlVirtualTypeDef type when (uint)index < (uint)type.Fields.Length:
                EmitSetOfStructure(i, target, Types.Structure(type), index, source);
                break;
            default:
                throw Unexpected(target);
        }
    }

    // A packed struct is part of its owner: assigning it copies its fields.
    private void CopyPacked(int target, ClrField field, HlObjectTypeDef type, int source)
    {
        Local from = IL.DeclareLocal(Types.Of(type)), to = IL.DeclareLocal(Types.Of(type));
        LoadAs(source, type);
        IL.StoreLocal(from);
        Load(target);
        IL.Emit(OpCodes.Ldfld, field);
        IL.StoreLocal(to);
        CopyFields(from, to, type, 0);
    }

    private void CopyFields(Local from, Local to, HlObjectTypeDef type, int depth)
    {
        if (depth > 32)
            throw Module.Refuse($"{type} is packed too deeply");
        for (int i = 0; i < type.FieldCount; i++)
        {
            if (type.GetField(i).Type is HlWrapperTypeDef { Kind: HlTypeKind.Packed, Inner: HlObjectTypeDef inner })
            {
                ClrField field = Types.Class(type).Field(i);
                Local innerFrom = IL.DeclareLocal(Types.Of(inner)), innerTo = IL.DeclareLocal(Types.Of(inner));
                IL.LoadLocal(from);
                IL.Emit(OpCodes.Ldfld, field);
                IL.StoreLocal(innerFrom);
                IL.LoadLocal(to);
                IL.Emit(OpCodes.Ldfld, field);
                IL.StoreLocal(innerTo);
                CopyFields(innerFrom, innerTo, inner, depth + 1);
                continue;
            }
            IL.LoadLocal(to);
            IL.LoadLocal(from);
            Types.Class(type).EmitGet(IL, i);
            Types.Class(type).EmitSet(IL, i);
        }
    }

    private static HlTypeDef Inside(HlTypeDef type) => type is HlWrapperTypeDef { Kind: HlTypeKind.Packed } packed ? packed.Inner : type;
}
