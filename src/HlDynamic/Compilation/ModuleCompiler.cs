using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>What a module was compiled to: a .NET assembly with its portable PDB.</summary>
/// <param name="Image">The PE image.</param>
/// <param name="Symbols">The portable PDB; null if the bytecode has no debug information.</param>
/// <param name="Map">Where types and functions are in the image.</param>
internal sealed record CompiledModule(byte[] Image, byte[]? Symbols, ImageMap Map);

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
    public static CompiledModule Compile(HlModule module, CompilerOptions options) => new ModuleCompiler(module, options).Run();

    private CompiledModule Run()
    {
        CompiledModule compiled = Write(Emit());
        Collect();
        return compiled;
    }

    private CompiledModule Write((AssemblyWriter Assembly, ImageMap Map) emitted)
    {
        Collect();
        (byte[] image, byte[]? symbols) = emitted.Assembly.Write();
        return new CompiledModule(image, symbols, emitted.Map);
    }

    // What a stage leaves behind takes several times what the next one needs. In a host that holds much more than that, it is
    // little, and collecting is dear.
    private void Collect()
    {
        if (module.IsLarge && GC.GetTotalMemory(forceFullCollection: false) < 64L * module.Size)
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private (AssemblyWriter Assembly, ImageMap Map) Emit()
    {
        var names = new ClrNames(module);
        var assembly = new AssemblyWriter(options.AssemblyName, codeSize: module.Size + module.Size / 4);
        AccessRuntime(assembly);
        var types = new ModuleTypes(module, names, assembly);
        var emitter = new ModuleEmitter(module, names, types, options);
        types.DefineTypes();
        emitter.DefineMethods();
        types.DefineMembers(emitter);
        emitter.EmitFunctions();
        emitter.EmitPool();
        assembly.Complete(module.HasDebug ? emitter.Symbols : null);
        return (assembly, emitter.CreateMap());
    }

    // Compiled code uses the runtime's internals; the CLR honours this attribute by its name.
    private static void AccessRuntime(AssemblyWriter assembly)
    {
        TypeDefinition attribute = assembly.DefineType("System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute",
            TypeAttributes.NotPublic | TypeAttributes.Sealed, typeof(Attribute));
        MethodDefinition constructor = attribute.DefineConstructor(typeof(string));
        constructor.Code.Emit(OpCodes.Ldarg_0);
        constructor.Code.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        constructor.Code.Emit(OpCodes.Ret);
        assembly.AddAttribute(constructor, typeof(HlObject).Assembly.GetName().Name!);
    }
}

/// <summary>How to compile a module.</summary>
internal sealed record CompilerOptions
{
    /// <summary>The name of the assembly to make.</summary>
    public string AssemblyName { get; init; } = "HlModule";

    /// <summary>The natives that the .NET program provides, by library and name; null for none.</summary>
    public IReadOnlyDictionary<(string Library, string Name), MethodInfo>? Natives { get; init; }

    /// <summary>Whether to count which instructions run, for the tests that show that every opcode is executed.</summary>
    public bool Coverage { get; init; }
}
