using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>The number of a field's name, which all of <c>Reflect</c> asks for: the string knows it once it was asked.</summary>
internal sealed partial class FunctionCompiler
{
    // field bytes, text.bytes; call1 number, hash(bytes)
    private bool EmitNameNumber(int i, in HlInstruction field)
    {
        if (field.Opcode != HlOpcode.OField || traps is not null || Module.Options.Coverage || !TryGetNext(i, HlOpcode.OCall1, out HlInstruction call)
            || function.Arguments(call)[0] != field.A || !IsHash(call) || TypeOf(call.A).Kind != HlTypeKind.I32
            || !HlKnownFunction.IsText(TypeOf(field.B)) || !IsField(field.B, field.C, "bytes") || !PassesOn(field.A))
            return false;
        Load(field.B);
        LoadContext();
        IL.Emit(OpCodes.Callvirt, RuntimeMembers.Named(typeof(HlString), nameof(HlString.FieldNumber)));
        Store(call.A);
        (emittedAt, emittedUpTo) = (i, i + 2);
        return true;
    }

    private bool IsHash(in HlInstruction call) => FindStd(call, "hash") is { Type: { Return.Kind: HlTypeKind.I32, Parameters: [{ Kind: HlTypeKind.Bytes }] } };
}
