namespace HlDynamic.Bytecode;

/// <summary>Which variables the registers of a function hold, followed instruction by instruction.</summary>
internal sealed class VariableNames
{
    private readonly HlFunctionDef function;
    private readonly string?[] current;
    private readonly List<string>?[] all;
    private readonly Queue<HlAssignDef> pending;

    public VariableNames(HlFunctionDef function)
    {
        this.function = function;
        current = new string?[function.Registers.Length];
        all = new List<string>?[function.Registers.Length];
        for (int i = 0; i < function.Type.Parameters.Length; i++)
            Name(i, function.GetParameterName(i));
        HlAssignDef[] assigns = [.. function.Assigns.Where(a => a.Position >= 0).OrderBy(a => a.Position)];
        foreach (HlAssignDef assign in assigns)
            Name(WrittenRegister(assign.Position), assign.Name);
        pending = new Queue<HlAssignDef>(assigns);
        Array.Clear(current);
        for (int i = 0; i < function.Type.Parameters.Length; i++)
            current[i] = function.GetParameterName(i);
    }

    /// <summary>All the names a register has in the function.</summary>
    public IEnumerable<string> All(int register) => all[register] ?? [];

    /// <summary>The variable a register holds where the walk is, or null.</summary>
    public string? Current(int register) => current[register];

    /// <summary>Goes past an instruction; the indexes must come in order.</summary>
    public void Advance(int instruction)
    {
        while (pending.TryPeek(out HlAssignDef assign) && assign.Position <= instruction)
        {
            pending.Dequeue();
            if (WrittenRegister(assign.Position) is var register and >= 0)
                current[register] = assign.Name;
        }
    }

    private void Name(int register, string? name)
    {
        if (register < 0 || name is null)
            return;
        List<string> names = all[register] ??= [];
        if (!names.Contains(name))
            names.Add(name);
    }

    private int WrittenRegister(int instruction)
    {
        ref readonly HlInstruction found = ref function.Body.Instructions[instruction];
        HlOpcodeInfo shape = HlOpcodes.Get(found.Opcode);
        return shape.Operands is [HlOperandKind.Written or HlOperandKind.Updated, ..] ? found.A : -1;
    }
}
