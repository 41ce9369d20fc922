using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// Elements of arrays of objects at an index that does not change while a loop runs, such as the row in <c>row[i][k]</c>: they are
/// looked up, checked and cast in the first round. The local in which such an element is kept is null where the loop starts, and after
/// something rare in it that might have changed the array.
/// </summary>
internal sealed partial class FunctionCompiler
{
    // Four registers each at most, of the 64 that are followed.
    private const int MaxSteady = 16, MaxPassing = 60;

    private List<SteadyElement>? steady;

    /// <summary>Instructions that leave an element in a register, and the loop in which it remains the same.</summary>
    private sealed record SteadyElement(int First, int End, int Register, int Uncast, int LoopFirst, int LoopLast)
    {
        public Local? Kept { get; set; }

        public bool IsForgottenAtStart { get; set; }
    }

    private List<SteadyElement> Steady => steady ??= FindSteady();

    private void ForgetSteadyAt(int loop)
    {
        if (traps is not null || labels[loop] is null)
            return;
        foreach (SteadyElement element in Steady)
        {
            if (element.LoopFirst != loop)
                continue;
            Forget(element);
            element.IsForgottenAtStart = true;
        }
    }

    // Behind an instruction that may change arrays, but is rarely reached.
    private void ForgetSteadyAround(int i)
    {
        foreach (SteadyElement element in Steady)
            if (element.LoopFirst <= i && i <= element.LoopLast)
                Forget(element);
    }

    private void Forget(SteadyElement element)
    {
        element.Kept ??= IL.DeclareLocal(Types.Of(TypeOf(element.Register)));
        IL.Emit(OpCodes.Ldnull);
        IL.StoreLocal(element.Kept);
    }

    private bool EmitSteady(int i)
    {
        if (FindSteadyAt(i) is not { IsForgottenAtStart: true, Kept: { } kept } element)
            return false;
        Label unknown = new();
        IL.LoadLocal(kept);
        IL.Emit(OpCodes.Brfalse, unknown);
        IL.LoadLocal(kept);
        Store(element.Register);
        EmitLater(i, unknown, [], () =>
        {
            emittedUpTo = 0;
            EmitOne(i, code[i]);
            for (int k = i + 1; k < element.End; k++)
                EmitInstruction(k);
            // What a cast has converted is made anew each time.
            Label converted = new();
            Load(element.Register);
            Load(element.Uncast);
            IL.Emit(OpCodes.Bne_Un, converted);
            Load(element.Register);
            IL.StoreLocal(kept);
            IL.MarkLabel(converted);
        });
        (emittedAt, emittedUpTo) = (i, element.End);
        return true;
    }

    private SteadyElement? FindSteadyAt(int i)
    {
        foreach (SteadyElement element in Steady)
            if (element.First == i)
                return element;
        return null;
    }

    private List<SteadyElement> FindSteady()
    {
        List<SteadyElement> found = [];
        if (traps is not null || Module.Options.Coverage)
            return found;
        List<int> passing = [];
        for (int i = 0; i < code.Length && found.Count < MaxSteady; i++)
            if (code[i].Opcode == HlOpcode.OJULt && FindElement(i, passing) is { } element)
                found.Add(element);
        if (found.Count == 0)
            return found;
        var alive = new Liveness(function, [.. passing]);
        found.RemoveAll(element => (alive.After(element.End - 1) & alive.Touched(element.First, element.End - 1)) != 0);
        return found;
    }

