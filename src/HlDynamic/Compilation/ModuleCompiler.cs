using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Compilation;

/// <summary>What a module was compiled to: a .NET assembly with its portable PDB.</summary>
/// <param name="Image">The PE image.</param>
/// <param name="Symbols">The portable PDB; null if the bytecode has no debug information.</param>
internal sealed record CompiledModule(byte[] Image, byte[]? Symbols);

/// <summary>
/// Compiles a module to a .NET assembly: classes become classes, functions become methods, globals become static
/// fields. This is the folder's way in.
/// </summary>
internal sealed class ModuleCompiler
{
    private readonly HlModule module;
    private readonly CompilerOptions options;

    private ModuleCompiler(HlModule module, CompilerOptions options)
    {
        this.module = module;
        this.options = options;
    }

    /// <summary>Compiles a validated module.</summary>
    /// <exception cref="HlBytecodeException">An instruction has a shape that cannot be compiled; the exception names function and instruction.</exception>
    public static CompiledModule Compile(HlModule module, ClrNames names, CompilerOptions options) =>
        new ModuleCompiler(module, options).Run(names);

    private CompiledModule Run(ClrNames names)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(options.AssemblyName), typeof(object).Assembly);
        ModuleBuilder builder = assembly.DefineDynamicModule(options.AssemblyName);
        ConstructorBuilder accessAttribute = DefineAccessAttribute(builder);

        var types = new ModuleTypes(module, names, builder);
        var context = new ModuleEmitter(module, names, types, options);
        types.DefineTypes();
        context.DefineMethods();
        types.DefineMembers(context);
        context.EmitFunctions();
        context.EmitPool();
        types.CreateTypes();
        return Save(assembly, accessAttribute, context.Symbols);
    }

    // Compiled code uses the runtime's internals; the CLR honours this attribute by its name.
    private static ConstructorBuilder DefineAccessAttribute(ModuleBuilder builder)
    {
        TypeBuilder attribute = builder.DefineType("System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute",
            TypeAttributes.Class | TypeAttributes.NotPublic | TypeAttributes.Sealed, typeof(Attribute));
        ConstructorBuilder constructor = attribute.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(string)]);
        ILGenerator il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        il.Emit(OpCodes.Ret);
        attribute.CreateType();
        return constructor;
    }

    // The builder itself writes attributes of the assembly before the constructors of its own types have numbers.
    private static void ApplyAccessAttribute(MetadataBuilder metadata, ConstructorBuilder constructor)
    {
        var value = new BlobBuilder();
        new BlobEncoder(value).CustomAttributeSignature(
            fixedArguments => fixedArguments.AddArgument().Scalar().Constant(typeof(HlObject).Assembly.GetName().Name!),
            namedArguments => namedArguments.Count(0));
        metadata.AddCustomAttribute(EntityHandle.AssemblyDefinition,
            MetadataTokens.MethodDefinitionHandle(constructor.MetadataToken & 0xFFFFFF), metadata.GetOrAddBlob(value));
    }

    private CompiledModule Save(PersistedAssemblyBuilder assembly, ConstructorBuilder accessAttribute, SymbolWriter symbolWriter)
    {
        MetadataBuilder metadata = assembly.GenerateMetadata(out BlobBuilder il, out BlobBuilder data);
        ApplyAccessAttribute(metadata, accessAttribute);
        byte[]? symbols = null;
        DebugDirectoryBuilder? debug = null;
        if (module.HasDebug)
        {
            MetadataBuilder pdb = symbolWriter.Build(metadata.GetRowCount(TableIndex.MethodDef));
            var pdbBuilder = new PortablePdbBuilder(pdb, metadata.GetRowCounts(), default);
            var pdbBlob = new BlobBuilder();
            BlobContentId id = pdbBuilder.Serialize(pdbBlob);
            symbols = pdbBlob.ToArray();
            debug = new DebugDirectoryBuilder();
            debug.AddCodeViewEntry(options.AssemblyName + ".pdb", id, pdbBuilder.FormatVersion);
        }
        var pe = new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), il, data, debugDirectoryBuilder: debug);
        var image = new BlobBuilder();
        pe.Serialize(image);
        return new CompiledModule(image.ToArray(), symbols);
    }
}

/// <summary>How to compile a module.</summary>
internal sealed record CompilerOptions
{
    /// <summary>The name of the assembly to make.</summary>
    public string AssemblyName { get; init; } = "HlModule";

    /// <summary>Whether to count which instructions run, for the tests that show that every opcode is executed.</summary>
    public bool Coverage { get; init; }
}
