namespace HlDynamic.Bytecode;

/// <summary>
/// Relates functions without a name to the named ones that refer to them, by which stack traces know them (as HashLink's
/// module.c does).
/// </summary>
/// <param name="callables">Functions and natives by their number.</param>
internal sealed class FunctionRelations(object[] callables)
{
    private readonly int[] counts = new int[callables.Length];

    /// <summary>Relates what a function refers to. To be asked for each function, in the order of the file.</summary>
    public void Visit(HlFunctionDef function)
    {
        HlFunctionDef? named = function.Owner is not null ? function : function.Referrer;
        foreach (HlInstruction instruction in function.Body.Instructions)
        {
            bool isClosure = instruction.Opcode is HlOpcode.OInstanceClosure;
            if (!isClosure && instruction.Opcode is not (HlOpcode.OStaticClosure or (>= HlOpcode.OCall0 and <= HlOpcode.OCallN)))
                continue;
            if (callables[instruction.B] is not HlFunctionDef { Owner: null } target)
                continue;
            if (isClosure)
                target.HasContext = true;
            if (named is null)
                continue;
            target.Referrer = named;
            target.ReferenceNumber = counts[named.Index]++;
        }
    }
}
