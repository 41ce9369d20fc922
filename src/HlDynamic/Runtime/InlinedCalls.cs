using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// Frames of functions that the JIT compiled into their callers, which the runtime's stacks lack. A function on a stack
/// whose line does not call the next one must have called another that did; if the bytecode allows one way only, that
/// was it. Otherwise the frames stay missing.
/// </summary>
internal static class InlinedCalls
{
    // The JIT looks for functions to inline no deeper than 20, and prefers small ones.
    private const int MaxDepth = 5, MaxSize = 200, MaxVisits = 200;

    public static HlFrame[] Find(HlFrame outer, HlFunctionDef callee)
    {
        HlModule module = outer.Module.Module;
        HlFunctionDef caller = outer.Function;
        // A line is read from the symbols; most of the time the call is there without looking at it.
        if (!caller.HasDebug || Calls(caller, callee))
            return [];
        (string file, int line) = outer.Position;
        var search = new Search(outer.Module, callee);
        var starts = new HashSet<HlFunctionDef>();
        for (int i = 0; i < caller.Body.Instructions.Length; i++)
        {
            (int f, int l) = caller.GetPosition(i);
            if (l != line || f < 0 || module.DebugFiles[f] != file)
                continue;
            ref readonly HlInstruction instruction = ref caller.Body.Instructions[i];
            if (instruction.Opcode is HlOpcode.OCallMethod or HlOpcode.OCallThis or HlOpcode.OCallClosure)
                return [];
            if (Target(module, instruction) is { } start && starts.Add(start))
                search.Visit(start);
        }
        return search.Found ?? [];
    }

    private static bool Calls(HlFunctionDef caller, HlFunctionDef callee)
    {
        foreach (HlInstruction instruction in caller.Body.Instructions)
            if (instruction.Opcode is >= HlOpcode.OCall0 and <= HlOpcode.OCallN && instruction.B == callee.Index)
                return true;
        return false;
    }

    private static HlFunctionDef? Target(HlModule module, in HlInstruction instruction) =>
        instruction.Opcode is >= HlOpcode.OCall0 and <= HlOpcode.OCallN ? module.FindFunction(instruction.B) : null;

    private sealed class Search(HlModuleInstance instance, HlFunctionDef callee)
    {
        // The functions on the way, the outermost first, and the instruction at which each calls the next.
        private readonly List<(HlFunctionDef Function, int Instruction)> way = [];
        private int visits;
        private bool isAmbiguous;
        private HlFrame[]? found;

        /// <summary>The only way, if there is one.</summary>
        public HlFrame[]? Found => isAmbiguous ? null : found;

        public void Visit(HlFunctionDef function)
        {
            isAmbiguous |= ++visits > MaxVisits;
            if (isAmbiguous || way.Count == MaxDepth || function.Body.Instructions.Length > MaxSize || way.Exists(w => w.Function == function))
                return;
            // The JIT inlines nothing that catches exceptions.
            foreach (HlInstruction instruction in function.Body.Instructions)
                if (instruction.Opcode == HlOpcode.OTrap)
                    return;
            for (int i = 0; i < function.Body.Instructions.Length; i++)
            {
                if (Target(instance.Module, function.Body.Instructions[i]) is not { } target)
                    continue;
                way.Add((function, i));
                if (target == callee)
                    Keep();
                else
                    Visit(target);
                way.RemoveAt(way.Count - 1);
            }
        }

        private void Keep()
        {
            isAmbiguous |= found is not null;
            found = [.. way.Select(w => new HlFrame(instance, w.Function, null, w.Instruction)).Reverse()];
        }
    }
}
