namespace HlDynamic.Bytecode;

/// <summary>
/// Tells functions their names: classes name their methods and statics. (What the others are known by,
/// <see cref="FunctionRelations"/> finds.)
/// </summary>
internal sealed class FunctionNames(int callableCount)
{
    // An array: a dictionary of numbers loads the comparers of .NET, which takes a tenth of reading a small module.
    private readonly GivenName?[] names = new GivenName?[callableCount];

    private sealed record GivenName(HlObjectTypeDef Owner, string Name, bool IsPrototype);

    /// <summary>Gathers the names that types give to functions.</summary>
    /// <param name="types">The types.</param>
    /// <param name="callableCount">How many functions and natives there are; what types say of others is an error that is found later.</param>
    public static FunctionNames Collect(HlTypeDef[] types, int callableCount)
    {
        var result = new FunctionNames(callableCount);
        foreach (HlTypeDef type in types)
        {
            if (type is not HlObjectTypeDef owner)
                continue;
            foreach (HlPrototypeDef prototype in owner.Prototypes)
                result.Add(prototype.FunctionIndex, new GivenName(owner, prototype.Name, true));
            foreach (HlBindingDef binding in owner.Bindings)
            {
                if (binding.FieldIndex < owner.FieldCount)
                    result.Add(binding.FunctionIndex, new GivenName(owner, owner.GetField(binding.FieldIndex).Name, false));
            }
        }

        return result;
    }

    // The first name counts.
    private void Add(int index, GivenName name)
    {
        if ((uint)index < (uint)names.Length)
            names[index] ??= name;
    }

    private GivenName? Find(int index) => (uint)index < (uint)names.Length ? names[index] : null;

    /// <summary>How errors write the function with this number: <c>function 12 (Player.takeDamage)</c>.</summary>
    public string Describe(int index) =>
        Find(index) is { } name ? $"function {index} ({name.Owner.Name}.{name.Name})" : $"function {index}";

    /// <summary>Gives a function its name, if it has one.</summary>
    public void Apply(HlFunctionDef function)
    {
        if (Find(function.Index) is not { } name)
            return;
        function.Owner = name.Owner;
        function.Name = name.Name;
        function.HasContext = name.IsPrototype || name.Name == "__constructor__" || !name.Owner.Name.Contains('$');
    }
}
