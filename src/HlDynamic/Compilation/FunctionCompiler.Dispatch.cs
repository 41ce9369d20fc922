using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// A cast in a loop whose object has its methods called at once: the comparison that finds its class tells which methods these
/// are, so that small ones are compiled into the loop.
/// </summary>
internal sealed partial class FunctionCompiler
{
    private const int MaxDispatched = 12;

    // cast object, value; nullcheck object; callmethod _, m(object, ...), with arithmetic and further calls between and behind.
    private bool EmitDispatch(int i, in HlInstruction cast, HlTypeDef to, int[] kept, int check, bool neverConverts)
    {
        if (to is not HlObjectTypeDef type || Module.Options.Coverage || cast.A == cast.B || !IsLentOnly(cast.A) || FindLoop(i) is null
            || FindDispatchEnd(i, cast.A, check) is not { } end
            || !HasCalculation(type, i + 1, end))
            return false;
        (int destination, int source) = (cast.A, cast.B);
        Label isNull = new(), other = new(), behind = new();
        Load(source);
        IL.Emit(OpCodes.Brfalse, isNull);
        Module.Casts.EmitTests(IL, to, () => Load(source), member =>
        {
            Store(destination);
            for (int k = i + 1; k < end; k++)
            {
                ref readonly HlInstruction instruction = ref code[k];
                Module.At(function, k);
                MarkPosition(k);
                if (instruction.Opcode == HlOpcode.OCallMethod && Module.FindCalculation((HlObjectTypeDef)member, instruction.B) is { } method)
                    EmitCallOf(method, (HlObjectTypeDef)member, instruction);
                else if (instruction.Opcode != HlOpcode.ONullCheck)
                    EmitOne(k, instruction);
            }
            IL.Emit(OpCodes.Br, behind);
        });
        IL.Emit(OpCodes.Br, other);
        IL.MarkLabel(isNull);
        MarkPosition(check);
        EmitNullAccess(check, destination);
        EmitCastLater(i, cast, other, to, kept, neverConverts);
        // What jumps behind the cast has null, or casts elsewhere.
        if (labels[i + 1] is { } elsewhere)
            IL.MarkLabel(elsewhere);
        EmitEach(i + 1, end - i - 1);
        IL.MarkLabel(behind);
        (emittedAt, emittedUpTo) = (i, end);
        return true;
    }

    // Behind the last call of a method of the object, if nothing else happens in between and nobody jumps there, but behind the cast.
    private int? FindDispatchEnd(int i, int register, int check)
    {
        int? end = null;
        for (int k = i + 1; k < code.Length && k <= i + MaxDispatched && (k == i + 1 || labels[k] is null) && guardAt != k; k++)
        {
            ref readonly HlInstruction instruction = ref code[k];
            bool isCall = instruction.Opcode == HlOpcode.OCallMethod && function.Arguments(instruction)[0] == register;
            bool isCheck = instruction.Opcode == HlOpcode.ONullCheck && instruction.A == register;
            if (!isCall && !isCheck && instruction.Opcode is not (>= HlOpcode.OInt and <= HlOpcode.OBool or >= HlOpcode.OAdd and <= HlOpcode.ODecr))
                break;
            if (isCall && k > check)
                end = k + 1;
            if (!isCheck && instruction.A == register)
                break;
        }
        return end;
    }

    private bool HasCalculation(HlObjectTypeDef type, int first, int end)
    {
        foreach (HlObjectTypeDef member in Types.FamilyOf(type)!)
            for (int k = first; k < end; k++)
                if (code[k] is { Opcode: HlOpcode.OCallMethod } call && Module.FindCalculation(member, call.B) is not null)
                    return true;
        return false;
    }

    private void EmitCallOf(MethodDefinition method, HlObjectTypeDef type, in HlInstruction call)
    {
        ReadOnlySpan<int> arguments = function.Arguments(call);
        HlFunctionTypeDef signature = Slot(type, call.B).Signature;
        Load(arguments[0]);
        IL.Emit(OpCodes.Call, new GenericMethod(RuntimeMembers.As, Types.Of(type)));
        for (int i = 1; i < arguments.Length; i++)
            LoadForParameter(arguments[i], signature.Parameters[i]);
        IL.Emit(OpCodes.Call, method);
        StoreFrom(signature.Return, call.A);
    }
}
