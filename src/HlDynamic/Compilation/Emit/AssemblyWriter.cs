using System.Reflection;

namespace HlDynamic.Compilation.Emit;

/// <summary>
/// Builds an assembly image (ECMA-335). It knows just what compiled modules need and is made to start fast: the base
/// class library's builders run several hundred generic methods that have to be compiled in every process anew
/// (60 of the 140 ms that a hello world took), and this is the folder's way in.
/// </summary>
internal sealed class AssemblyWriter
{
    private readonly string name;
    private readonly MetadataImage metadata;
    private readonly MetadataTable typeRefs, typeDefs, fieldTable, methodTable, parameters, interfaces, memberRefs, attributes, signatures, overrides, typeSpecs, assemblyRefs, methodSpecs;
    private readonly Dictionary<Type, int> typeTokens = [];
    private readonly Dictionary<FieldInfo, int> fieldTokens = [];
    private readonly Dictionary<MethodBase, MethodUse> methodUses = [];
    private readonly Dictionary<Assembly, int> assemblyTokens = [];
    private readonly Dictionary<string, int> members = new(StringComparer.Ordinal);
    private readonly List<TypeDefinition> types = [];
    private readonly List<FieldDefinition> fields;
    private readonly List<MethodDefinition> methods;
    private readonly ByteWriter code, scratch = new(256);
    private int[] fixups;
    private int fixupCount;
    private SymbolWriter? symbols;

    /// <param name="name">The assembly's name.</param>
    /// <param name="codeSize">About how much code there will be, in bytes.</param>
    public AssemblyWriter(string name, int codeSize)
    {
        code = new ByteWriter(codeSize);
        // What grows step by step leaves as much behind as it comes to, and large blocks are collected dearly.
        metadata = new MetadataImage(codeSize);
        fields = new List<FieldDefinition>(codeSize / 100);
        methods = new List<MethodDefinition>(codeSize / 100);
        fixups = new int[Math.Max(codeSize / 16, 256)];
        this.name = name;
        MetadataTable module = metadata.Table(TableKind.Module, Column.UInt16, Column.Name, Column.Guid, Column.Guid, Column.Guid);
        typeRefs = metadata.Table(TableKind.TypeRef, Column.ResolutionScope, Column.Name, Column.Name);
        typeDefs = metadata.Table(TableKind.TypeDef, Column.UInt32, Column.Name, Column.Name, Column.TypeDefOrRef, Column.Field, Column.Method);
        fieldTable = metadata.Table(TableKind.Field, Column.UInt16, Column.Name, Column.Blob);
        methodTable = metadata.Table(TableKind.MethodDef, Column.UInt32, Column.UInt16, Column.UInt16, Column.Name, Column.Blob, Column.Param);
        parameters = metadata.Table(TableKind.Param, Column.UInt16, Column.UInt16, Column.Name);
        interfaces = metadata.Table(TableKind.InterfaceImpl, Column.TypeDef, Column.TypeDefOrRef);
        memberRefs = metadata.Table(TableKind.MemberRef, Column.MemberRefParent, Column.Name, Column.Blob);
        attributes = metadata.Table(TableKind.CustomAttribute, Column.HasCustomAttribute, Column.CustomAttributeType, Column.Blob);
        signatures = metadata.Table(TableKind.StandAloneSig, Column.Blob);
        overrides = metadata.Table(TableKind.MethodImpl, Column.TypeDef, Column.MethodDefOrRef, Column.MethodDefOrRef);
        typeSpecs = metadata.Table(TableKind.TypeSpec, Column.Blob);
        MetadataTable assembly = metadata.Table(TableKind.Assembly, Column.UInt32, Column.UInt16, Column.UInt16, Column.UInt16, Column.UInt16, Column.UInt32, Column.Blob, Column.Name, Column.Name);
        assemblyRefs = metadata.Table(TableKind.AssemblyRef, Column.UInt16, Column.UInt16, Column.UInt16, Column.UInt16, Column.UInt32, Column.Blob, Column.Name, Column.Name, Column.Blob);
        methodSpecs = metadata.Table(TableKind.MethodSpec, Column.MethodDefOrRef, Column.Blob);

        module.Add(0, metadata.Heaps.Name(name + ".dll"), metadata.Heaps.Guid(Guid.NewGuid()), 0, 0);
        assembly.Add(0x8004, 1, 0, 0, 0, 0, 0, metadata.Heaps.Name(name), 0);
        // The first type holds what belongs to no type.
        types.Add(new TypeDefinition(this, 1, "<Module>", 0, typeof(object)));
    }

