using System.Reflection;

namespace HlDynamic.Compilation.Emit;

/// <summary>A field that compiled code mentions.</summary>
internal abstract class ClrField
{
    public abstract int Token(AssemblyWriter assembly);

    public static implicit operator ClrField(FieldInfo field) => new ImportedField(field);
}

/// <summary>A field of a type of the runtime.</summary>
internal sealed class ImportedField(FieldInfo field) : ClrField
{
    public override int Token(AssemblyWriter assembly) => assembly.Token(field);
}

/// <summary>A field that is being defined. Its token is provisional until the assembly is written.</summary>
internal sealed class FieldDefinition(int index, string name, ClrType type, FieldAttributes attributes) : ClrField
{
    public int Index { get; } = index;

    public string Name { get; } = name;

    public ClrType Type { get; } = type;

    public FieldAttributes Attributes { get; } = attributes;

    /// <summary>The row in the finished table.</summary>
    public int Row { get; set; }

    public override int Token(AssemblyWriter assembly) => 0x04000000 | Index;
}

/// <summary>A method that compiled code mentions.</summary>
internal abstract class ClrMethod
{
    /// <summary>How many values a call takes from the stack.</summary>
    public abstract int ArgumentCount { get; }

    public abstract int Token(AssemblyWriter assembly);

    public static implicit operator ClrMethod(MethodBase method) => new ImportedMethod(method);
}

/// <summary>A method or constructor of a type of the runtime.</summary>
internal sealed class ImportedMethod(MethodBase method) : ClrMethod
{
    public override int ArgumentCount => method.GetParameters().Length + 1;

    public override int Token(AssemblyWriter assembly) => assembly.Token(method);
}

/// <summary>A method or constructor of a generic type over types that are being defined.</summary>
internal sealed class GenericTypeMethod(GenericType type, MethodBase open) : ClrMethod
{
    private int token;

    public override int ArgumentCount => open.GetParameters().Length + 1;

    public override int Token(AssemblyWriter assembly) => token != 0 ? token : token = assembly.MemberRef(type.Token(assembly), open);
}

/// <summary>A generic method of the runtime over types that are being defined.</summary>
internal sealed class GenericMethod(MethodInfo open, ClrType argument) : ClrMethod
{
    public override int ArgumentCount => open.GetParameters().Length + 1;

    public override int Token(AssemblyWriter assembly) => assembly.MethodSpec(open, argument);
}

/// <summary>A method that is being defined. Its token is provisional until the assembly is written.</summary>
internal sealed class MethodDefinition(
    AssemblyWriter assembly, int index, TypeDefinition owner, string name, MethodAttributes attributes, MethodImplAttributes implementation, ClrType result, ClrType[] parameters)
    : ClrMethod
{
    private CodeWriter? code;
    private int codeOffset = -1;

    public int Index { get; } = index;

    public TypeDefinition Owner { get; } = owner;

    public string Name { get; } = name;

    public MethodAttributes Attributes { get; } = attributes;

    public MethodImplAttributes Implementation { get; set; } = implementation;

    public ClrType Result { get; } = result;

    public ClrType[] Parameters { get; } = parameters;

    /// <summary>The parameters' names, where there are any.</summary>
    public string?[]? ParameterNames { get; set; }

    /// <summary>The row in the finished table.</summary>
    public int Row { get; set; }

    public bool IsStatic => (Attributes & MethodAttributes.Static) != 0;

    public CodeWriter Code => code ??= codeOffset < 0 ? assembly.Rent() : throw new InvalidOperationException($"The code of {Name} is finished.");

    public bool HasCode => code is not null || codeOffset >= 0;

    /// <summary>Hands the finished code over to the assembly, and answers where it is among the code of all methods.</summary>
    public int Seal()
    {
        if (code is null)
            return codeOffset;
        codeOffset = assembly.Append(code);
        assembly.Return(code);
        code = null;
        return codeOffset;
    }

    public override int ArgumentCount => Parameters.Length + 1;

    public override int Token(AssemblyWriter assembly) => 0x06000000 | Index;
}
