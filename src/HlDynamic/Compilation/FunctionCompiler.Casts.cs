using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>OToDyn to OToVirtual.</summary>
internal sealed partial class FunctionCompiler
{
    // The check that a cast has made, and where it goes on behind it.
    private int passedAt = -1;
    private Label? passed;

    private void EmitCast(int i, in HlInstruction instruction)
    {
        HlTypeDef from = TypeOf(instruction.B), to = TypeOf(instruction.A);
        if (IsObject(from) && to is HlObjectTypeDef or HlVirtualTypeDef && Module.Casts.HasTests(to) && !Types.IsInterface(to))
        {
            bool neverConverts = Module.Casts.NeverConverts(to, instruction.Opcode == HlOpcode.OUnsafeCast);
            int[] kept = neverConverts ? [] : FindNumbersAcross(i);
            int? check = FindFailingCheck(i + 1, instruction.A);
            if (check is not null && EmitDispatch(i, instruction, to, kept, check.Value, neverConverts))
                return;
            if (kept.Length > 0 || check is not null)
            {
                EmitCastInPlace(i, instruction, to, kept, check, neverConverts);
                return;
            }
        }
        switch (instruction.Opcode)
        {
            case HlOpcode.OToDyn:
                if (!IsObject(to))
                    throw Unexpected(instruction.A, instruction.B);
                Load(instruction.B);
                Box(from);
                break;
            case HlOpcode.OToSFloat or HlOpcode.OToInt:
                if (!IsNumber(from) || !IsNumber(to) || instruction.Opcode == HlOpcode.OToSFloat && !IsFloat(to) || instruction.Opcode == HlOpcode.OToInt && IsFloat(to))
                    throw Unexpected(instruction.A, instruction.B);
                Load(instruction.B);
                ConvertNumber(from.Kind, to.Kind);
                break;
            case HlOpcode.OToUFloat:
                if (!IsInteger(from) || !IsFloat(to))
                    throw Unexpected(instruction.A, instruction.B);
                Load(instruction.B);
                IL.Emit(OpCodes.Conv_R_Un);
                IL.Emit(to.Kind == HlTypeKind.F32 ? OpCodes.Conv_R4 : OpCodes.Conv_R8);
                break;
            case HlOpcode.OUnsafeCast:
                if (to is not (HlObjectTypeDef or HlVirtualTypeDef) || !IsObject(from))
                {
                    Load(instruction.B);
                    Coerce(from, to);
                    break;
                }
                EmitSafeCast(instruction.B, from, to, isUnsafe: true);
                break;
            case HlOpcode.OToVirtual:
                if (to.Kind != HlTypeKind.Virtual || from.Kind is HlTypeKind.Void or HlTypeKind.Ref)
                    throw Unexpected(instruction.A, instruction.B);
                if (IsObject(from))
                {
                    EmitSafeCast(instruction.B, from, to);
                    break;
                }
                Load(instruction.B);
                SafeCast(from, to);
                break;
            default:
                EmitSafeCast(instruction.B, from, to);
                break;
        }
        Store(instruction.A);
    }

    private void EmitSafeCast(int source, HlTypeDef from, HlTypeDef to, bool isUnsafe = false)
    {
        // What is of the wanted class already needs no conversion: the usual case, decided by one test.
        if (to is HlObjectTypeDef or HlVirtualTypeDef && !IsNumber(from) && from.Kind is not (HlTypeKind.Bytes or HlTypeKind.Void or HlTypeKind.Ref)
            && !(from is HlObjectTypeDef own && (to is not HlObjectTypeDef wanted || Derives(own, wanted))))
        {
            Load(source);
            bool isConverted = to is HlObjectTypeDef || IsObject(from);
            if (isConverted && Module.Casts.Find(to, isUnsafe) is { } cast)
            {
                IL.Emit(OpCodes.Call, cast);
                return;
            }
            Label isWanted = new();
            IL.Emit(OpCodes.Isinst, Types.Of(to));
            IL.Emit(OpCodes.Dup);
            IL.Emit(OpCodes.Brtrue, isWanted);
            IL.Emit(OpCodes.Pop);
            Load(source);
            if (isConverted)
                IL.Emit(OpCodes.Call, Module.Casts.Conversion(to));
            else
                SafeCast(from, to);
            IL.MarkLabel(isWanted);
            return;
        }
        if (to is HlFunctionTypeDef function && IsObject(from))
        {
            Label slow = new Label(), end = new Label();
            ClrType closure = Types.Delegate(function, 0).Type;
            Load(source);
            IL.Emit(OpCodes.Isinst, closure);
            IL.Emit(OpCodes.Brfalse, slow);
            Load(source);
            IL.Emit(OpCodes.Castclass, closure);
            IL.Emit(OpCodes.Br, end);
            IL.MarkLabel(slow);
            Load(source);
            SafeCast(from, to);
            IL.MarkLabel(end);
            return;
        }
        Load(source);
        SafeCast(from, to);
    }

    // What the cast's own method does, in place. A conversion is the rare case; null leads straight to the check that it fails, and
    // what is found to be of the wanted class passes that check.
    private void EmitCastInPlace(int i, in HlInstruction cast, HlTypeDef to, int[] kept, int? check, bool neverConverts)
    {
        Label isNull = new(), end = new(), other = new(), found = end;
        (int destination, int source) = (cast.A, cast.B);
        if (check == i + 1 && !Module.Options.Coverage)
            (passedAt, passed) = (i + 1, found = new Label());
        Load(source);
        IL.Emit(OpCodes.Brfalse, isNull);
        Module.Casts.EmitTests(IL, to, () => Load(source), _ =>
        {
            Store(destination);
            IL.Emit(OpCodes.Br, found);
        });
        IL.Emit(OpCodes.Br, other);
        IL.MarkLabel(isNull);
        if (check is { } failing)
        {
            MarkPosition(failing);
            EmitNullAccess(failing, destination);
        }
        else
        {
            IL.Emit(OpCodes.Ldnull);
            Store(destination);
        }
        IL.MarkLabel(end);
        EmitCastLater(i, cast, other, to, kept, neverConverts);
    }

    // What is of no class that was compared with.
    private void EmitCastLater(int i, in HlInstruction cast, Label other, HlTypeDef to, int[] kept, bool neverConverts)
    {
        (int destination, int source) = (cast.A, cast.B);
        EmitLater(i, other, kept, () =>
        {
            Label done = new();
            if (to is HlVirtualTypeDef)
            {
                Label noView = new();
                Module.Casts.EmitViewTest(IL, to, () => Load(source), noView);
                Store(destination);
                IL.Emit(OpCodes.Br, done);
                IL.MarkLabel(noView);
            }
            Load(source);
            if (neverConverts)
            {
                IL.Emit(OpCodes.Call, Module.Casts.Refusal(to));
                IL.Emit(OpCodes.Throw);
            }
            else
            {
                IL.Emit(OpCodes.Call, Module.Casts.Conversion(to));
                Store(destination);
                ForgetSteadyAround(i);
            }
            IL.MarkLabel(done);
        });
    }
}
