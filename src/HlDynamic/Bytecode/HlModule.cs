using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HlDynamic.Bytecode;

/// <summary>
/// A HashLink module: everything a <c>.hl</c> file says, read and validated. This is the folder's way in; the model
/// is immutable, independent of the rest of the library, and what tools are written on.
/// </summary>
public sealed class HlModule
{
    // Arrays, as the runtime has no code ready for immutable arrays of numbers: only who asks for them pays.
    private readonly int[] intPool;
    private readonly double[] floatPool;
    private readonly ReadOnlyMemory<byte>[] bytePool;
    private readonly object[] callables;

    /// <summary>A module of these pools and callables (functions and natives by their shared number).</summary>
    internal HlModule(int[] ints, double[] floats, ReadOnlyMemory<byte>[] bytes, object[] callables)
    {
        intPool = ints;
        floatPool = floats;
        bytePool = bytes;
        this.callables = callables;
    }

    /// <summary>Where the module came from: a file name, or what the caller said.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the format, 2 to 6.</summary>
    public required int Version { get; init; }

    /// <summary>Whether functions carry source positions.</summary>
    public required bool HasDebug { get; init; }

    /// <summary>The pool of integers.</summary>
    public ImmutableArray<int> Ints => ImmutableCollectionsMarshal.AsImmutableArray(intPool);

    // Immutable arrays of numbers have no code compiled ahead of time.
    internal int IntCount => intPool.Length;

    internal int Int(int index) => intPool[index];

    /// <summary>The pool of floating-point numbers.</summary>
    public ImmutableArray<double> Floats => ImmutableCollectionsMarshal.AsImmutableArray(floatPool);

    internal int FloatCount => floatPool.Length;

    internal double Float(int index) => floatPool[index];

    /// <summary>The pool of strings.</summary>
    public required ImmutableArray<string> Strings { get; init; }

    /// <summary>The pool of constant bytes, one entry an index (before version 5: the strings, zero-terminated UTF-8).</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> ByteConstants => ImmutableCollectionsMarshal.AsImmutableArray(bytePool);

    internal int ByteConstantCount => bytePool.Length;

    internal ReadOnlySpan<byte> ByteConstant(int index) => bytePool[index].Span;

    /// <summary>The source files that debug positions name.</summary>
    public required ImmutableArray<string> DebugFiles { get; init; }

    /// <summary>All types, by index.</summary>
    public required ImmutableArray<HlTypeDef> Types { get; init; }

    /// <summary>The types of the global variables.</summary>
    public required ImmutableArray<HlTypeDef> Globals { get; init; }

    /// <summary>The functions the host has to provide.</summary>
    public required ImmutableArray<HlNativeDef> Natives { get; init; }

    /// <summary>The functions with their instructions, in the order of the file.</summary>
    public required ImmutableArray<HlFunctionDef> Functions { get; init; }

    /// <summary>The globals that are built from constants.</summary>
    public required ImmutableArray<HlConstantDef> Constants { get; init; }

    /// <summary>The number of the function that runs when the module starts.</summary>
    public required int EntryPoint { get; init; }

    /// <summary>How many bytes the file has.</summary>
    public required int Size { get; init; }

    /// <summary>Whether bodies of functions are better read again than kept: together they take several times the file.</summary>
    internal bool IsLarge { get; init; }

    /// <summary>From how many bytes a module is large.</summary>
    internal const int LargeSize = 1 << 20;

    /// <summary>The globals that some function assigns; null for a module that was validated before.</summary>
    internal bool[]? AssignedGlobals { get; set; }

    /// <summary>Where the functions start in the file, in its order, and the last one ends.</summary>
    internal int[] FunctionOffsets { get; init; } = [];

    /// <summary>How many functions and natives there are together; their numbers run from 0.</summary>
    public int CallableCount => callables.Length;

    /// <summary>The function with this number, or null if it is a native's.</summary>
    /// <param name="index">0 to <see cref="CallableCount"/> - 1.</param>
    public HlFunctionDef? FindFunction(int index) => callables[index] as HlFunctionDef;

    /// <summary>The native with this number, or null if it is a function's.</summary>
    /// <param name="index">0 to <see cref="CallableCount"/> - 1.</param>
    public HlNativeDef? FindNative(int index) => callables[index] as HlNativeDef;

    /// <summary>The signature of the function or native with this number.</summary>
    /// <param name="index">0 to <see cref="CallableCount"/> - 1.</param>
    public HlFunctionTypeDef GetSignature(int index) =>
        callables[index] is HlFunctionDef function ? function.Type : ((HlNativeDef)callables[index]).Type;

    /// <summary>Reads and validates a <c>.hl</c> file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="HlBytecodeException">The file is not valid HashLink bytecode; the exception names the offset and the reason.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static HlModule Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return HlModuleReader.Read(File.ReadAllBytes(path), path, ownsBytes: true);
    }

    /// <summary>Reads and validates bytecode held in memory.</summary>
    /// <param name="bytecode">The whole content of a <c>.hl</c> file.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <exception cref="HlBytecodeException">This is not valid HashLink bytecode; the exception names the offset and the reason.</exception>
    public static HlModule Read(ReadOnlyMemory<byte> bytecode, string name = "module")
    {
        ArgumentNullException.ThrowIfNull(name);
        return HlModuleReader.Read(bytecode, name);
    }
}
