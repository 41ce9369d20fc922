using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>How a program uses call stacks, which decides what they cost it.</summary>
internal sealed class StackUse
{
    private const string Exceptions = "haxe.$Exception", Native = "haxe.$NativeStackTrace", CallStack = "haxe._CallStack.$CallStack_Impl_";

    // What answers the stack of the last exception: natives, and the functions of Haxe's library over them.
    private readonly bool[] answers;
    private readonly CodeWalk walk = new();
    private readonly bool canAsk;

    public StackUse(HlModule module)
    {
        answers = new bool[module.CallableCount];
        foreach (HlNativeDef native in module.Natives)
            canAsk |= answers[native.Index] = native is { Library: "std", Name: "exception_stack" or "exception_stack_raw" };
        if (!canAsk)
            return;
        foreach (HlFunctionDef function in module.Functions)
            answers[function.Index] = function is { Owner.Name: Native or CallStack, Name: "exceptionStack" };
    }

    /// <summary>
    /// Whether code that runs without an exception asks for the stack of one, so that the function that caught it may have
    /// returned. Then what had called that function has to be kept with each exception, which costs more than the exception
    /// itself; most programs ask in the handler only.
    /// </summary>
    public bool AsksLate { get; private set; }

    /// <summary>Looks at a function; at all of them, for the above to hold.</summary>
    public void Visit(HlFunctionDef function)
    {
        if (!canAsk || AsksLate || answers[function.Index] || function.Owner?.Name is Exceptions or Native)
            return;
        foreach (HlInstruction instruction in function.Body.Instructions)
        {
            if (!Asks(instruction))
                continue;
            AsksLate = IsReached(function);
            return;
        }
    }

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

    private bool Asks(in HlInstruction instruction) =>
        instruction.Opcode is (>= HlOpcode.OCall0 and <= HlOpcode.OCallN) or HlOpcode.OStaticClosure && answers[instruction.B];

    // Follows the control flow, but not into handlers.
    private bool IsReached(HlFunctionDef function)
    {
        HlInstruction[] code = function.Body.Instructions;
        walk.Start(0, code.Length);
        while (walk.TryNext(out int i))
        {
            if (!walk.Enter(i))
                continue;
            ref readonly HlInstruction instruction = ref code[i];
            if (Asks(instruction))
                return true;
            if (instruction.Opcode == HlOpcode.OSwitch)
                foreach (int distance in function.Arguments(instruction))
                    walk.Add(i + 1 + distance);
            if (instruction.Opcode != HlOpcode.OTrap && HlFlow.TryGetJump(instruction, out int jump))
                walk.Add(i + 1 + jump);
            if (!HlFlow.IsEnd(instruction.Opcode))
                walk.Add(i + 1);
        }
        return false;
    }
}
