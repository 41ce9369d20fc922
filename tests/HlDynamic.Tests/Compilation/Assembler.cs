using HlDynamic.Bytecode;
using HlDynamic.Tests.Bytecode;

namespace HlDynamic.Tests.Compilation;

/// <summary>Writes code whose jumps name the place they go to.</summary>
internal sealed class Assembler
{
    private readonly List<(HlOpcode Opcode, int[] Operands, string? Target)> code = [];
    private readonly Dictionary<string, int> places = [];

    /// <summary>Adds an instruction.</summary>
    public Assembler Op(HlOpcode opcode, params int[] operands)
    {
        code.Add((opcode, operands, null));
        return this;
    }

    /// <summary>Adds a jump or a trap; the distance is its last operand.</summary>
    public Assembler Jump(HlOpcode opcode, string target, params int[] operands)
    {
        code.Add((opcode, operands, target));
        return this;
    }

    /// <summary>Names the place of the next instruction.</summary>
    public Assembler Mark(string place)
    {
        places.Add(place, code.Count);
        return this;
    }

    /// <summary>The code.</summary>
    public byte[][] Build() =>
    [
        .. code.Select((c, i) => ModuleBuilder.Op(c.Opcode, c.Target is null ? c.Operands : [.. c.Operands, places[c.Target] - i - 1])),
    ];
}
