using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>Maps of integers, where an instruction boxes a value for the next one or unboxes that of the one before.</summary>
internal sealed partial class FunctionCompiler
{
    private bool[]? passesOn;
    private int emittedAt, emittedUpTo;

    // Emits several instructions at once, if they are of this kind.
    private bool EmitMapInts(int i, in HlInstruction instruction)
    {
        if (traps is not null || Module.Options.Coverage)
            return false;
        return instruction.Opcode switch
        {
            HlOpcode.OToDyn => EmitMapSet(i, instruction) || EmitStructureGetByInt(i, instruction),
            HlOpcode.OCall2 => EmitMapGet(i, instruction) || EmitMapExists(i, instruction),
            HlOpcode.OCallMethod => EmitStructureGet(i, instruction, null),
            _ => false,
        };
    }

    // todyn box, value; call3 _, set(map, key, box)
    private bool EmitMapSet(int i, in HlInstruction box)
    {
        if (!TryGetNext(i, HlOpcode.OCall3, out HlInstruction call) || TypeOf(box.B).Kind != HlTypeKind.I32)
            return false;
        ReadOnlySpan<int> arguments = function.Arguments(call);
        if (arguments[2] != box.A || arguments[0] == box.A || arguments[1] == box.A || Module.Module.FindFunction(call.B) is not { } set
            || HlMapInts.FindSet(set) is not { } quick || !PassesOn(box.A))
            return false;
        LoadForParameter(arguments[0], set.Type.Parameters[0]);
        LoadForParameter(arguments[1], set.Type.Parameters[1]);
        Load(box.B);
        EmitOrElse(quick, i, 2, null);
        return true;
    }

    // call2 got, get(map, key); unsafecast box, got; safecast value, box
    private bool EmitMapGet(int i, in HlInstruction call)
    {
        if (!IsUnboxed(i, call) || Module.Module.FindFunction(call.B) is not { } get || HlMapInts.FindGet(get) is not { } quick)
            return false;
        EmitMapAsk(get, call, quick, i, 3, typeof(int));
        return true;
    }

    // call2 exists, exists(map, key)
    private bool EmitMapExists(int i, in HlInstruction call)
    {
        if (Module.Module.FindFunction(call.B) is not { } exists || HlMapInts.FindExists(exists) is not { } quick || TypeOf(call.A).Kind != HlTypeKind.Bool)
            return false;
        EmitMapAsk(exists, call, quick, i, 1, typeof(bool));
        return true;
    }

    private void EmitMapAsk(HlFunctionDef asked, in HlInstruction call, MethodInfo quick, int first, int count, Type answer)
    {
        ReadOnlySpan<int> arguments = function.Arguments(call);
        LoadForParameter(arguments[0], asked.Type.Parameters[0]);
        LoadForParameter(arguments[1], asked.Type.Parameters[1]);
        Local value = IL.DeclareLocal(answer);
        IL.LoadLocalAddress(value);
        EmitOrElse(quick, first, count, () =>
        {
            IL.LoadLocal(value);
            Store(code[first + count - 1].A);
        });
    }

    // unsafecast box, got; safecast value, box
    private bool IsUnboxed(int i, in HlInstruction call) =>
        TryGetNext(i, HlOpcode.OUnsafeCast, out HlInstruction box) && TryGetNext(i + 1, HlOpcode.OSafeCast, out HlInstruction unbox)
        && box.B == call.A && unbox.B == box.A && TypeOf(box.A).Kind == HlTypeKind.Null && TypeOf(unbox.A).Kind == HlTypeKind.I32
        && PassesOn(call.A) && PassesOn(box.A);

    // todyn box, key; callmethod got, get(view, box); unsafecast box, got; safecast value, box
    private bool EmitStructureGetByInt(int i, in HlInstruction box)
    {
        if (!TryGetNext(i, HlOpcode.OCallMethod, out HlInstruction call) || TypeOf(box.B).Kind != HlTypeKind.I32 || !PassesOn(box.A))
            return false;
        ReadOnlySpan<int> arguments = function.Arguments(call);
        return arguments.Length == 2 && arguments[1] == box.A && arguments[0] != box.A && EmitStructureGet(i + 1, call, box.B);
    }

    // callmethod got, get(view, key); unsafecast box, got; safecast value, box
    private bool EmitStructureGet(int i, in HlInstruction call, int? intKey)
    {
        ReadOnlySpan<int> arguments = function.Arguments(call);
        if (arguments.Length != 2 || TypeOf(arguments[0]) is not HlVirtualTypeDef type || (uint)call.B >= (uint)type.Fields.Length
            || type.Fields[call.B].Type is not HlFunctionTypeDef { Return.Kind: HlTypeKind.Dyn, Parameters: [var parameter] }
            || (intKey is not null && parameter.Kind != HlTypeKind.Dyn) || !IsUnboxed(i, call))
            return false;
        Load(arguments[0]);
        if (intKey is { } key)
            Load(key);
        else
            LoadForParameter(arguments[1], parameter);
        IL.Emit(OpCodes.Callvirt, Module.Structures.IntCaller(Types.Structure(type), call.B, intKey is not null));
        Store(code[i + 2].A);
        emittedUpTo = i + 3;
        return true;
    }

    private bool TryGetNext(int i, HlOpcode opcode, out HlInstruction next)
    {
        next = i + 1 < code.Length ? code[i + 1] : default;
        return i + 1 < labels.Length && next.Opcode == opcode && labels[i + 1] is null && guardAt != i + 1;
    }

    // Calls what stands in for some instructions, and where it does nothing emits them.
    private void EmitOrElse(MethodInfo quick, int first, int count, Action? then)
    {
        Label declined = new(), end = new();
        IL.Emit(OpCodes.Call, quick);
        IL.Emit(OpCodes.Brfalse, declined);
        then?.Invoke();
        IL.Emit(OpCodes.Br, end);
        IL.MarkLabel(declined);
        EmitEach(first, count);
        IL.MarkLabel(end);
        (emittedAt, emittedUpTo) = (first, first + count);
    }

    // The instructions themselves, where what stands in for them declines, or where they are there more than once.
    private void EmitEach(int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            Module.At(function, i);
            MarkPosition(i);
            EmitOne(i, code[i]);
        }
    }

    /// <summary>Whether all that reads a register is the instruction right behind the one that wrote it, so that its value is needed there only.</summary>
    private bool PassesOn(int register)
    {
        passesOn ??= FindPassedOn();
        return passesOn[register];
    }

    private bool[] FindPassedOn()
    {
        var result = new bool[function.Registers.Length];
        for (int register = parameterCount; register < result.Length; register++)
            result[register] = true;
        Touched before = new(), touched = new();
        for (int i = 0; i < code.Length; i++)
        {
            (before, touched) = (touched, before);
            touched.Find(function, code[i]);
            foreach (int register in touched.Read)
                if (labels[i] is not null || !before.Written.Contains(register))
                    result[register] = false;
            if (code[i].Opcode == HlOpcode.ORef)
                result[code[i].B] = false;
        }
        return result;
    }
}
