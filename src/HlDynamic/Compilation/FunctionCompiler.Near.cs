using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// Accesses to what a field of an array holds, right behind the instruction that reads the field: the runtime's class has it
/// one step nearer to the elements.
/// </summary>
internal sealed partial class FunctionCompiler
{
    private const int MaxBetween = 40;

    private int[]? firstJumps, lastJumps;

    private readonly record struct NearField(int Owner, HlObjectTypeDef Type, int Index, FieldInfo Place);

    // The field that a register was read from, if neither the field nor its object can have changed since.
    private NearField? FindNear(int i, int register)
    {
        if (FindDefinition(i, register) is not { } at || code[at] is not { Opcode: HlOpcode.OField or HlOpcode.OGetThis } read)
            return null;
        (int owner, int index) = read.Opcode == HlOpcode.OField ? (read.B, read.C) : (0, read.B);
        return owner != register && !IsWritten(owner, at + 1, i) && TypeOf(owner) is HlObjectTypeDef type && (uint)index < (uint)type.FieldCount
            && type.GetField(index).Type.Kind == TypeOf(register).Kind && Types.Class(type).FindNear(index) is { } place
            ? new NearField(owner, type, index, place) : null;
    }

    // The index of the element at a position: int count, n; shl position, index, count.
    private int? FindIndex(int i, int position, Type element) =>
        FindDefinition(i, position) is { } at && code[at] is { Opcode: HlOpcode.OShl } shift && shift.B != position
        && TypeOf(position).Kind == HlTypeKind.I32 && TypeOf(shift.B).Kind == HlTypeKind.I32 && !IsWritten(shift.B, at + 1, i)
        && FindDefinition(at, shift.C) is { } countAt && code[countAt] is { Opcode: HlOpcode.OInt } count && TypeOf(count.A).Kind == HlTypeKind.I32
        && Module.Module.Int(count.B) == Shift(element)
            ? shift.B : null;

    private static int Shift(Type element) => Type.GetTypeCode(element) switch
    {
        TypeCode.Byte => 0,
        TypeCode.UInt16 => 1,
        TypeCode.Int64 or TypeCode.Double => 3,
        _ => 2,
    };

    // The instruction that wrote a register, on every way to this one. What stands between changes no field and calls nobody.
    private int? FindDefinition(int i, int register)
    {
        if (traps is not null)
            return null;
        for (int k = i - 1, first = i; k >= 0 && k >= i - MaxBetween; k--)
        {
            if (labels[k + 1] is not null)
                first = Math.Min(first, FirstJump(k + 1, i));
            if (Writes(code[k]) == register)
                return k < first && IsLentOnly(register) ? k : null;
            if (!IsHarmless(code[k]))
                return null;
        }
        return null;
    }

    // The first instruction that jumps to one, or -1 if one from the given on does.
    private int FirstJump(int to, int last)
    {
        FindJumps();
        return lastJumps![to] <= last ? firstJumps![to] - 1 : -1;
    }

    // One more than the first and the last instruction that jump to each; 0 is none.
    private void FindJumps()
    {
        if (firstJumps is not null)
            return;
        firstJumps = new int[labels.Length];
        lastJumps = new int[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            ref readonly HlInstruction instruction = ref code[i];
            if (instruction.Opcode == HlOpcode.OSwitch)
                foreach (int distance in function.Arguments(instruction))
                    Add(i, i + 1 + distance);
            else if (HlFlow.TryGetJump(instruction, out int distance))
                Add(i, i + 1 + distance);
        }

        void Add(int from, int target)
        {
            firstJumps[target] = firstJumps[target] == 0 ? from + 1 : Math.Min(firstJumps[target], from + 1);
            lastJumps[target] = Math.Max(lastJumps[target], from + 1);
        }
    }

    private bool IsWritten(int register, int first, int end)
    {
        for (int k = first; k < end; k++)
            if (Writes(code[k]) == register)
                return true;
        return !IsLentOnly(register);
    }

    // The register that an instruction writes, if it is one of those that are harmless.
    private static int Writes(in HlInstruction instruction) => instruction.Opcode is >= HlOpcode.OMov and <= HlOpcode.ODecr
        or HlOpcode.OField or HlOpcode.OGetThis or >= HlOpcode.OGetI8 and <= HlOpcode.OGetArray or HlOpcode.OToInt or HlOpcode.OToSFloat ? instruction.A : -1;