    public TypeDefinition DefineType(string fullName, TypeAttributes attributes, ClrType parent)
    {
        var type = new TypeDefinition(this, types.Count + 1, fullName, attributes, parent);
        types.Add(type);
        return type;
    }

    internal FieldDefinition NewField(TypeDefinition owner, string fieldName, ClrType type, FieldAttributes fieldAttributes)
    {
        var field = new FieldDefinition(fields.Count, fieldName, type, fieldAttributes);
        fields.Add(field);
        return field;
    }

    internal MethodDefinition NewMethod(TypeDefinition owner, string methodName, MethodAttributes methodAttributes, MethodImplAttributes implementation, ClrType result, ClrType[] parameterTypes)
    {
        var method = new MethodDefinition(this, methods.Count, owner, methodName, methodAttributes, implementation, result, parameterTypes);
        methods.Add(method);
        return method;
    }

    /// <summary>Adds an attribute whose only argument is a text to the assembly.</summary>
    public void AddAttribute(MethodDefinition constructor, string argument)
    {
        assemblyAttribute = constructor;
        assemblyAttributeArgument = argument;
    }

    private MethodDefinition? assemblyAttribute;
    private string assemblyAttributeArgument = "";

    public int Literal(string text) => metadata.Heaps.Literal(text);

    /// <summary>Writes a type of the runtime as signatures do.</summary>
    public void Encode(Type type, ByteWriter signature)
    {
        if (type.IsByRef)
        {
            signature.Byte(0x10);
            Encode(type.GetElementType()!, signature);
        }
        else if (type.IsSZArray)
        {
            signature.Byte(0x1D);
            Encode(type.GetElementType()!, signature);
        }
        else if (type.IsGenericParameter)
        {
            signature.Byte(type.DeclaringMethod is null ? 0x13 : 0x1E);
            signature.Compressed(type.GenericParameterPosition);
        }
        else if (type.IsConstructedGenericType)
        {
            Type open = type.GetGenericTypeDefinition();
            signature.Byte(0x15);
            signature.Byte(open.IsValueType ? 0x11 : 0x12);
            signature.Compressed(MetadataImage.CodeType(Token(open)));
            Type[] arguments = type.GetGenericArguments();
            signature.Compressed(arguments.Length);
            foreach (Type argument in arguments)
                Encode(argument, signature);
        }
        else if (Primitive(type) is var code and > 0)
        {
            signature.Byte(code);
        }
        else
        {
            signature.Byte(type.IsValueType ? 0x11 : 0x12);
            signature.Compressed(MetadataImage.CodeType(Token(type)));
        }
    }

