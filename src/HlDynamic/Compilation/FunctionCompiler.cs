using System.Collections.Immutable;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// Compiles one function to CIL. Registers are locals (the first ones parameters), each instruction starts and ends
/// with an empty stack, jumps are branches, and a trap is a try region. The instructions themselves are in the other
/// parts of this class, a file for each family.
/// </summary>
internal sealed partial class FunctionCompiler : CodeEmitter
{
    private readonly HlFunctionDef function;
    private readonly HlInstruction[] code;
    private readonly ImmutableArray<HlTypeDef> registers;
    private readonly MethodDefinition method;
    private readonly Local?[] locals;
    private readonly Label?[] labels;
    private readonly int[]? traps;
    private readonly MethodSymbols? symbols;
    private readonly int parameterCount;
    private Label? returnLabel;
    private Local? returnValue;
    private int region = -1;

    public FunctionCompiler(ModuleEmitter module, HlFunctionDef function, MethodDefinition method)
        : base(module, method.Code)
    {
        this.function = function;
        this.method = method;
        code = function.Body.Instructions;
        registers = function.Registers;
        locals = new Local?[registers.Length];
        labels = new Label?[code.Length];
        symbols = function.HasDebug ? module.Symbols.Add(method) : null;
        traps = HasTraps(code) ? HlTrapAnalysis.ComputeTrapStacks(function) : null;
        parameterCount = function.Type.Parameters.Length;
    }

    /// <summary>The method that calls of the function by itself lead to, where that is a copy.</summary>
    public MethodDefinition? Next { get; set; }

    /// <summary>Whether this is a copy: what calls it has checked the stack.</summary>
    public bool IsCopy { get; init; }

    private static bool HasTraps(HlInstruction[] code)
    {
        foreach (HlInstruction instruction in code)
            if (instruction.Opcode == HlOpcode.OTrap)
                return true;
        return false;
    }

    /// <summary>Emits the body.</summary>
    public void Compile()
    {
        FindLabels();
        DeclareLocals();
        PlaceGuard();
        EmitKnown();
        EmitRegion(-1);
        if (returnLabel is { } end)
        {
            IL.MarkLabel(end);
            if (returnValue is not null)
                IL.LoadLocal(returnValue);
            IL.Emit(OpCodes.Ret);
        }
        else if (traps is not null || FallsThrough(code[^1].Opcode))
        {
            // The end of a try region, or of code that is never reached, needs a place to lead to, though nothing gets there.
            IL.Emit(OpCodes.Ldnull);
            IL.Emit(OpCodes.Throw);
        }
        EmitRareCases();
        if (symbols is not null)
        {
            symbols.Length = IL.Offset;
            Module.Symbols.Complete(symbols);
        }
        method.Seal();
    }

    // Every place that is reached otherwise than from the instruction before it.
    private void FindLabels()
    {
        for (int i = 0; i < code.Length; i++)
        {
            ref readonly HlInstruction instruction = ref code[i];
            switch (instruction.Opcode)
            {
                case HlOpcode.OSwitch:
                    foreach (int distance in function.Arguments(instruction))
                        AddLabel(i + 1 + distance);
                    break;
                case HlOpcode.OTrap:
                    AddLabel(i + 1);
                    AddLabel(i + 1 + instruction.B);
                    break;
                case HlOpcode.OJAlways:
                    AddLabel(i + 1 + instruction.A);
                    break;
                case HlOpcode.OJTrue or HlOpcode.OJFalse or HlOpcode.OJNull or HlOpcode.OJNotNull:
                    AddLabel(i + 1 + instruction.B);
                    break;
                case >= HlOpcode.OJSLt and <= HlOpcode.OJNotEq:
                    AddLabel(i + 1 + instruction.C);
                    break;
            }
            if (traps is not null && i + 1 < code.Length && traps[i] != traps[i + 1])
                AddLabel(i + 1);
        }
    }

    private void AddLabel(int instruction) => labels[instruction] ??= new Label();

    private void DeclareLocals()
    {
        bool[]? used = function.IsEntryPoint ? EntryPointParts.UsedRegisters(function) : null;
        for (int i = parameterCount; i < registers.Length; i++)
        {
            HlTypeDef type = registers[i];
            if (type.Kind != HlTypeKind.Void && used?[i] != false)
                locals[i] = IL.DeclareLocal(Types.Of(type));
        }
        if (symbols is null || function.Debug is not { } debug)
            return;
        var isNamed = new bool[locals.Length];
        foreach (HlAssignDef assign in debug.Assigns)
        {
            int position = assign.Position;
            if ((uint)position < (uint)code.Length && code[position].A is var register
                && (uint)register < (uint)locals.Length && locals[register] is { } local && !isNamed[register])
            {
                symbols.Locals.Add(new NamedLocal(local.Index, assign.Name));
                isNamed[register] = true;
            }
        }
    }

