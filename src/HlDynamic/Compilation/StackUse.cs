using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>How a program uses call stacks, which decides what they cost it.</summary>
internal static class StackUse
{
    private const string Exceptions = "haxe.$Exception", Native = "haxe.$NativeStackTrace", CallStack = "haxe._CallStack.$CallStack_Impl_";

    /// <summary>
    /// Whether Haxe's library counts on a frame of the function: it leaves out those of its own functions between the
    /// program and the native that captures a stack by their number. Such must not be compiled into their callers.
    /// </summary>
    public static bool NeedsFrame(HlFunctionDef function) =>
        function.Owner?.Name is Exceptions or Native or CallStack || function.Type.Parameters is [HlObjectTypeDef self, ..] && IsException(self);

    private static bool IsException(HlObjectTypeDef type)
    {
        while (type.Super is { } super)
            type = super;
        return type.Name == "haxe.Exception";
    }

    /// <summary>
    /// Whether code that runs without an exception asks for the stack of one, so that the function that caught it may have
    /// returned. Then what had called that function has to be kept with each exception, which costs more than the exception
    /// itself; most programs ask in the handler only.
    /// </summary>
    public static bool AsksLate(HlModule module)
    {
        var answers = new bool[module.CallableCount];
        foreach (HlNativeDef native in module.Natives)
            answers[native.Index] = native is { Library: "std", Name: "exception_stack" or "exception_stack_raw" };
        if (!answers.Contains(true))
            return false;
        foreach (HlFunctionDef function in module.Functions)
            answers[function.Index] = function is { Owner.Name: Native or CallStack, Name: "exceptionStack" };
        foreach (HlFunctionDef function in module.Functions)
            if (function.Owner?.Name is not (Exceptions or Native) && !answers[function.Index] && AsksLate(function, answers))
                return true;
        return false;
    }

    private static bool AsksLate(HlFunctionDef function, bool[] answers)
    {
        foreach (ref readonly HlInstruction instruction in function.Instructions)
            if (Asks(instruction, answers))
                return IsReached(function, answers);
        return false;
    }

    private static bool Asks(in HlInstruction instruction, bool[] answers) =>
        instruction.Opcode is (>= HlOpcode.OCall0 and <= HlOpcode.OCallN) or HlOpcode.OStaticClosure && answers[instruction.B];

    // Follows the control flow, but not into handlers.
    private static bool IsReached(HlFunctionDef function, bool[] answers)
    {
        ReadOnlySpan<HlInstruction> code = function.Instructions;
        var met = new bool[code.Length];
        var pending = new Stack<int>();
        pending.Push(0);
        while (pending.TryPop(out int i))
        {
            if (met[i])
                continue;
            met[i] = true;
            ref readonly HlInstruction instruction = ref code[i];
            if (Asks(instruction, answers))
                return true;
            if (instruction.Opcode == HlOpcode.OSwitch)
                foreach (int distance in function.Arguments(instruction))
                    pending.Push(i + 1 + distance);
            if (instruction.Opcode != HlOpcode.OTrap && HlFlow.TryGetJump(instruction, out int jump))
                pending.Push(i + 1 + jump);
            if (!HlFlow.IsEnd(instruction.Opcode))
                pending.Push(i + 1);
        }
        return false;
    }
}
