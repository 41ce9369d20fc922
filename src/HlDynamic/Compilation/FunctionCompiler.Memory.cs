using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>OGetI8 to OSetArray, and OArraySize.</summary>
internal sealed partial class FunctionCompiler
{
    private void EmitMemory(int i, in HlInstruction instruction)
    {
        switch (instruction.Opcode)
        {
            case HlOpcode.OGetI8 or HlOpcode.OGetI16:
                EmitGetSmall(i, instruction);
                break;
            case HlOpcode.OGetMem:
                CheckBytes(instruction.B, instruction.C);
                EmitGetBytes(i, instruction.B, instruction.C, MemoryType(TypeOf(instruction.A)));
                if (TypeOf(instruction.A).Kind == HlTypeKind.Bool)
                    Narrow(HlTypeKind.Bool);
                Store(instruction.A);
                break;
            case HlOpcode.OSetI8 or HlOpcode.OSetI16 or HlOpcode.OSetMem:
                EmitSetMemory(i, instruction);
                break;
            case HlOpcode.OGetArray:
                EmitGetArray(i, instruction);
                break;
            case HlOpcode.OSetArray:
                EmitSetArray(i, instruction);
                break;
            default:
                if (TypeOf(instruction.B).Kind != HlTypeKind.Array)
                    throw Unexpected(instruction.B);
                Load(instruction.B);
                IL.Emit(OpCodes.Ldfld, RuntimeMembers.ArrayCount);
                ConvertNumber(HlTypeKind.I32, TypeOf(instruction.A).Kind);
                Store(instruction.A);
                break;
        }
    }

    private void CheckBytes(int bytes, int offset)
    {
        if (TypeOf(bytes).Kind != HlTypeKind.Bytes || TypeOf(offset).Kind is not (HlTypeKind.I32 or HlTypeKind.UI8 or HlTypeKind.UI16))
            throw Unexpected(bytes, offset);
    }

    private void EmitGetSmall(int i, in HlInstruction instruction)
    {
        CheckBytes(instruction.B, instruction.C);
        HlTypeDef type = TypeOf(instruction.A);
        if (!IsInteger(type))
            throw Unexpected(instruction.A);
        bool isByte = instruction.Opcode == HlOpcode.OGetI8;
        EmitGetBytes(i, instruction.B, instruction.C, isByte ? typeof(byte) : typeof(ushort));
        ConvertNumber(isByte ? HlTypeKind.UI8 : HlTypeKind.UI16, type.Kind);
        Store(instruction.A);
    }

    private void EmitSetMemory(int i, in HlInstruction instruction)
    {
        CheckBytes(instruction.A, instruction.B);
        HlTypeDef type = TypeOf(instruction.C);
        Type element;
        if (instruction.Opcode == HlOpcode.OSetMem)
        {
            element = MemoryType(type);
        }
        else
        {
            if (!IsInteger(type))
                throw Unexpected(instruction.C);
            element = instruction.Opcode == HlOpcode.OSetI8 ? typeof(byte) : typeof(ushort);
        }
        EmitSetBytes(i, instruction.A, instruction.B, instruction.C, element);
    }

    private Type MemoryType(HlTypeDef type) => type.Kind == HlTypeKind.Bool ? typeof(byte)
        : IsNumber(type) ? BasicType(type)
        : throw Module.Refuse($"bytes cannot hold a value of type {type}");

    private Type BasicType(HlTypeDef type) => ((ImportedType)Types.Of(type)).Type;

    private void CheckArray(int array, int index)
    {
        if (TypeOf(array).Kind != HlTypeKind.Array || TypeOf(index).Kind is not (HlTypeKind.I32 or HlTypeKind.UI8 or HlTypeKind.UI16))
            throw Unexpected(array, index);
    }

    // What the elements of a native array that holds values of the type are held as.
    private Type ElementOf(HlTypeDef type) => IsNumber(type) || type.Kind == HlTypeKind.Bytes ? BasicType(type)
        : type.Kind is HlTypeKind.Void or HlTypeKind.Ref ? throw Module.Refuse($"an array cannot hold values of type {type}")
        : typeof(object);

    private void LoadItems(int i, int array, Type element)
    {
        if (element == typeof(object) && FindNear(i, array) is { } near)
        {
            LoadNear(near, typeof(object[]));
            return;
        }
        Load(array);
        if (element == typeof(object))
            IL.Emit(OpCodes.Ldfld, RuntimeMembers.ArrayReferences);
        else
            IL.Emit(OpCodes.Call, RuntimeMembers.ArrayItems(element));
    }

    private void EmitGetArray(int i, in HlInstruction instruction)
    {
        CheckArray(instruction.B, instruction.C);
        HlTypeDef type = TypeOf(instruction.A);
        Type element = ElementOf(type);
        LoadItems(i, instruction.B, element);
        Load(instruction.C);
        IL.Emit(OpCodes.Ldelem, element);
        if (element == typeof(object))
            Coerce(Module.DynType, type);
        Store(instruction.A);
    }

    private void EmitSetArray(int i, in HlInstruction instruction)
    {
        CheckArray(instruction.A, instruction.B);
        Type element = ElementOf(TypeOf(instruction.C));
        LoadItems(i, instruction.A, element);
        Load(instruction.B);
        Load(instruction.C);
        IL.Emit(OpCodes.Stelem, element);
    }
}
