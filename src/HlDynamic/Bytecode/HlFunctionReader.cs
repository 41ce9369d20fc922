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
    /// <param name="keeps">Whether the body is kept, rather than read again when it is asked for.</param>
    public HlFunctionDef Read(HlFunctionSource? source, bool keeps)
    {
        (HlFunctionTypeDef type, int index) = ReadHead();
        int offset = reader.Offset;
        HlFunctionBody body = ReadBody(index, keeps);
        HlFunctionDebug? debug = hasDebug ? ReadDebug(body.InstructionCount) : null;
        return keeps || source is null ? new HlFunctionDef(index, type, body, debug, source, offset) : new HlFunctionDef(index, type, source, offset);
    }

    /// <summary>Reads the head of the function that starts here; the body follows it.</summary>
    public (HlFunctionTypeDef Type, int Index) ReadHead() =>
        (types.ReadSignature("the signature"), reader.ReadUnsigned("the function's number"));

    /// <summary>Reads what follows the head, up to the debug information.</summary>
    /// <param name="index">The function's number, for errors.</param>
    /// <param name="keeps">Whether more than the number of instructions is wanted.</param>
    public HlFunctionBody ReadBody(int index, bool keeps = true)
    {
        reader.Enter("function", index);
        int registerCount = reader.ReadCount("registers", 1);
        int instructionCount = reader.ReadCount("instructions", 1);
        reader.CheckCount(reader.Offset, registerCount, "registers", 1);
        HlTypeDef[] registers = keeps ? new HlTypeDef[registerCount] : [];
        for (int i = 0; i < registerCount; i++)
        {
            HlTypeDef register = types.ReadReference("a register");
            if (keeps)
                registers[i] = register;
        }

        LastCodeOffset = reader.Offset;
        reader.CheckCount(reader.Offset, instructionCount, "instructions", 1);
        HlInstruction[] instructions = keeps ? new HlInstruction[instructionCount] : [];
        extraCount = 0;
        for (int i = 0; i < instructionCount; i++)
        {
            reader.EnterInstruction(i);
            HlInstruction instruction = ReadInstruction();
            if (keeps)
                instructions[i] = instruction;
            else
                extraCount = 0;
        }

        reader.Enter("function", index);
        return new HlFunctionBody(ImmutableCollectionsMarshal.AsImmutableArray(registers), instructions, extra.AsSpan(0, extraCount).ToArray(),
            instructionCount, hasDebug ? reader.Offset : HlFunctionBody.NoDebug);
    }

    /// <summary>Reads the debug information that follows a body.</summary>
    public HlFunctionDebug ReadDebug(int instructionCount)
    {
        (ushort[] files, int[] lines) = ReadPositions(instructionCount);
        return new HlFunctionDebug(files, lines, ReadAssigns(instructionCount));
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
        ushort[]? files = null;
        ushort only = 0;
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

            if (i == 0)
                only = (ushort)file;
            if (files is null && only != file)
                files = Repeat(only, i, count);
            for (int end = i + repeat; i < end; i++)
            {
                lines[i] = line;
                if (files is not null)
                    files[i] = (ushort)file;
            }

            line = unchecked(line + step);
        }

        return (files ?? [only], lines);
    }

    private static ushort[] Repeat(ushort file, int times, int length)
    {
        var files = new ushort[length];
        for (int i = 0; i < times; i++)
            files[i] = file;
        return files;
    }

    private HlAssignDef[] ReadAssigns(int instructionCount)
    {
        int count = version < 3 ? 0 : reader.ReadCount("variables", version >= 6 ? 3 : 2);
        if (count == 0)
            return HlFunctionDebug.NoAssigns;
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