    private bool IsHarmless(in HlInstruction instruction) => instruction.Opcode switch
    {
        >= HlOpcode.OMov and <= HlOpcode.ODecr or >= HlOpcode.OGetI8 and <= HlOpcode.OSetArray or HlOpcode.OToInt or HlOpcode.OToSFloat => true,
        HlOpcode.OField => TypeOf(instruction.B) is HlObjectTypeDef,
        HlOpcode.OGetThis => TypeOf(0) is HlObjectTypeDef,
        >= HlOpcode.OJSLt and <= HlOpcode.OJNotEq => IsNumber(TypeOf(instruction.A)) && IsNumber(TypeOf(instruction.B)),
        HlOpcode.OJTrue or HlOpcode.OJFalse or HlOpcode.OJNull or HlOpcode.OJNotNull or HlOpcode.OJAlways or HlOpcode.OLabel or HlOpcode.ONullCheck => true,
        _ => false,
    };

    private void LoadNear(in NearField near, Type type)
    {
        Load(near.Owner);
        IL.Emit(OpCodes.Ldfld, near.Place);
        if (near.Place.FieldType != type)
            IL.Emit(OpCodes.Call, RuntimeMembers.Made(RuntimeMembers.As, type));
    }

    private Local? nearBlock;

    // Leaves what is in memory on the stack. What is near is accessed by small methods, so that small functions remain small
    // enough to be compiled into others.
    private void EmitGetBytes(int i, int bytes, int position, Type element)
    {
        MethodInfo get = RuntimeMembers.Made(RuntimeMembers.BytesGet, element);
        if (FindNear(i, bytes) is not { } near)
        {
            Load(bytes);
            Load(position);
            IL.Emit(OpCodes.Call, get);
            return;
        }
        int? index = FindIndex(i, position, element);
        Local value = IL.DeclareLocal(element);
        Label far = new();
        nearBlock ??= IL.DeclareLocal(typeof(byte[]));
        LoadNear(near, typeof(byte[]));
        IL.StoreLocal(nearBlock);
        CallNear(nameof(HlNearBytes.Has), nameof(HlNearBytes.HasElement));
        IL.Emit(OpCodes.Brfalse, far);
        CallNear(nameof(HlNearBytes.Read), nameof(HlNearBytes.ReadElement));
        IL.StoreLocal(value);
        EmitLater(i, far, [], () =>
        {
            LoadFar(near, position, index, element);
            IL.Emit(OpCodes.Call, get);
            IL.StoreLocal(value);
        });
        IL.LoadLocal(value);

        void CallNear(string ofPosition, string ofElement)
        {
            IL.LoadLocal(nearBlock!);
            Load(index ?? position);
            IL.Emit(OpCodes.Call, RuntimeMembers.Made(RuntimeMembers.Named(typeof(HlNearBytes), index is null ? ofPosition : ofElement), element));
        }
    }

    private void EmitSetBytes(int i, int bytes, int position, int value, Type element)
    {
        MethodInfo set = RuntimeMembers.Made(RuntimeMembers.BytesSet, element);
        if (FindNear(i, bytes) is not { } near)
        {
            Load(bytes);
            Load(position);
            LoadNarrowed(value, element);
            IL.Emit(OpCodes.Call, set);
            return;
        }
        Label far = new();
        int? index = FindIndex(i, position, element);
        LoadNear(near, typeof(byte[]));
        Load(index ?? position);
        LoadNarrowed(value, element);
        MethodInfo write = RuntimeMembers.Named(typeof(HlNearBytes), index is null ? nameof(HlNearBytes.TryWrite) : nameof(HlNearBytes.TryWriteElement));
        IL.Emit(OpCodes.Call, RuntimeMembers.Made(write, element));
        IL.Emit(OpCodes.Brfalse, far);
        EmitLater(i, far, [], () =>
        {
            LoadFar(near, position, index, element);
            LoadNarrowed(value, element);
            IL.Emit(OpCodes.Call, set);
        });
    }

    private void LoadNarrowed(int value, Type element)
    {
        Load(value);
        if (element == typeof(byte))
            IL.Emit(OpCodes.Conv_U1);
        else if (element == typeof(ushort))
            IL.Emit(OpCodes.Conv_U2);
    }

    // Made anew, since a position that only this needs would be made for the usual case, too.
    private void LoadFar(in NearField near, int position, int? index, Type element)
    {
        Load(near.Owner);
        Types.Class(near.Type).EmitGet(IL, near.Index);
        Load(index ?? position);
        if (index is null)
            return;
        LoadInt(Shift(element));
        IL.Emit(OpCodes.Shl);
    }
}
