using System.Reflection;

namespace HlDynamic.Compilation.Emit;

/// <summary>A CLR type that compiled code mentions: one of the runtime's, or one that is being defined.</summary>
internal abstract class ClrType
{
    public abstract bool IsValueType { get; }

    public virtual bool IsByRef => false;

    /// <summary>The full name, without assemblies, which identifies the type within the module.</summary>
    public abstract string Name { get; }

    /// <summary>Writes the type as signatures do (ECMA-335 II.23.2.12).</summary>
    public abstract void Encode(AssemblyWriter assembly, ByteWriter signature);

    /// <summary>The token instructions use.</summary>
    public abstract int Token(AssemblyWriter assembly);

    public ClrType MakeByRef() => new ByRefType(this);

    public static implicit operator ClrType(Type type) => new ImportedType(type);

    public bool Is(Type type) => this is ImportedType imported && imported.Type == type;
}

/// <summary>A type of the runtime, of the library itself, or made of such types.</summary>
internal sealed class ImportedType(Type type) : ClrType
{
    public Type Type { get; } = type;

    public override bool IsValueType => Type.IsValueType;

    public override bool IsByRef => Type.IsByRef;

    public override string Name => Runtime.HlDelegates.Describe(Type);

    public override void Encode(AssemblyWriter assembly, ByteWriter signature) => assembly.Encode(Type, signature);

    public override int Token(AssemblyWriter assembly) => assembly.Token(Type);
}

/// <summary>A generic type of the runtime over types that are being defined.</summary>
internal sealed class GenericType(Type open, ClrType[] arguments) : ClrType
{
    private int token;

    public Type Open { get; } = open;

    public ClrType[] Arguments { get; } = arguments;

    public override bool IsValueType => Open.IsValueType;

    public override string Name => $"{Open.Namespace}.{Open.Name}<{string.Join(",", Arguments.Select(a => a.Name))}>";

    public override void Encode(AssemblyWriter assembly, ByteWriter signature)
    {
        signature.Byte(0x15);
        signature.Byte(Open.IsValueType ? 0x11 : 0x12);
        signature.Compressed(MetadataImage.CodeType(assembly.Token(Open)));
        signature.Compressed(Arguments.Length);
        foreach (ClrType argument in Arguments)
            argument.Encode(assembly, signature);
    }

    public override int Token(AssemblyWriter assembly) => token != 0 ? token : token = assembly.TypeSpec(this);
}

/// <summary>A managed reference to a value of a type.</summary>
internal sealed class ByRefType(ClrType element) : ClrType
{
    public override bool IsValueType => false;

    public override bool IsByRef => true;

    public override string Name => element.Name + "&";

    public override void Encode(AssemblyWriter assembly, ByteWriter signature)
    {
        signature.Byte(0x10);
        element.Encode(assembly, signature);
    }

    public override int Token(AssemblyWriter assembly) => assembly.TypeSpec(this);
}

/// <summary>A class that is being defined.</summary>
internal sealed class TypeDefinition(AssemblyWriter assembly, int row, string name, TypeAttributes attributes, ClrType parent) : ClrType
{
    private MethodDefinition? initializer;

    public override bool IsValueType => false;

    public override string Name { get; } = name;

    public TypeAttributes Attributes { get; } = attributes;

    public ClrType Parent { get; } = parent;

    public List<FieldDefinition> Fields { get; } = [];

    public List<MethodDefinition> Methods { get; } = [];

    /// <summary>The interfaces the type implements, by methods that are inherited or the interface's own.</summary>
    public List<ClrType> Interfaces { get; } = [];

    /// <summary>Which of the type's methods stand in for which inherited ones.</summary>
    public List<MethodOverride> Overrides { get; } = [];

    /// <summary>The row in the table of types.</summary>
    public int Row { get; } = row;

    public override void Encode(AssemblyWriter assembly, ByteWriter signature)
    {
        signature.Byte(0x12);
        signature.Compressed(MetadataImage.CodeType(Token(assembly)));
    }

    public override int Token(AssemblyWriter assembly) => 0x02000000 | Row;

    public FieldDefinition DefineField(string fieldName, ClrType type, FieldAttributes fieldAttributes)
    {
        FieldDefinition field = assembly.NewField(this, fieldName, type, fieldAttributes);
        Fields.Add(field);
        return field;
    }

    public MethodDefinition DefineMethod(string methodName, MethodAttributes methodAttributes, ClrType result, ClrType[] parameters, MethodImplAttributes implementation = 0)
    {
        MethodDefinition method = assembly.NewMethod(this, methodName, methodAttributes, implementation, result, parameters);
        Methods.Add(method);
        return method;
    }

    public MethodDefinition DefineConstructor(params ClrType[] parameters) => DefineMethod(".ctor",
        MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, typeof(void), parameters);

    /// <summary>The code of the type's initializer.</summary>
    public CodeWriter Initializer => (initializer ??= DefineMethod(".cctor",
        MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, typeof(void), [])).Code;

    public bool HasInitializer => initializer is not null;
}

/// <summary>A method that stands in for an inherited one.</summary>
internal sealed record MethodOverride(MethodDefinition Body, MethodDefinition Declaration);
