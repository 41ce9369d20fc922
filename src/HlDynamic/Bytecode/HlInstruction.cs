namespace HlDynamic.Bytecode;

/// <summary>
/// One instruction. What the operands mean is told by <see cref="HlOpcodes.Get"/>: fixed operands are
/// <see cref="A"/>, <see cref="B"/>, <see cref="C"/>, <see cref="D"/> in the order of the file, and the variable ones
/// (call arguments, switch targets) are read with <see cref="HlFunctionDef.Arguments"/>.
/// </summary>
public readonly struct HlInstruction
{
    /// <summary>The largest number of variable operands, and the largest fourth operand.</summary>
    internal const int MaximumCount = 0x7fffff;

    // A module holds millions of these, so they are packed: the opcode is in the low byte, and above it the number of
    // variable operands or, for the one opcode that has it, the fourth operand. Where there are variable operands,
    // there is no third one, and its place tells where they start.
    private readonly int head;
    private readonly int last;

    private HlInstruction(HlOpcode opcode, int count, int a, int b, int last)
    {
        head = (int)opcode | (count << 8);
        A = a;
        B = b;
        this.last = last;
    }

    /// <summary>What the instruction does.</summary>
    public HlOpcode Opcode => (HlOpcode)(byte)head;

    /// <summary>The first operand; the register written, where one is.</summary>
    public int A { get; }

    /// <summary>The second operand.</summary>
    public int B { get; }

    /// <summary>The third operand.</summary>
    public int C => HasArguments ? 0 : last;

    /// <summary>The fourth operand (only <see cref="HlOpcode.OEnumField"/> has one, its field number).</summary>
    public int D => Opcode == HlOpcode.OEnumField ? head >> 8 : 0;

    /// <summary>How many variable operands there are.</summary>
    public int ArgumentCount => Opcode == HlOpcode.OEnumField ? 0 : head >> 8;

    internal int ArgumentStart => HasArguments ? last : 0;

    private bool HasArguments => ArgumentCount > 0;

    /// <summary>An instruction of up to four fixed operands.</summary>
    internal static HlInstruction Fixed(HlOpcode opcode, int a, int b, int c, int d = 0) => new(opcode, d, a, b, c);

    /// <summary>An instruction of two fixed operands and variable ones.</summary>
    internal static HlInstruction Variable(HlOpcode opcode, int a, int b, int start, int count) => new(opcode, count, a, b, start);
}
