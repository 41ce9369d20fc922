namespace HlDynamic.Bytecode;

/// <summary>
/// Checks what reading alone does not, so that whoever uses a module may trust it: each index is in range, each signature
/// fits, each instruction has operands of kinds it works on, and traps nest. Real compilers' output passes; what passes
/// is safe to compile, though a register may still be assigned to one of another type, which takes a checked cast.
/// </summary>
/// <param name="module">The module.</param>
/// <param name="source">What names places in errors.</param>
/// <param name="relations">Shown each function that is right: large modules are read for each time they are looked at.</param>
internal sealed class HlValidator(HlModule module, HlModuleReader source, FunctionRelations relations)
{
    /// <summary>Checks the module.</summary>
    public void Validate()
    {
        new HlTypeValidator(module, source).Validate();
        for (int i = 0; i < module.Globals.Length; i++)
        {
            if (!CanBeStored(module.Globals[i]))
                throw source.InvalidItem("global", i, $"a global cannot be {module.Globals[i]}");
        }

        for (int i = 0; i < module.Constants.Length; i++)
            CheckConstant(i);
        if (module.GetSignature(module.EntryPoint).Parameters.Length > 0)
            throw source.InvalidItem("function", module.EntryPoint, "the entry point has parameters");
        var functions = new HlFunctionValidator(module, source);
        var garbage = new GarbageLimit();
        module.AssignedGlobals = new bool[module.Globals.Length];
        for (int i = 0; i < module.Functions.Length; i++)
        {
            functions.Validate(i);
            relations.Visit(module.Functions[i]);
            if (!module.IsLarge)
                continue;
            module.Functions[i].Release();
            garbage.Check();
        }
    }

    /// <summary>Whether a field or a variable can be of this type.</summary>
    public static bool CanBeStored(HlTypeDef type) => ((HlKinds)(1u << (int)type.Kind) & HlKinds.Value) != 0;

    private void CheckConstant(int index)
    {
        HlConstantDef constant = module.Constants[index];
        if (module.Globals[constant.GlobalIndex] is not HlObjectTypeDef type)
            throw source.InvalidItem("constant", index, $"global {constant.GlobalIndex} is {module.Globals[constant.GlobalIndex]}, not an object");
        if (type.FirstFieldIndex > 0 || constant.Fields.Length > type.Fields.Length)
            throw source.InvalidItem("constant", index, $"{type} does not have the {constant.Fields.Length} fields as its own first ones");
        for (int i = 0; i < constant.Fields.Length; i++)
        {
            HlFieldDef field = type.Fields[i];
            int count = field.Type.Kind switch
            {
                HlTypeKind.I32 => module.IntCount,
                HlTypeKind.F64 => module.FloatCount,
                HlTypeKind.Bytes => module.Strings.Length,
                HlTypeKind.Type => module.Types.Length,
                HlTypeKind.Bool => 2,
                _ => throw source.InvalidItem("constant", index, $"field {field.Name} is {field.Type}, which has no constants"),
            };
            if (constant.Fields[i] >= count)
                throw source.InvalidItem("constant", index, $"field {field.Name} is number {constant.Fields[i]} of {count}");
        }
    }
}