    /// <summary>Emits the instructions of a trap's range, or with -1 of the function outside of traps; inner ranges in their places.</summary>
    private void EmitRegion(int trap)
    {
        int outer = region;
        region = trap;
        int count = code.Length;
        // The range starts behind its trap; what stands before it (no compiler does that) follows.
        int start = trap + 1;
        for (int step = 0; step < count; step++)
        {
            int i = start + step < count ? start + step : start + step - count;
            if (traps is not null && traps[i] != trap)
                continue;
            EmitInstruction(i);
        }
        region = outer;
    }

    private void EmitInstruction(int i)
    {
        ref readonly HlInstruction instruction = ref code[i];
        if (i > emittedAt && i < emittedUpTo)
            return;
        Module.At(function, i);
        // A round of the loop around enters one that starts here.
        MarkRound(i);
        ForgetSteadyAt(i);
        if (labels[i] is { } label)
            IL.MarkLabel(label);
        MarkPosition(i);
        if (Module.Options.Coverage)
            EmitCoverage(instruction.Opcode);
        if (i == guardAt)
            EmitStackGuard();
        if (instruction.Opcode == HlOpcode.OTrap)
        {
            EmitTrap(i, instruction);
            return;
        }
        Emit(i, instruction);
        if (passedAt == i)
            IL.MarkLabel(passed!);
        if (traps is null)
            return;
        int last = emittedAt == i && emittedUpTo > i ? emittedUpTo - 1 : i;
        if (FallsThrough(code[last].Opcode))
            ContinueAt(last + 1, last);
    }

    // Control goes on to the next instruction, which may be laid out elsewhere.
    private void ContinueAt(int next, int from)
    {
        if (traps![next] != region || next < from)
            Jump(next);
    }

    private static bool FallsThrough(HlOpcode opcode) => !HlFlow.IsEnd(opcode);

    private void MarkPosition(int i)
    {
        if (symbols is null)
            return;
        (int file, int line) = function.GetPosition(i);
        symbols.Mark(IL.Offset, file, line);
    }

    private void EmitCoverage(HlOpcode opcode)
    {
        LoadContext();
        IL.Emit(OpCodes.Ldfld, RuntimeMembers.Coverage);
        LoadInt((int)opcode);
        LoadInt(1);
        IL.Emit(OpCodes.Stelem_I1);
    }

    private HlTypeDef TypeOf(int register) => registers[register];

    /// <summary>Loads a register; void loads nothing, though a parameter of that type is there (and null).</summary>
    private void Load(int register)
    {
        if (TypeOf(register).Kind == HlTypeKind.Void)
            return;
        if (register < parameterCount)
            LoadArgument(register);
        else if (locals[register] is { } local)
            IL.LoadLocal(local);
    }

    /// <summary>Loads a register as a value of another type.</summary>
    private void LoadAs(int register, HlTypeDef type)
    {
        Load(register);
        Coerce(TypeOf(register), type);
    }

    /// <summary>Loads a register as an argument for a parameter, where void is null.</summary>
    private void LoadForParameter(int register, HlTypeDef type)
    {
        if (type.Kind != HlTypeKind.Void)
        {
            LoadAs(register, type);
            return;
        }
        IL.Emit(OpCodes.Ldnull);
    }

    /// <summary>Loads the address of a register.</summary>
    private void LoadAddress(int register)
    {
        if (register < parameterCount)
            IL.Emit(OpCodes.Ldarga, (short)register);
        else
            IL.LoadLocalAddress(locals[register]!);
    }

    /// <summary>Stores the value on the stack, of the register's type.</summary>
    private void Store(int register)
    {
        if (register < parameterCount)
        {
            if (TypeOf(register).Kind == HlTypeKind.Void)
                return;
            IL.Emit(OpCodes.Starg, (short)register);
        }
        else if (locals[register] is { } local)
        {
            IL.StoreLocal(local);
        }
    }

    /// <summary>Stores the value on the stack, of type <paramref name="from"/>.</summary>
    private void StoreFrom(HlTypeDef from, int register)
    {
        Coerce(from, TypeOf(register));
        Store(register);
    }

    private HlBytecodeException Unexpected(params int[] registers) =>
        Module.Refuse("registers of types " + string.Join(", ", registers.Select(r => $"r{r}:{TypeOf(r)}")) + " do not go together");

    private void Emit(int i, in HlInstruction instruction)
    {
        if (!EmitMapInts(i, instruction) && !EmitFloatOfPart(i, instruction) && !EmitQuickInt(i, instruction) && !EmitLetters(i, instruction) && !EmitConcatNumber(i, instruction)
            && !EmitLent(i, instruction) && !EmitNameNumber(i, instruction) && !EmitKindOfValue(i, instruction)
            && !EmitStructureRow(i, instruction) && !EmitSteady(i))
            EmitOne(i, instruction);
    }

