using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HlDynamic.Bytecode;

/// <summary>Reads functions: registers, instructions and the debug information that follows them.</summary>
internal sealed class HlFunctionReader(ByteReader reader, HlTypeReader types, int debugFileCount, bool hasDebug, int version)
{
    private const int Counted = -1;

    private int[] extra = new int[256];
    private int extraCount;

    /// <summary>Where the first instruction of the last function starts, for errors that are found later.</summary>
    public int LastCodeOffset { get; private set; }

    /// <summary>Reads the function that starts here.</summary>
    /// <param name="source">Where its body can be read again; null if that cannot be.</param>
    public HlFunctionDef Read(HlFunctionSource? source)
    {
        (HlFunctionTypeDef type, int index) = ReadHead();
        int offset = reader.Offset;
        return new HlFunctionDef(index, type, ReadBody(index), source, offset);
    }

    /// <summary>Reads the head of the function that starts here; the body follows it.</summary>
    public (HlFunctionTypeDef Type, int Index) ReadHead() =>
        (types.ReadSignature("the signature"), reader.ReadUnsigned("the function's number"));

    /// <summary>Reads what follows the head.</summary>
    public HlFunctionBody ReadBody(int index)
    {
        reader.Enter("function", index);
        int registerCount = reader.ReadCount("registers", 1);
        int instructionCount = reader.ReadCount("instructions", 1);
        reader.CheckCount(reader.Offset, registerCount, "registers", 1);
        var registers = new HlTypeDef[registerCount];
        for (int i = 0; i < registers.Length; i++)
            registers[i] = types.ReadReference("a register");

        LastCodeOffset = reader.Offset;
        reader.CheckCount(reader.Offset, instructionCount, "instructions", 1);
        var instructions = new HlInstruction[instructionCount];
        extraCount = 0;
        for (int i = 0; i < instructions.Length; i++)
        {
            reader.EnterInstruction(i);
            instructions[i] = ReadInstruction();
        }

        reader.Enter("function", index);
        int[] arguments = extra.AsSpan(0, extraCount).ToArray();
        ImmutableArray<HlTypeDef> registerTypes = ImmutableCollectionsMarshal.AsImmutableArray(registers);
        if (!hasDebug)
            return new HlFunctionBody(registerTypes, instructions, arguments, null, null, []);
        (ushort[] files, int[] lines) = ReadPositions(instructionCount);
        if (AreAllSame(files))
            files = [files.Length > 0 ? files[0] : default];
        return new HlFunctionBody(registerTypes, instructions, arguments, files, lines, ReadAssigns(instructionCount));
    }

    // Made when the first instruction is read: a module from the compile cache may never need it.
    private static class Shapes
    {
        public static readonly int[] OperandCounts = ForEachOpcode(opcode => HlOpcodes.OperandsOf(opcode).Length);
        public static readonly int[] ArgumentCounts = ForEachOpcode(HlOpcodes.ArgumentsOf);

        private static int[] ForEachOpcode(Func<HlOpcode, int> find)
        {
            var found = new int[HlOpcodes.Count];
            for (int i = 0; i < found.Length; i++)
                found[i] = find((HlOpcode)i);
            return found;
        }
    }

    private static bool AreAllSame(ushort[] files)
    {
        foreach (ushort file in files)
        {
            if (file != files[0])
                return false;
        }

        return true;
    }

    /// <summary>Skips instructions, to find the offset of a later one.</summary>
    public void SkipInstructions(int count)
    {
        for (int i = 0; i < count; i++)
        {
            extraCount = 0;
            ReadInstruction();
        }
    }

