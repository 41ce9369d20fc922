namespace HlDynamic.Bytecode;

/// <summary>
/// One instruction. What the operands mean is told by <see cref="HlOpcodes.Get"/>: fixed operands are
/// <see cref="A"/>, <see cref="B"/>, <see cref="C"/>, <see cref="D"/> in the order of the file, and the variable ones
/// (call arguments, switch targets) are read with <see cref="HlFunctionDef.Arguments"/>.
/// </summary>
public readonly struct HlInstruction
{
    /// <summary>The most variable operands an instruction can have.</summary>
    internal const int MaximumArguments = 0x7fffff;

    // The opcode in the low byte, the number of variable operands above it: a module holds millions of these.
    private readonly int head;

    internal HlInstruction(HlOpcode opcode, int a, int b, int c, int argumentStart, int argumentCount)
    {
        head = (int)opcode | (argumentCount << 8);
        A = a;
        B = b;
        C = c;
        ArgumentStart = argumentStart;
    }

    /// <summary>What the instruction does.</summary>
    public HlOpcode Opcode => (HlOpcode)(byte)head;

    /// <summary>The first operand; the register written, where one is.</summary>
    public int A { get; }

    /// <summary>The second operand.</summary>
    public int B { get; }

    /// <summary>The third operand.</summary>
    public int C { get; }

    /// <summary>The fourth operand (only <see cref="HlOpcode.OEnumField"/> has one, its field number).</summary>
    public int D => ArgumentStart;

    /// <summary>How many variable operands there are.</summary>
    public int ArgumentCount => head >> 8;

    internal int ArgumentStart { get; }
}
