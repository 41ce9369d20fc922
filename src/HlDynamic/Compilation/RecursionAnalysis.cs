using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>
/// Finds functions that must check how much stack is left: at least one in every cycle of calls. A direct call
/// back to a function that is being visited closes a cycle; a call whose target is not known may close one.
/// </summary>
internal sealed class RecursionAnalysis
{
    private readonly bool[] guarded, calculates, calls;

    // Shows each function to the other analyses, too: large modules are read for each time they are looked at.
    public RecursionAnalysis(HlModule module, StackUse stacks, ThrowAnalysis throws)
    {
        guarded = new bool[module.CallableCount];
        calculates = new bool[module.CallableCount];
        calls = new bool[module.CallableCount];
        var state = new byte[module.CallableCount];
        var path = new Stack<Frame>();
        var garbage = new GarbageLimit();
        foreach (HlFunctionDef root in module.Functions)
        {
            if (state[root.Index] != 0)
                continue;
            state[root.Index] = 1;
            path.Push(new Frame(root));
            while (path.TryPop(out Frame? frame))
            {
                HlInstruction[] instructions = frame.Function.Body.Instructions;
                int i = frame.Next;
                for (; i < instructions.Length; i++)
                {
                    HlOpcode opcode = instructions[i].Opcode;
                    if (opcode is HlOpcode.OCallMethod or HlOpcode.OCallThis or HlOpcode.OCallClosure)
                        guarded[frame.Function.Index] = calls[frame.Function.Index] = true;
                    if (FindCallee(module, frame.Function, instructions[i]) is not { } callee)
                        continue;
                    calls[frame.Function.Index] = true;
                    if (state[callee.Index] == 1)
                        guarded[callee.Index] = true;
                    if (state[callee.Index] != 0)
                        continue;
                    state[callee.Index] = 1;
                    frame.Next = i + 1;
                    path.Push(frame);
                    path.Push(new Frame(callee));
                    break;
                }
                if (i < instructions.Length)
                    continue;
                state[frame.Function.Index] = 2;
                stacks.Visit(frame.Function);
                throws.Visit(frame.Function);
                calculates[frame.Function.Index] = DoesCalculate(frame.Function);
                if (!module.IsLarge)
                    continue;
                frame.Function.Release();
                garbage.Check();
            }
        }
    }

    // A function that is being visited, and where its visit goes on.
    private sealed class Frame(HlFunctionDef function)
    {
        public readonly HlFunctionDef Function = function;
        public int Next;
    }

    /// <summary>The function that an instruction calls, if that is known. (Natives that call back check the stack themselves.)</summary>
    public static HlFunctionDef? FindCallee(HlModule module, HlFunctionDef caller, in HlInstruction instruction) => instruction.Opcode switch
    {
        >= HlOpcode.OCall0 and <= HlOpcode.OCallN => module.FindFunction(instruction.B),
        >= HlOpcode.OJSLt and <= HlOpcode.OJNotEq => FunctionCompiler.FindCompare(module, caller.Registers[instruction.A]),
        _ => null,
    };

    // So many instructions may be compiled into a function at the deepest level, and so many levels.
    private const int MostCopied = 64, MostCopies = 3;

    /// <summary>
    /// How many levels of its own recursion can be compiled into a function: none, if it does not call itself, is large,
    /// or does more than calculate. What calculates throws nothing and calls nobody who could look at the stack and find
    /// that levels are missing.
    /// </summary>
    public static int DepthOfCopies(HlFunctionDef function)
    {
        int size = function.Body.Instructions.Length, calls = 0, depth = 0;
        if (size > MostCopied)
            return 0;
        if (!HoldsNumbersOnly(function))
            return 0;
        foreach (HlInstruction instruction in function.Body.Instructions)
        {
            if (instruction.Opcode is >= HlOpcode.OCall0 and <= HlOpcode.OCallN && instruction.B == function.Index)
                calls++;
            else if (!Calculates(instruction.Opcode))
                return 0;
        }
        if (calls == 0)
            return 0;
        while (depth < MostCopies && (size *= calls) <= MostCopied)
            depth++;
        return depth;
    }

