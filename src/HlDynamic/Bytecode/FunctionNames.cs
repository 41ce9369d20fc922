namespace HlDynamic.Bytecode;

/// <summary>
/// Tells functions their names: classes name their methods and statics, and a function without a name is known by the
/// named one that refers to it (HashLink module.c does both, and its stack traces show the result).
/// </summary>
internal sealed class FunctionNames
{
    private readonly Dictionary<int, GivenName> names = [];

    private sealed record GivenName(HlObjectTypeDef Owner, string Name, bool IsPrototype);

    /// <summary>Gathers the names that types give to functions.</summary>
    public static FunctionNames Collect(HlTypeDef[] types)
    {
        var result = new FunctionNames();
        foreach (HlTypeDef type in types)
        {
            if (type is not HlObjectTypeDef owner)
                continue;
            foreach (HlPrototypeDef prototype in owner.Prototypes)
                result.names.TryAdd(prototype.FunctionIndex, new GivenName(owner, prototype.Name, true));
            foreach (HlBindingDef binding in owner.Bindings)
            {
                if (binding.FieldIndex < owner.FieldCount)
                    result.names.TryAdd(binding.FunctionIndex, new GivenName(owner, owner.GetField(binding.FieldIndex).Name, false));
            }
        }

        return result;
    }

    /// <summary>How errors write the function with this number: <c>function 12 (Player.takeDamage)</c>.</summary>
    public string Describe(int index) =>
        names.TryGetValue(index, out GivenName? name) ? $"function {index} ({name.Owner.Name}.{name.Name})" : $"function {index}";

    /// <summary>Gives a function its name, if it has one.</summary>
    public void Apply(HlFunctionDef function)
    {
        if (!names.TryGetValue(function.Index, out GivenName? name))
            return;
        function.Owner = name.Owner;
        function.Name = name.Name;
        function.HasContext = name.IsPrototype || name.Name == "__constructor__" || !name.Owner.Name.Contains('$');
    }

    /// <summary>Relates functions without a name to the named ones that refer to them, in HashLink's order.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="callables">Functions and natives by their number.</param>
    /// <param name="releases">Whether bodies are forgotten again, where they can be read again.</param>
    public static void Relate(HlFunctionDef[] functions, object[] callables, bool releases)
    {
        var garbage = new GarbageLimit();
        var counts = new Dictionary<HlFunctionDef, int>();
        foreach (HlFunctionDef function in functions)
        {
            HlFunctionDef? named = function.Owner is not null ? function : function.Referrer;
            foreach (ref readonly HlInstruction instruction in function.Instructions)
            {
                bool isClosure = instruction.Opcode is HlOpcode.OInstanceClosure;
                if (!isClosure && instruction.Opcode is not (HlOpcode.OStaticClosure or (>= HlOpcode.OCall0 and <= HlOpcode.OCallN)))
                    continue;
                if ((uint)instruction.B >= (uint)callables.Length
                    || callables[instruction.B] is not HlFunctionDef { Owner: null } target)
                    continue;
                if (isClosure)
                    target.HasContext = true;
                if (named is null)
                    continue;
                target.Referrer = named;
                counts.TryGetValue(named, out int count);
                target.ReferenceNumber = count;
                counts[named] = count + 1;
            }
            if (!releases)
                continue;
            function.Release();
            garbage.Check();
        }
    }
}
