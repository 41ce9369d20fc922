using System.Reflection;
using System.Reflection.Emit;

namespace HlDynamic.Compilation.Emit;

/// <summary>A place in code that branches lead to.</summary>
internal sealed class Label
{
    public int Position = -1;
}

/// <summary>A local variable.</summary>
internal sealed class Local(int index, ClrType type)
{
    public int Index { get; } = index;

    public ClrType Type { get; } = type;
}

/// <summary>A try region with its handler, as offsets in the code.</summary>
internal sealed class TryRegion
{
    public int TryStart, TryEnd, HandlerStart, HandlerEnd;

    public ClrType? Catches;
}

/// <summary>Writes the CIL of one method.</summary>
internal sealed class CodeWriter(AssemblyWriter assembly)
{
    // Every instruction of the bytecode starts with an empty stack and needs little of it, apart from arguments.
    // (The JIT inlines no method that declares more than 16.)
    private const int BaseStack = 8;

    private readonly ByteWriter code = new(128);
    private readonly List<Local> locals = [];
    private readonly List<Label> branchTargets = [];
    private int[] branches = [];
    private int[] fixups = [];
    private int fixupCount, maxArguments;
    private Stack<TryRegion>? open;

    /// <summary>The try regions, inner ones first.</summary>
    public List<TryRegion> Regions { get; } = [];

    public int Offset => code.Length;

    public ReadOnlySpan<byte> Bytes => code.Bytes;

    public List<Local> Locals => locals;

    public int MaxStack => BaseStack + maxArguments;

    public Local DeclareLocal(ClrType type)
    {
        var local = new Local(locals.Count, type);
        locals.Add(local);
        return local;
    }

    public static Label DefineLabel() => new();

    public void MarkLabel(Label label) => label.Position = code.Length;

    public void Emit(OpCode opcode)
    {
        int value = opcode.Value & 0xFFFF;
        if (value > 0xFF)
            code.Byte(value >> 8);
        code.Byte(value);
    }

    public void Emit(OpCode opcode, sbyte operand)
    {
        Emit(opcode);
        code.Byte(operand);
    }

    public void Emit(OpCode opcode, byte operand)
    {
        Emit(opcode);
        code.Byte(operand);
    }

    public void Emit(OpCode opcode, short operand)
    {
        Emit(opcode);
        code.UInt16(operand);
    }

    public void Emit(OpCode opcode, int operand)
    {
        Emit(opcode);
        code.Int32(operand);
    }

    public void Emit(OpCode opcode, long operand)
    {
        Emit(opcode);
        code.Int64(operand);
    }

    public void Emit(OpCode opcode, float operand) => Emit(opcode, BitConverter.SingleToInt32Bits(operand));

    public void Emit(OpCode opcode, double operand) => Emit(opcode, BitConverter.DoubleToInt64Bits(operand));

    public void Emit(OpCode opcode, string text) => Emit(opcode, assembly.Literal(text));

    public void Emit(OpCode opcode, ClrType type) => Emit(opcode, type.Token(assembly));

    public void Emit(OpCode opcode, ClrField field)
    {
        Emit(opcode);
        Token(field.Token(assembly), field is FieldDefinition);
    }

    public void Emit(OpCode opcode, ClrMethod method)
    {
        maxArguments = Math.Max(maxArguments, method.ArgumentCount);
        Emit(opcode);
        Token(method.Token(assembly), method is MethodDefinition);
    }

    public void Emit(OpCode opcode, FieldInfo field) => Emit(opcode, assembly.Token(field));

    public void Emit(OpCode opcode, MethodBase method)
    {
        MethodUse use = assembly.Use(method);
        maxArguments = Math.Max(maxArguments, use.ArgumentCount);
        Emit(opcode, use.Token);
    }

    public void Emit(OpCode opcode, Label target)
    {
        Emit(opcode);
        Branch(target, code.Length + 4);
    }

    public void Emit(OpCode opcode, ReadOnlySpan<Label> targets)
    {
        Emit(opcode);
        code.Int32(targets.Length);
        int end = code.Length + targets.Length * 4;
        foreach (Label target in targets)
            Branch(target, end);
    }

    public void LoadLocal(Local local)
    {
        switch (local.Index)
        {
            case < 4:
                code.Byte(0x06 + local.Index);
                break;
            case <= byte.MaxValue:
                Emit(OpCodes.Ldloc_S, (byte)local.Index);
                break;
            default:
                Emit(OpCodes.Ldloc, (short)local.Index);
                break;
        }
    }

    public void StoreLocal(Local local)
    {
        switch (local.Index)
        {
            case < 4:
                code.Byte(0x0A + local.Index);
                break;
            case <= byte.MaxValue:
                Emit(OpCodes.Stloc_S, (byte)local.Index);
                break;
            default:
                Emit(OpCodes.Stloc, (short)local.Index);
                break;
        }
    }

    public void LoadLocalAddress(Local local)
    {
        if (local.Index <= byte.MaxValue)
            Emit(OpCodes.Ldloca_S, (byte)local.Index);
        else
            Emit(OpCodes.Ldloca, (short)local.Index);
    }

    /// <summary>From here on, exceptions lead to the handler that follows.</summary>
    public void BeginTry() => (open ??= new Stack<TryRegion>()).Push(new TryRegion { TryStart = code.Length });

    /// <summary>Ends what is tried and begins its handler; both must be left by jumps.</summary>
    public void BeginCatch(ClrType type)
    {
        TryRegion region = open!.Peek();
        region.TryEnd = region.HandlerStart = code.Length;
        region.Catches = type;
    }

    public void EndTry()
    {
        TryRegion region = open!.Pop();
        region.HandlerEnd = code.Length;
        Regions.Add(region);
    }

    /// <summary>Where the code holds tokens of definitions, which are not final yet.</summary>
    public ReadOnlySpan<int> Fixups => fixups.AsSpan(0, fixupCount);

    /// <summary>Forgets all, for another method.</summary>
    public void Clear()
    {
        code.Clear();
        locals.Clear();
        branchTargets.Clear();
        Regions.Clear();
        fixupCount = maxArguments = 0;
    }

    /// <summary>Fills in branches, once all labels have their places.</summary>
    public void Complete()
    {
        for (int i = 0; i < branchTargets.Count; i++)
        {
            int position = branches[i * 2], end = branches[i * 2 + 1];
            int target = branchTargets[i].Position;
            if (target < 0)
                throw new InvalidOperationException("A branch leads to a label that was never placed.");
            code.PatchInt32(position, target - end);
        }
    }

    private void Branch(Label target, int end)
    {
        int count = branchTargets.Count;
        if (count * 2 == branches.Length)
            Array.Resize(ref branches, Math.Max(16, count * 4));
        branches[count * 2] = code.Length;
        branches[count * 2 + 1] = end;
        branchTargets.Add(target);
        code.Int32(0);
    }

    private void Token(int token, bool isProvisional)
    {
        if (isProvisional)
        {
            if (fixupCount == fixups.Length)
                Array.Resize(ref fixups, Math.Max(16, fixupCount * 2));
            fixups[fixupCount++] = code.Length;
        }
        code.Int32(token);
    }
}