    /// <summary>
    /// Whether a function does no more than calculate with its arguments and the numbers that it has captured: it throws
    /// nothing and calls nobody, so that no stack lacks it where the JIT compiles it into its callers.
    /// </summary>
    public bool Calculates(int function) => calculates[function];

    /// <summary>What a function has captured if it is a closure's, its first parameter.</summary>
    public static HlEnumTypeDef? FindEnvironment(HlFunctionDef function) => function.HasContext
        && function.Type.Parameters is [HlEnumTypeDef { Constructors: [{ Parameters.IsEmpty: false }] } environment, ..] ? environment : null;

    private static bool DoesCalculate(HlFunctionDef function)
    {
        HlEnumTypeDef? environment = FindEnvironment(function);
        if (function.Body.Instructions.Length > MostCopied || !HoldsNumbersOnly(function, environment is null ? 0 : 1))
            return false;
        foreach (HlInstruction instruction in function.Body.Instructions)
            if (!Calculates(instruction.Opcode) && !(environment is not null && ReadsNumber(environment, instruction)))
                return false;
        return true;
    }

    /// <summary>Whether a method does no more than calculate with its arguments and the numbers in fields of its object.</summary>
    public static bool CalculatesWithFields(HlFunctionDef method)
    {
        if (method.Body.Instructions.Length > MostCopied || method.Type.Parameters is not [HlObjectTypeDef self, ..] || !HoldsNumbersOnly(method, 1))
            return false;
        foreach (HlInstruction instruction in method.Body.Instructions)
            if (!Calculates(instruction.Opcode) && !(FieldOfThis(instruction) is { } field && (uint)field < (uint)self.FieldCount && CodeEmitter.IsNumber(self.GetField(field).Type)))
                return false;
        return true;
    }

    private static int? FieldOfThis(in HlInstruction instruction) => instruction switch
    {
        { Opcode: HlOpcode.OGetThis } => instruction.B,
        { Opcode: HlOpcode.OSetThis } => instruction.A,
        { Opcode: HlOpcode.OField, B: 0 } => instruction.C,
        { Opcode: HlOpcode.OSetField, A: 0 } => instruction.B,
        _ => null,
    };

    private static bool ReadsNumber(HlEnumTypeDef environment, in HlInstruction instruction) =>
        instruction is { Opcode: HlOpcode.OEnumField, B: 0, C: 0 } && environment.Constructors[0].Parameters is var captured
        && (uint)instruction.D < (uint)captured.Length && CodeEmitter.IsNumber(captured[instruction.D]);

    private static bool HoldsNumbersOnly(HlFunctionDef function, int first = 0)
    {
        foreach (HlTypeDef register in function.Registers.AsSpan()[first..])
            if (!CodeEmitter.IsNumber(register) && register.Kind != HlTypeKind.Void)
                return false;
        return true;
    }

    private static bool Calculates(HlOpcode opcode) => opcode is HlOpcode.OMov or HlOpcode.OInt or HlOpcode.OFloat or HlOpcode.OBool
        or (>= HlOpcode.OAdd and <= HlOpcode.ODecr) or (>= HlOpcode.OJTrue and <= HlOpcode.OJAlways) or HlOpcode.OSwitch
        or HlOpcode.OToInt or HlOpcode.OToSFloat or HlOpcode.OToUFloat or HlOpcode.OLabel or HlOpcode.ONop or HlOpcode.ORet;

    /// <summary>Whether the function calls others, natives aside.</summary>
    public bool Calls(int function) => calls[function];

    /// <summary>Whether the function has to check the stack.</summary>
    public bool IsGuarded(int function) => guarded[function];
}