    private HlInstruction ReadInstruction()
    {
        int at = reader.Offset;
        int code = reader.ReadByte();
        if (code >= HlOpcodes.Count)
            throw reader.Invalid(at, $"there is no opcode {code}");
        var opcode = (HlOpcode)code;
        if (opcode == HlOpcode.OSwitch)
            return ReadSwitch();
        int operands = Shapes.OperandCounts[code];
        int a = operands > 0 ? reader.ReadIndex() : 0;
        int b = operands > 1 ? reader.ReadIndex() : 0;
        int c = operands > 2 ? reader.ReadIndex() : 0;
        if (operands > 3)
            return HlInstruction.Fixed(opcode, a, b, c, ReadFourth());
        int arguments = Shapes.ArgumentCounts[code];
        if (arguments == 0)
            return HlInstruction.Fixed(opcode, a, b, c);
        if (arguments == Counted)
            arguments = reader.ReadByte();
        int first = extraCount;
        for (int i = 0; i < arguments; i++)
            AddExtra(reader.ReadIndex());
        return HlInstruction.Variable(opcode, a, b, first, arguments);
    }

    private int ReadFourth()
    {
        int at = reader.Offset;
        int value = reader.ReadUnsigned("the last operand");
        return value <= HlInstruction.MaximumCount ? value : throw reader.Invalid(at, $"the last operand is {value}");
    }

    private HlInstruction ReadSwitch()
    {
        int register = reader.ReadUnsigned("the register");
        int at = reader.Offset;
        int count = reader.ReadCount("targets", 1);
        if (count > HlInstruction.MaximumCount)
            throw reader.Invalid(at, $"a switch of {count} targets is not supported");
        int first = extraCount;
        for (int i = 0; i < count; i++)
            AddExtra(reader.ReadUnsigned("a target"));
        return HlInstruction.Variable(HlOpcode.OSwitch, register, reader.ReadUnsigned("the end"), first, count);
    }

    private void AddExtra(int value)
    {
        if (extraCount == extra.Length)
            Array.Resize(ref extra, extra.Length * 2);
        extra[extraCount++] = value;
    }

    // Each entry sets the file, repeats the position, or moves the line; its lowest bits tell which.
    private (ushort[] Files, int[] Lines) ReadPositions(int count)
    {
        var files = new ushort[count];
        var lines = new int[count];
        int file = HlFunctionDef.NoFile;
        int line = 0;
        for (int i = 0; i < count;)
        {
            int at = reader.Offset;
            int code = reader.ReadByte();
            if ((code & 1) != 0)
            {
                file = ((code >> 1) << 8) | reader.ReadByte();
                if (file >= debugFileCount)
                    throw reader.Invalid(at, $"a position is in file {file} of {debugFileCount}");
                continue;
            }

            int repeat = 1;
            int step = 0;
            if ((code & 2) != 0)
            {
                repeat = (code >> 2) & 15;
                step = code >> 6;
                if (repeat > count - i)
                    throw reader.Invalid(at, $"positions are given for more than {count} instructions");
            }
            else
            {
                line = (code & 4) != 0
                    ? unchecked(line + (code >> 3))
                    : (code >> 3) | (reader.ReadByte() << 5) | (reader.ReadByte() << 13);
            }

            for (int end = i + repeat; i < end; i++)
            {
                files[i] = (ushort)file;
                lines[i] = line;
            }

            line = unchecked(line + step);
        }

        return (files, lines);
    }

    private HlAssignDef[] ReadAssigns(int instructionCount)
    {
        if (version < 3)
            return [];
        int count = reader.ReadCount("variables", version >= 6 ? 3 : 2);
        if (count == 0)
            return [];
        var assigns = new HlAssignDef[count];
        for (int i = 0; i < count; i++)
        {
            string name = types.ReadString("a variable's name");
            int at = reader.Offset;
            int position = reader.ReadIndex() - 1;
            if (position >= instructionCount)
                throw reader.Invalid(at, $"variable {name} is assigned by instruction {position} of {instructionCount}");
            assigns[i] = new HlAssignDef(name, position, version >= 6 ? reader.ReadIndex() - 1 : -1);
        }

        return assigns;
    }
}
