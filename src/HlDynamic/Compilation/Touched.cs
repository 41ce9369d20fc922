using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>The registers that an instruction reads and writes; one that it updates is among both.</summary>
internal sealed class Touched
{
    public List<int> Read { get; } = [];

    public List<int> Written { get; } = [];

    public void Find(HlFunctionDef function, in HlInstruction instruction)
    {
        Read.Clear();
        Written.Clear();
        HlOperandKind[] operands = HlOpcodes.OperandsOf(instruction.Opcode);
        for (int i = 0; i < operands.Length; i++)
        {
            int register = i switch { 0 => instruction.A, 1 => instruction.B, 2 => instruction.C, _ => instruction.D };
            if (operands[i] is HlOperandKind.Read or HlOperandKind.Updated)
                Read.Add(register);
            if (operands[i] is HlOperandKind.Written or HlOperandKind.Updated)
                Written.Add(register);
        }
        if (instruction.Opcode != HlOpcode.OSwitch)
            foreach (int argument in function.Arguments(instruction))
                Read.Add(argument);
    }
}
