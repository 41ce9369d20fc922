using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary><c>switch (Type.typeof(value))</c>: an answer that is only taken apart may be one that was given before.</summary>
internal sealed partial class FunctionCompiler
{
    private bool[]? takenApart;

    // call1 answer, typeof(value)
    private bool EmitTypeof(int i, in HlInstruction call, ReadOnlySpan<int> arguments)
    {
        if (call.Opcode != HlOpcode.OCall1 || Types.StringType is not { } stringType || Module.Options.Coverage || function.IsEntryPoint || Module.Module.FindFunction(call.B) is not { } known
            || !HlKnownFunction.IsTypeof(known) || TypeOf(call.A) != known.Type.Return || arguments[0] == call.A || !IsTakenApart(call.A))
            return false;
        HlTypeDef answer = known.Type.Return;
        FieldDefinition answers = Module.Typeofs(answer);
        Local found = IL.DeclareLocal(typeof(HlEnum)), value = IL.DeclareLocal(typeof(object)), text = IL.DeclareLocal(Types.Of(stringType));
        Label isKnown = new(), end = new();
        LoadForParameter(arguments[0], known.Type.Parameters[0]);
        IL.StoreLocal(value);
        IL.LoadLocal(value);
        IL.Emit(OpCodes.Isinst, Types.Of(stringType));
        IL.StoreLocal(text);
        IL.Emit(OpCodes.Ldsfld, answers);
        IL.LoadLocal(value);
        IL.LoadLocal(text);
        IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlTypeofs), nameof(HlTypeofs.Find)));
        IL.StoreLocal(found);
        IL.LoadLocal(found);
        IL.Emit(OpCodes.Brtrue, isKnown);
        EmitCallFunction(i, call.A, call.B, arguments);
        IL.Emit(OpCodes.Ldsfld, answers);
        IL.LoadLocal(value);
        IL.LoadLocal(text);
        Load(call.A);
        IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlTypeofs), nameof(HlTypeofs.Keep)));
        IL.Emit(OpCodes.Br, end);
        IL.MarkLabel(isKnown);
        IL.LoadLocal(found);
        // Only what the function itself answered is there.
        IL.Emit(OpCodes.Call, new GenericMethod(RuntimeMembers.As, Types.Of(answer)));
        Store(call.A);
        IL.MarkLabel(end);
        return true;
    }

    // Whether all that is asked of what a register holds is its constructor and that one's arguments.
    private bool IsTakenApart(int register)
    {
        takenApart ??= FindTakenApart();
        return takenApart[register];
    }

    private bool[] FindTakenApart()
    {
        var result = new bool[registers.Length];
        result.AsSpan(parameterCount).Fill(true);
        Touched touched = new();
        foreach (HlInstruction instruction in code)
        {
            if (instruction.Opcode == HlOpcode.ORef)
                result[instruction.B] = false;
            if (instruction.Opcode is HlOpcode.ONullCheck or HlOpcode.OEnumIndex or HlOpcode.OEnumField)
                continue;
            touched.Find(function, instruction);
            foreach (int register in touched.Read)
                result[register] = false;
        }
        return result;
    }
}
