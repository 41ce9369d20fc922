using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>OAdd to ODecr.</summary>
internal sealed partial class FunctionCompiler
{
    private void EmitArithmetic(in HlInstruction instruction)
    {
        HlTypeDef type;
        switch (instruction.Opcode)
        {
            case HlOpcode.OIncr or HlOpcode.ODecr:
                type = TypeOf(instruction.A);
                if (!IsInteger(type))
                    throw Unexpected(instruction.A);
                Load(instruction.A);
                LoadInt(1);
                if (type.Kind is HlTypeKind.I64 or HlTypeKind.Guid)
                    IL.Emit(OpCodes.Conv_I8);
                IL.Emit(instruction.Opcode == HlOpcode.OIncr ? OpCodes.Add : OpCodes.Sub);
                Narrow(type.Kind);
                Store(instruction.A);
                return;
            case HlOpcode.ONeg:
                type = TypeOf(instruction.B);
                if (!IsNumber(type))
                    throw Unexpected(instruction.A, instruction.B);
                if (IsFloat(type))
                {
                    // HashLink subtracts from zero: what becomes of zero is zero, not minus zero.
                    LoadDefault(type);
                    Load(instruction.B);
                    IL.Emit(OpCodes.Sub);
                }
                else
                {
                    Load(instruction.B);
                    IL.Emit(OpCodes.Neg);
                }
                break;
            case HlOpcode.ONot:
                type = TypeOf(instruction.B);
                if (!IsInteger(type))
                    throw Unexpected(instruction.A, instruction.B);
                Load(instruction.B);
                LoadInt(1);
                if (type.Kind is HlTypeKind.I64 or HlTypeKind.Guid)
                    IL.Emit(OpCodes.Conv_I8);
                IL.Emit(OpCodes.Xor);
                break;
            default:
                type = TypeOf(instruction.B);
                if (!IsNumber(type) || !IsNumber(TypeOf(instruction.C)))
                    throw Unexpected(instruction.A, instruction.B, instruction.C);
                EmitBinary(instruction, type);
                break;
        }
        Narrow(type.Kind);
        StoreFrom(type, instruction.A);
    }

    private void EmitBinary(in HlInstruction instruction, HlTypeDef type)
    {
        bool isFloat = IsFloat(type);
        bool isLong = type.Kind is HlTypeKind.I64 or HlTypeKind.Guid;
        Load(instruction.B);
        switch (instruction.Opcode)
        {
            case HlOpcode.OShl or HlOpcode.OSShr or HlOpcode.OUShr:
                if (isFloat || !IsInteger(TypeOf(instruction.C)))
                    throw Unexpected(instruction.A, instruction.B, instruction.C);
                Load(instruction.C);
                if (TypeOf(instruction.C).Kind is HlTypeKind.I64 or HlTypeKind.Guid)
                    IL.Emit(OpCodes.Conv_I4);
                LoadInt(isLong ? 63 : 31);
                IL.Emit(OpCodes.And);
                IL.Emit(instruction.Opcode switch { HlOpcode.OShl => OpCodes.Shl, HlOpcode.OSShr => OpCodes.Shr, _ => OpCodes.Shr_Un });
                return;
        }
        LoadAs(instruction.C, type);
        switch (instruction.Opcode)
        {
            case HlOpcode.OAdd:
                IL.Emit(OpCodes.Add);
                break;
            case HlOpcode.OSub:
                IL.Emit(OpCodes.Sub);
                break;
            case HlOpcode.OMul:
                IL.Emit(OpCodes.Mul);
                break;
            case HlOpcode.OSDiv when isFloat:
                IL.Emit(OpCodes.Div);
                break;
            case HlOpcode.OSMod when isFloat:
                IL.Emit(OpCodes.Rem);
                break;
            case HlOpcode.OSDiv or HlOpcode.OUDiv or HlOpcode.OSMod or HlOpcode.OUMod when !isFloat:
                IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlMath), Division(instruction.Opcode) + (isLong ? "I64" : "")));
                break;
            case HlOpcode.OAnd when !isFloat:
                IL.Emit(OpCodes.And);
                break;
            case HlOpcode.OOr when !isFloat:
                IL.Emit(OpCodes.Or);
                break;
            case HlOpcode.OXor when !isFloat:
                IL.Emit(OpCodes.Xor);
                break;
            default:
                throw Unexpected(instruction.A, instruction.B, instruction.C);
        }
    }

    // Written out: asking an enum for its names takes a millisecond of a program's start.
    private static string Division(HlOpcode opcode) => opcode switch
    {
        HlOpcode.OSDiv => nameof(HlMath.SDiv),
        HlOpcode.OUDiv => nameof(HlMath.UDiv),
        HlOpcode.OSMod => nameof(HlMath.SMod),
        _ => nameof(HlMath.UMod),
    };

    private static bool IsFloat(HlTypeDef type) => type.Kind is HlTypeKind.F32 or HlTypeKind.F64;

    private static bool IsInteger(HlTypeDef type) => IsNumber(type) && !IsFloat(type);
}
