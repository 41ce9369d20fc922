namespace HlDynamic.Bytecode;

/// <summary>
/// Finds which traps are active at each instruction. Traps are opened and closed by instructions, so only following the
/// control flow tells; each instruction has to be reached with one and the same stack of them.
/// </summary>
internal static class HlTrapAnalysis
{
    /// <summary>What an instruction has that no trap is active at.</summary>
    public const int None = -1;

    /// <summary>What an instruction has that is never reached.</summary>
    public const int Unreachable = -2;

    /// <summary>
    /// For each instruction of a validated function the innermost active trap, as the index of its <see cref="HlOpcode.OTrap"/>;
    /// <see cref="None"/> or <see cref="Unreachable"/>. The trap around a trap is what its own <see cref="HlOpcode.OTrap"/> has.
    /// </summary>
    public static int[] ComputeTrapStacks(HlFunctionDef function)
    {
        int[] stacks = Compute(function, out var problem);
        return problem is null ? stacks : throw new InvalidOperationException($"{function}: {problem}");
    }

    /// <summary>The same for a function whose jumps are known to stay inside; says what is wrong with its traps, if anything is.</summary>
    public static int[] Compute(HlFunctionDef function, out (int Instruction, string Reason)? problem)
    {
        var flow = new Flow(function);
        problem = flow.Run() ?? flow.CheckRanges();
        return flow.Stacks;
    }

    private sealed class Flow(HlFunctionDef function)
    {
        private readonly int count = function.Body.Instructions.Length;
        // Each instruction is met first, and so waits to be followed, once.
        private readonly int[] pending = new int[function.Body.Instructions.Length];
        private int pendingCount;

        public int[] Stacks { get; } = NewStacks(function.Body.Instructions.Length);

        private static int[] NewStacks(int count)
        {
            var stacks = new int[count];
            for (int i = 0; i < count; i++)
                stacks[i] = Unreachable;
            return stacks;
        }

        /// <summary>Follows the control flow from the first instruction.</summary>
        public (int, string)? Run()
        {
            if (count == 0)
                return (0, "the function has no instructions");
            Stacks[0] = None;
            pending[pendingCount++] = 0;
            while (pendingCount > 0)
            {
                if (Step(pending[--pendingCount]) is { } problem)
                    return problem;
            }

            return null;
        }

        private (int, string)? Step(int index)
        {
            ref readonly HlInstruction instruction = ref function.Body.Instructions[index];
            int stack = Stacks[index];
            int next = stack;
            switch (instruction.Opcode)
            {
                case HlOpcode.OTrap:
                    if (instruction.B < 0)
                        return (index, "its handler is before it");
                    next = index;
                    break;
                case HlOpcode.OEndTrap when stack == None:
                    return (index, "there is no trap to end");
                case HlOpcode.OEndTrap:
                    next = Stacks[stack];
                    break;
                case HlOpcode.ORet when stack != None:
                    return (index, $"it returns inside the trap of instruction {stack}");
                case HlOpcode.OSwitch:
                    foreach (int distance in function.Arguments(instruction))
                    {
                        if (Reach(index, index + 1 + distance, stack) is { } problem)
                            return problem;
                    }

                    break;
            }

            if (HlFlow.TryGetJump(instruction, out int jump) && Reach(index, index + 1 + jump, stack) is { } jumpProblem)
                return jumpProblem;
            if (HlFlow.IsEnd(instruction.Opcode))
                return null;
            return index + 1 < count ? Reach(index, index + 1, next) : (index, "control runs past the last instruction");
        }

        private (int, string)? Reach(int from, int to, int stack)
        {
            if (Stacks[to] == stack)
                return null;
            if (Stacks[to] != Unreachable)
                return (from, $"instruction {to} is reached inside different traps");
            Stacks[to] = stack;
            pending[pendingCount++] = to;
            return null;
        }

        /// <summary>Checks that each trap is the code between its instruction and its handler, and is entered only at its start.</summary>
        public (int, string)? CheckRanges()
        {
            int[]? innermost = Nest(out (int, string)? problem);
            if (problem is not null || innermost is null)
                return problem;
            for (int index = 0; index < count; index++)
            {
                if (Stacks[index] == Unreachable)
                    continue;
                ref readonly HlInstruction instruction = ref function.Body.Instructions[index];
                if (Stacks[index] != None && !Contains(Stacks[index], index))
                    return (index, $"the trap of instruction {Stacks[index]} is active outside its range");
                if (HlFlow.TryGetJump(instruction, out int jump) && Enters(innermost, index, index + 1 + jump))
                    return (index, $"it jumps into the trap of instruction {innermost[index + 1 + jump]}");
                if (instruction.Opcode != HlOpcode.OSwitch)
                    continue;
                foreach (int distance in function.Arguments(instruction))
                {
                    if (Enters(innermost, index, index + 1 + distance))
                        return (index, $"it jumps into the trap of instruction {innermost[index + 1 + distance]}");
                }
            }

            return null;
        }

        // The innermost trap whose range holds an instruction, for each; null where there are no traps.
        private int[]? Nest(out (int, string)? problem)
        {
            problem = null;
            int[]? innermost = null;
            var open = new List<int>();
            for (int index = 0; index < count; index++)
            {
                while (open.Count > 0 && !Contains(open[^1], index))
                    open.RemoveAt(open.Count - 1);
                int outer = open.Count > 0 ? open[^1] : None;
                if (innermost is not null)
                    innermost[index] = outer;
                if (function.Body.Instructions[index].Opcode != HlOpcode.OTrap || Stacks[index] == Unreachable)
                    continue;
                if (outer != None && End(index) > End(outer))
                    problem = (index, $"its range reaches past that of the trap of instruction {outer}");
                if (innermost is null)
                {
                    innermost = new int[count];
                    for (int i = 0; i < count; i++)
                        innermost[i] = None;
                }

                open.Add(index);
            }

            return innermost;
        }

        private bool Enters(int[] innermost, int from, int to) => innermost[to] != None && !Contains(innermost[to], from);

        private bool Contains(int trap, int index) => index > trap && index < End(trap);

        private int End(int trap) => trap + 1 + function.Body.Instructions[trap].B;
    }
}