    private static int Primitive(Type type)
    {
        if (type == typeof(object)) return 0x1C;
        if (type == typeof(string)) return 0x0E;
        if (type == typeof(nint)) return 0x18;
        if (type == typeof(nuint)) return 0x19;
        if (type.IsEnum) return 0;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => 0x02,
            TypeCode.Char => 0x03,
            TypeCode.SByte => 0x04,
            TypeCode.Byte => 0x05,
            TypeCode.Int16 => 0x06,
            TypeCode.UInt16 => 0x07,
            TypeCode.Int32 => 0x08,
            TypeCode.UInt32 => 0x09,
            TypeCode.Int64 => 0x0A,
            TypeCode.UInt64 => 0x0B,
            TypeCode.Single => 0x0C,
            TypeCode.Double => 0x0D,
            _ => type == typeof(void) ? 0x01 : 0,
        };
    }

    public int Token(Type type)
    {
        if (typeTokens.TryGetValue(type, out int token))
            return token;
        if (type.IsConstructedGenericType || type.IsArray || type.IsByRef)
        {
            var signature = new ByteWriter(16);
            Encode(type, signature);
            token = 0x1B000000 | typeSpecs.Add(metadata.Heaps.Blob(signature.Bytes));
        }
        else
        {
            // Types in types are named within them; all others within their assembly.
            int scope = type.DeclaringType is { } outer ? (Token(outer) & 0xFFFFFF) << 2 | 3 : Token(type.Assembly) << 2 | 2;
            token = 0x01000000 | typeRefs.Add(scope, metadata.Heaps.Name(type.Name), metadata.Heaps.Name(type.IsNested ? "" : type.Namespace ?? ""));
        }
        typeTokens.Add(type, token);
        return token;
    }

    private int Token(Assembly assembly)
    {
        if (assemblyTokens.TryGetValue(assembly, out int row))
            return row;
        AssemblyName assemblyName = assembly.GetName();
        Version version = assemblyName.Version ?? new Version(0, 0, 0, 0);
        row = assemblyRefs.Add(version.Major, version.Minor, version.Build, version.Revision, 0,
            metadata.Heaps.Blob(assemblyName.GetPublicKeyToken() ?? []), metadata.Heaps.Name(assemblyName.Name!), 0, 0);
        assemblyTokens.Add(assembly, row);
        return row;
    }

    public int Token(FieldInfo field)
    {
        if (fieldTokens.TryGetValue(field, out int token))
            return token;
        Type owner = field.DeclaringType!;
        // The signature of a generic type's field is the one its definition has.
        FieldInfo open = owner.IsConstructedGenericType
            ? owner.GetGenericTypeDefinition().GetField(field.Name, BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            : field;
        var signature = new ByteWriter(8);
        signature.Byte(0x06);
        Encode(open.FieldType, signature);
        token = AddMember(Token(owner), field.Name, signature);
        fieldTokens.Add(field, token);
        return token;
    }

    public int Token(MethodBase method) => Use(method).Token;

    /// <summary>What it takes to call a method.</summary>
    public MethodUse Use(MethodBase method)
    {
        if (!methodUses.TryGetValue(method, out MethodUse? use))
            methodUses.Add(method, use = new MethodUse(AddMethod(method), method.GetParameters().Length + 1));
        return use;
    }

    private int AddMethod(MethodBase method)
    {
        if (method is MethodInfo { IsGenericMethod: true, IsGenericMethodDefinition: false } generic)
        {
            int open = Token(generic.GetGenericMethodDefinition());
            var arguments = new ByteWriter(8);
            arguments.Byte(0x0A);
            arguments.Compressed(generic.GetGenericArguments().Length);
            foreach (Type argument in generic.GetGenericArguments())
                Encode(argument, arguments);
            return 0x2B000000 | methodSpecs.Add((open & 0xFFFFFF) << 1 | 1, metadata.Heaps.Blob(arguments.Bytes));
        }
        Type owner = method.DeclaringType!;
        MethodBase definition = owner.IsConstructedGenericType
            ? MethodBase.GetMethodFromHandle(method.MethodHandle, owner.GetGenericTypeDefinition().TypeHandle)!
            : method;
        return MemberRef(Token(owner), definition);
    }

    /// <summary>The token of a member of a type, whose signature is that of the open method.</summary>
    public int MemberRef(int owner, MethodBase method)
    {
        var signature = new ByteWriter(16);
        int generic = method is MethodInfo { IsGenericMethodDefinition: true } info ? info.GetGenericArguments().Length : 0;
        signature.Byte((method.IsStatic ? 0 : 0x20) | (generic > 0 ? 0x10 : 0));
        if (generic > 0)
            signature.Compressed(generic);
        ParameterInfo[] list = method.GetParameters();
        signature.Compressed(list.Length);
        Encode(method is MethodInfo { ReturnType: var result } ? result : typeof(void), signature);
        foreach (ParameterInfo parameter in list)
            Encode(parameter.ParameterType, signature);
        return AddMember(owner, method.Name, signature);
    }

    private int AddMember(int owner, string memberName, ByteWriter signature) =>
        0x0A000000 | memberRefs.Add(MetadataImage.CodeParent(owner), metadata.Heaps.Name(memberName), metadata.Heaps.Blob(signature.Bytes));

    /// <summary>The token of a generic method over a type that is being defined.</summary>
    public int MethodSpec(MethodInfo open, ClrType argument)
    {
        string key = open.Name + "<" + argument.Name;
        if (members.TryGetValue(key, out int token))
            return token;
        var arguments = new ByteWriter(8);
        arguments.Byte(0x0A);
        arguments.Compressed(1);
        argument.Encode(this, arguments);
        token = 0x2B000000 | methodSpecs.Add((Token(open) & 0xFFFFFF) << 1 | 1, metadata.Heaps.Blob(arguments.Bytes));
        members.Add(key, token);
        return token;
    }

    public int TypeSpec(ClrType type)
    {
        if (members.TryGetValue(type.Name, out int token))
            return token;
        var signature = new ByteWriter(16);
        type.Encode(this, signature);
        token = 0x1B000000 | typeSpecs.Add(metadata.Heaps.Blob(signature.Bytes));
        members.Add(type.Name, token);
        return token;
    }

    /// <summary>Numbers all definitions and completes their code. They are forgotten: what they say is in tables now.</summary>
    /// <param name="symbolWriter">Makes the symbols, once methods have their numbers; null for none.</param>
    public void Complete(SymbolWriter? symbolWriter)
    {
        symbols = symbolWriter;
        FieldDefinition[] allFields = [.. fields];
        MethodDefinition[] allMethods = [.. methods];
        int fieldRow = 1, methodRow = 1;
        foreach (TypeDefinition type in types)
        {
            int dot = type.Name.LastIndexOf('.');
            typeDefs.Add((int)type.Attributes, metadata.Heaps.Name(type.Name[(dot + 1)..]), dot < 0 ? 0 : metadata.Heaps.Name(type.Name[..dot]),
                type.Name == "<Module>" ? 0 : MetadataImage.CodeType(type.Parent.Token(this)), fieldRow, methodRow);
            foreach (FieldDefinition field in type.Fields)
                field.Row = fieldRow++;
            foreach (MethodDefinition method in type.Methods)
                method.Row = methodRow++;
        }
        foreach (TypeDefinition type in types)
        {
            foreach (FieldDefinition field in type.Fields)
                AddField(field);
            foreach (MethodDefinition method in type.Methods)
                AddMethod(method);
        }
        for (int row = 1; row <= types.Count; row++)
        {
            foreach (ClrType implemented in types[row - 1].Interfaces)
                interfaces.Add(row, MetadataImage.CodeType(implemented.Token(this)));
            foreach (MethodOverride o in types[row - 1].Overrides)
                overrides.Add(row, o.Body.Row << 1, o.Declaration.Row << 1);
        }
        CompleteTokens(allFields, allMethods);
        AddAssemblyAttribute();
        symbols?.Complete(metadata);
        types.Clear();
        fields.Clear();
        methods.Clear();
        members.Clear();
        fixups = [];
    }

    /// <summary>Writes the image, and the symbols if there are any.</summary>
    public (byte[] Image, byte[]? Symbols) Write() =>
        (ImageWriter.Write(name, code, metadata.Write(), symbols?.Id), symbols?.Write());

    private void AddField(FieldDefinition field)
    {
        scratch.Clear();
        scratch.Byte(0x06);
        field.Type.Encode(this, scratch);
        fieldTable.Add((int)field.Attributes, metadata.Heaps.Name(field.Name), metadata.Heaps.Blob(scratch.Bytes));
    }

    private void AddMethod(MethodDefinition method)
    {
        scratch.Clear();
        scratch.Byte(method.IsStatic ? 0 : 0x20);
        scratch.Compressed(method.Parameters.Length);
        method.Result.Encode(this, scratch);
        foreach (ClrType parameter in method.Parameters)
            parameter.Encode(this, scratch);
        int signature = metadata.Heaps.Blob(scratch.Bytes);
        int firstParameter = parameters.Count + 1;
        if (method.ParameterNames is { } parameterNames)
            for (int i = 0; i < parameterNames.Length; i++)
                if (parameterNames[i] is { } parameterName)
                    parameters.Add(0, i + 1, metadata.Heaps.Name(parameterName));
        int address = method.HasCode ? ImageWriter.CodeOffset + method.Seal() : 0;
        methodTable.Add(address, (int)method.Implementation, (int)method.Attributes, metadata.Heaps.Name(method.Name), signature, firstParameter);
    }

    private void CompleteTokens(FieldDefinition[] allFields, MethodDefinition[] allMethods)
    {
        foreach (int position in fixups.AsSpan(0, fixupCount))
        {
            int token = code.ReadInt32(position);
            int index = token & 0xFFFFFF;
            code.PatchInt32(position, token & 0x7F000000 | (token >> 24 == 0x04 ? allFields[index].Row : allMethods[index].Row));
        }
    }

    // A module has tens of thousands of methods, most of them finished before the next begins.
    private readonly Stack<CodeWriter> unused = new();

    /// <summary>A writer for the code of a method.</summary>
    internal CodeWriter Rent() => unused.TryPop(out CodeWriter? writer) ? writer : new CodeWriter(this);

    /// <summary>Takes back a writer whose code has been added.</summary>
    internal void Return(CodeWriter writer)
    {
        writer.Clear();
        unused.Push(writer);
    }

    /// <summary>Adds the finished code of a method and answers where it starts (ECMA-335 II.25.4).</summary>
    internal int Append(CodeWriter body)
    {
        body.Complete();
        code.Align(4);
        int start = code.Length;
        int locals = 0;
        if (body.Locals.Count > 0)
        {
            scratch.Clear();
            scratch.Byte(0x07);
            scratch.Compressed(body.Locals.Count);
            foreach (Local local in body.Locals)
                local.Type.Encode(this, scratch);
            locals = 0x11000000 | signatures.Add(metadata.Heaps.Blob(scratch.Bytes));
        }
        bool hasRegions = body.Regions.Count > 0;
        code.UInt16(0x3013 | (hasRegions ? 0x08 : 0));
        code.UInt16(body.MaxStack);
        code.Int32(body.Bytes.Length);
        code.Int32(locals);
        foreach (int fixup in body.Fixups)
        {
            if (fixupCount == fixups.Length)
                Array.Resize(ref fixups, fixupCount * 2);
            fixups[fixupCount++] = code.Length + fixup;
        }
        code.Raw(body.Bytes);
        if (!hasRegions)
            return start;
        code.Align(4);
        int size = body.Regions.Count * 24 + 4;
        code.Int32(0x41 | size << 8);
        foreach (TryRegion region in body.Regions)
        {
            code.Int32(0);
            code.Int32(region.TryStart);
            code.Int32(region.TryEnd - region.TryStart);
            code.Int32(region.HandlerStart);
            code.Int32(region.HandlerEnd - region.HandlerStart);
            code.Int32(region.Catches!.Token(this));
        }
        return start;
    }

    private void AddAssemblyAttribute()
    {
        if (assemblyAttribute is null)
            return;
        scratch.Clear();
        scratch.UInt16(1);
        scratch.Compressed(System.Text.Encoding.UTF8.GetByteCount(assemblyAttributeArgument));
        scratch.Utf8(assemblyAttributeArgument);
        scratch.UInt16(0);
        attributes.Add(1 << 5 | 14, assemblyAttribute.Row << 3 | 2, metadata.Heaps.Blob(scratch.Bytes));
    }
}

/// <summary>What it takes to call a method that is not being defined.</summary>
/// <param name="Token">Its token.</param>
/// <param name="ArgumentCount">How many values a call takes from the stack, at most.</param>
internal sealed record MethodUse(int Token, int ArgumentCount);