    // field array, holder.field (or an array that is not read from a field); nullcheck array; field length, array.length; jult index, length; null element; jalways _;
    // field objects, array.array; getarray value, objects, index; cast element, value; nullcheck element
    private SteadyElement? FindElement(int test, List<int> passing)
    {
        int end = test + 7;
        if (test == 0 || end > code.Length || passing.Count > MaxPassing)
            return null;
        ref readonly HlInstruction length = ref code[test - 1], jump = ref code[test], items = ref code[test + 3], value = ref code[test + 4], cast = ref code[test + 5];
        int array = length.B, index = jump.A, element = cast.A;
        if (length.Opcode != HlOpcode.OField || length.A != jump.B || jump.C != 2
            || code[test + 1] is not { Opcode: HlOpcode.ONull } none || none.A != element
            || code[test + 2] is not { Opcode: HlOpcode.OJAlways, A: 3 }
            || items.Opcode != HlOpcode.OField || items.B != array || TypeOf(items.A).Kind != HlTypeKind.Array
            || value.Opcode != HlOpcode.OGetArray || value.B != items.A || value.C != index
            || cast.Opcode is not (HlOpcode.OSafeCast or HlOpcode.OUnsafeCast) || cast.B != value.A
            || code[test + 6] is not { Opcode: HlOpcode.ONullCheck } check || check.A != element
            || TypeOf(element) is not HlObjectTypeDef || TypeOf(array) is not HlObjectTypeDef type || Types.Class(type).Root != typeof(HlArrayObject))
            return null;
        int first = test - 1, holder = array;
        if (labels[first] is null && first > 0 && code[first - 1] is { Opcode: HlOpcode.ONullCheck } given && given.A == array)
            first--;
        if (labels[first] is null && first > 0 && code[first - 1] is { Opcode: HlOpcode.OField or HlOpcode.OGetThis } read && read.A == array)
            (first, holder) = (first - 1, read.Opcode == HlOpcode.OField ? read.B : 0);
        bool isField = holder != array;
        if (HasJumpInto(first, end) || FindSteadyLoop(first, holder, index, isField) is not var (loopFirst, loopLast)
            || !IsLentOnly(holder) || !IsLentOnly(index) || element == array || element == index || element == holder || array == index)
            return null;
        foreach (int register in (ReadOnlySpan<int>)[length.A, items.A, value.A, isField ? array : value.A])
        {
            if (register == element || register < parameterCount || !IsLentOnly(register) || !IsLentOnly(element))
                return null;
            if (!passing.Contains(register))
                passing.Add(register);
        }
        return new SteadyElement(first, end, element, value.A, loopFirst, loopLast);
    }

    // Whether the instructions can be reached otherwise than through the first.
    private bool HasJumpInto(int first, int end)
    {
        for (int k = first + 1; k < end; k++)
            if (guardAt == k || labels[k] is not null && !IsReachedFrom(k, first, end - 1))
                return true;
        return false;
    }

    // The largest loop around an instruction in which two registers are not written, nor what is in an array, nor a field that may hold one.
    private (int First, int Last)? FindSteadyLoop(int i, int holder, int index, bool isField)
    {
        FindLoop(i);
        (int First, int Last)? found = null;
        foreach ((int first, int last) in loops!)
            if (first <= i && i <= last && (found is not { } smaller || first <= smaller.First && last >= smaller.Last) && IsSteady(first, last, holder, index, isField))
                found = (first, last);
        return found;
    }

    private bool IsSteady(int first, int last, int holder, int index, bool isField)
    {
        var touched = new Touched();
        for (int k = first; k <= last; k++)
        {
            ref readonly HlInstruction instruction = ref code[k];
            if (labels[k] is not null && !IsReachedFrom(k, first, last) || !LeavesArrays(k, instruction))
                return false;
            if (isField && (instruction.Opcode == HlOpcode.OSetField && !IsNumber(TypeOf(instruction.C)) || instruction.Opcode == HlOpcode.OSetThis && !IsNumber(TypeOf(instruction.B))))
                return false;
            touched.Find(function, instruction);
            if (touched.Written.Contains(holder) || touched.Written.Contains(index))
                return false;
        }
        return true;
    }

    private bool IsReachedFrom(int target, int first, int last)
    {
        FindJumps();
        return firstJumps![target] > first && lastJumps![target] <= last + 1;
    }

    // Whether an instruction neither changes an array of objects nor calls anything, or forgets what is kept where it does.
    private bool LeavesArrays(int i, in HlInstruction instruction) => instruction.Opcode switch
    {
        >= HlOpcode.OSetI8 and <= HlOpcode.OSetMem or HlOpcode.OGetArray or HlOpcode.ORet or HlOpcode.OThrow => true,
        HlOpcode.OSetField => LeavesArrays(instruction.A),
        HlOpcode.OSetThis => LeavesArrays(0),
        HlOpcode.OSafeCast or HlOpcode.OUnsafeCast => IsObject(TypeOf(instruction.B)) && TypeOf(instruction.A) is HlObjectTypeDef to && Module.Casts.HasTests(to)
            && (Module.Casts.NeverConverts(to, instruction.Opcode == HlOpcode.OUnsafeCast) || FindFailingCheck(i + 1, instruction.A) is not null),
        >= HlOpcode.OCall0 and <= HlOpcode.OCallN => IsRare(i) || IsMath(instruction),
        HlOpcode.OSetArray => false,
        _ => IsHarmless(instruction),
    };

    private bool IsMath(in HlInstruction call) => Module.Module.FindNative(call.B) is { Library: "std" } native && native.Name.StartsWith("math_", StringComparison.Ordinal)
        && FindStd(call, native.Name) is not null;

    private bool LeavesArrays(int target) => TypeOf(target) is HlObjectTypeDef { Kind: HlTypeKind.Obj } type && Types.Class(type).Root == typeof(HlObject);
}
