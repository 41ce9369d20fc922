using HlDynamic.Bytecode;

namespace HlDynamic.MutationHost;

/// <summary>Writes instructions as compilers do, so that those of a file are found in it, and changed ones can take their places.</summary>
internal static class InstructionWriter
{
    private const int Counted = -1;

    /// <summary>The operands in the order of the file, those that are counted with their count.</summary>
    public static int[] GetOperands(HlFunctionDef function, in HlInstruction instruction)
    {
        int[] arguments = function.Arguments(instruction).ToArray();
        if (instruction.Opcode == HlOpcode.OSwitch)
            return [instruction.A, arguments.Length, .. arguments, instruction.B];
        HlOpcodeInfo shape = HlOpcodes.Get(instruction.Opcode);
        int[] operands = [.. new[] { instruction.A, instruction.B, instruction.C, instruction.D }.Take(shape.Operands.Length)];
        return shape.Arguments == Counted ? [.. operands, arguments.Length, .. arguments] : [.. operands, .. arguments];
    }

    /// <summary>An instruction as it is in a file.</summary>
    public static byte[] Write(HlOpcode opcode, ReadOnlySpan<int> operands)
    {
        List<byte> bytes = [(byte)opcode];
        foreach (int operand in operands)
            bytes.AddRange(Index(operand));
        return [.. bytes];
    }

    /// <summary>A number in the variable-length encoding of the format.</summary>
    public static byte[] Index(int value)
    {
        int sign = value < 0 ? 0x20 : 0;
        int size = Math.Abs(value);
        return (value, size) switch
        {
            ( >= 0 and < 0x80, _) => [(byte)value],
            (_, < 0x2000) => [(byte)(0x80 | sign | (size >> 8)), (byte)size],
            _ => [(byte)(0xc0 | sign | ((size >> 24) & 0x1f)), (byte)(size >> 16), (byte)(size >> 8), (byte)size],
        };
    }
}