    private void EmitOne(int i, in HlInstruction instruction)
    {
        switch (instruction.Opcode)
        {
            case HlOpcode.OMov:
                Load(instruction.B);
                StoreFrom(TypeOf(instruction.B), instruction.A);
                break;
            case HlOpcode.OInt or HlOpcode.OFloat or HlOpcode.OBool or HlOpcode.OBytes or HlOpcode.OString or HlOpcode.ONull:
                EmitConstant(instruction);
                break;
            case >= HlOpcode.OAdd and <= HlOpcode.ODecr:
                EmitArithmetic(instruction);
                break;
            case >= HlOpcode.OCall0 and <= HlOpcode.OVirtualClosure:
                EmitCallOrClosure(i, instruction);
                break;
            case >= HlOpcode.OGetGlobal and <= HlOpcode.ODynSet:
                EmitFieldAccess(i, instruction);
                break;
            case >= HlOpcode.OJTrue and <= HlOpcode.OJAlways or HlOpcode.OSwitch:
                EmitJump(i, instruction);
                break;
            case >= HlOpcode.OToDyn and <= HlOpcode.OToVirtual:
                EmitCast(i, instruction);
                break;
            case HlOpcode.ORet or HlOpcode.OThrow or HlOpcode.ORethrow or HlOpcode.OAssert or HlOpcode.ONullCheck:
                EmitExit(i, instruction);
                break;
            case >= HlOpcode.OGetI8 and <= HlOpcode.OSetArray or HlOpcode.OArraySize:
                EmitMemory(i, instruction);
                break;
            case HlOpcode.ONew or HlOpcode.OType or HlOpcode.OGetType or HlOpcode.OGetTID:
                EmitObject(instruction);
                break;
            case HlOpcode.ORef or HlOpcode.OUnref or HlOpcode.OSetref or HlOpcode.ORefData or HlOpcode.ORefOffset:
                EmitReference(instruction);
                break;
            case >= HlOpcode.OMakeEnum and <= HlOpcode.OSetEnumField:
                EmitEnum(instruction);
                break;
            case HlOpcode.OLabel or HlOpcode.ONop or HlOpcode.OEndTrap or HlOpcode.OPrefetch or HlOpcode.OCatch:
                // Hints, and marks that the analysis has used.
                break;
            case HlOpcode.OAsm:
                IL.Emit(OpCodes.Ldstr, $"Machine code in {function} is not supported");
                IL.Emit(OpCodes.Call, RuntimeMembers.ErrorText);
                IL.Emit(OpCodes.Throw);
                break;
            default:
                throw Module.Refuse("the opcode is unknown");
        }
    }

    private void EmitConstant(in HlInstruction instruction)
    {
        HlTypeDef type = TypeOf(instruction.A);
        switch (instruction.Opcode)
        {
            case HlOpcode.OInt:
                LoadInt(Module.Module.Int(instruction.B));
                if (!IsNumber(type))
                    throw Unexpected(instruction.A);
                ConvertNumber(HlTypeKind.I32, type.Kind);
                break;
            case HlOpcode.OFloat:
                if (type.Kind == HlTypeKind.F32)
                    IL.Emit(OpCodes.Ldc_R4, (float)Module.Module.Float(instruction.B));
                else if (type.Kind == HlTypeKind.F64)
                    IL.Emit(OpCodes.Ldc_R8, Module.Module.Float(instruction.B));
                else
                    throw Unexpected(instruction.A);
                break;
            case HlOpcode.OBool:
                LoadInt(instruction.B);
                if (!IsNumber(type))
                    throw Unexpected(instruction.A);
                if (type.Kind != HlTypeKind.Bool)
                    ConvertNumber(HlTypeKind.I32, type.Kind);
                break;
            case HlOpcode.OString:
            {
                int index = instruction.B;
                if (function.IsEntryPoint)
                    Module.EmitBytesOfString(IL, index);
                else
                    IL.Emit(OpCodes.Ldsfld, Module.Pool.Get("bytes" + index, typeof(Runtime.HlBytes), il => Module.EmitBytesOfString(il, index)));
                Coerce(BytesType(type), type);
                break;
            }
            case HlOpcode.OBytes:
            {
                int index = instruction.B;
                IL.Emit(OpCodes.Ldsfld, Module.Pool.Get("pool" + index, typeof(Runtime.HlBytes), il =>
                {
                    il.Emit(OpCodes.Ldsfld, Module.InstanceField);
                    il.Emit(OpCodes.Ldc_I4, index);
                    il.Emit(OpCodes.Call, RuntimeMembers.InstanceBytes);
                }));
                Coerce(BytesType(type), type);
                break;
            }
            default:
                LoadDefault(type);
                break;
        }
        Store(instruction.A);
    }

    private HlTypeDef BytesType(HlTypeDef type) => type.Kind == HlTypeKind.Bytes ? type : throw Module.Refuse($"a register of type {type} cannot hold bytes");
}
