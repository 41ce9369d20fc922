using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HlDynamic.Bytecode;

/// <summary>A function of a module: its signature, registers and instructions.</summary>
public sealed class HlFunctionDef
{
    /// <summary>What the table of files holds for an instruction without one.</summary>
    internal const int NoFile = ushort.MaxValue;

    // Where the body is read from when it is asked for; null if it was read at once.
    private readonly HlFunctionSource? source;
    private readonly int offset;
    private HlFunctionBody? body;
    private HlFunctionDebug? debug;
    private bool hasContext;
    private HlFunctionDef? referrer;
    private int referenceNumber;

    internal HlFunctionDef(int index, HlFunctionTypeDef type, HlFunctionBody body, HlFunctionDebug? debug, HlFunctionSource? source = null, int offset = 0)
    {
        Index = index;
        Type = type;
        this.body = body;
        this.debug = debug;
        this.source = source;
        this.offset = offset;
    }

    internal HlFunctionDef(int index, HlFunctionTypeDef type, HlFunctionSource source, int offset)
    {
        Index = index;
        Type = type;
        this.source = source;
        this.offset = offset;
    }

    /// <summary>Forgets the body, where it can be read again.</summary>
    internal void Release()
    {
        if (source is null)
            return;
        body = null;
        debug = null;
    }

    internal HlFunctionBody Body => body ??= source!.Read(offset);

    /// <summary>Where the instructions come from, and the variables; null without debug information.</summary>
    internal HlFunctionDebug? Debug => debug ?? (source is not null && Body is { DebugOffset: not HlFunctionBody.NoDebug } read ? debug = source.ReadDebug(read) : null);

    /// <summary>The number instructions call it by, shared with natives (HashLink: <c>findex</c>).</summary>
    public int Index { get; }

    /// <summary>The signature.</summary>
    public HlFunctionTypeDef Type { get; }

    /// <summary>The types of the registers; the first ones are the parameters.</summary>
    public ImmutableArray<HlTypeDef> Registers => Body.Registers;

    /// <summary>The instructions in order. Jump offsets count from the instruction after the jump.</summary>
    public ReadOnlySpan<HlInstruction> Instructions => Body.Instructions;

    /// <summary>Where names of variables start to hold, in the order of the file; empty without debug information.</summary>
    public ImmutableArray<HlAssignDef> Assigns => ImmutableCollectionsMarshal.AsImmutableArray(Debug?.Assigns ?? []);

    /// <summary>Whether the function has source positions.</summary>
    public bool HasDebug => Debug is not null;

    /// <summary>The class the function belongs to (as method or static), or null for an anonymous function; a static's class is <c>$X</c>.</summary>
    public HlObjectTypeDef? Owner { get; internal set; }

    /// <summary>The function's name within <see cref="Owner"/>, or null for an anonymous function.</summary>
    public string? Name { get; internal set; }

    /// <summary>Whether the first parameter is not written in the source: <c>this</c>, or the variables a closure holds.</summary>
    public bool HasContext
    {
        get => Related().hasContext;
        internal set => hasContext = value;
    }

    /// <summary>Whether the module starts with this function.</summary>
    public bool IsEntryPoint { get; internal set; }

    /// <summary>For a function without a name: the named function that refers to it, or null if none does.</summary>
    public HlFunctionDef? Referrer
    {
        get => Related().referrer;
        internal set => referrer = value;
    }

    /// <summary>Tells the functions of one <see cref="Referrer"/> apart.</summary>
    public int ReferenceNumber
    {
        get => Related().referenceNumber;
        internal set => referenceNumber = value;
    }

    /// <summary>
    /// The function as stack traces of HashLink name it (module.c: <c>hl_module_resolve_symbol_full</c>): <c>Player.takeDamage</c>,
    /// <c>$Main.main</c>, <c>$Main.~main.0</c> for a function inside another, <c>.init</c> for the entry point, else <c>fun$12</c>.
    /// </summary>
    public string DisplayName => this switch
    {
        { IsEntryPoint: true } => ".init",
        { Owner: not null } => ToString(),
        { Referrer: { Owner: { } owner } referrer } => $"{owner.Name}.~{referrer.Name}.{ReferenceNumber}",
        _ => ToString(),
    };

    /// <summary>The variable-length operands of an instruction: arguments of a call or an enum constructor, the targets of a switch.</summary>
    public ReadOnlySpan<int> Arguments(in HlInstruction instruction) =>
        Body.Extra.AsSpan(instruction.ArgumentStart, instruction.ArgumentCount);

    // What a function without a name is known by takes reading all others.
    private HlFunctionDef Related()
    {
        if (Owner is null)
            source?.Relate();
        return this;
    }

    /// <summary>The source file (an index into <see cref="HlModule.DebugFiles"/>) and line of an instruction; (-1, 0) without debug information.</summary>
    public (int File, int Line) GetPosition(int instruction)
    {
        if (Debug is not { Lines: { } lines, Files: { } files })
            return (-1, 0);
        int file = files.Length == 1 ? files[0] : files[instruction];
        return (file == NoFile ? -1 : file, lines[instruction]);
    }

    /// <summary>
    /// The name of a parameter in the source: <c>this</c> for the object of a method, null where it is not known, which is so
    /// without debug information and for the variables a closure holds.
    /// </summary>
    /// <param name="parameter">0 to the number of parameters of <see cref="Type"/> - 1.</param>
    public string? GetParameterName(int parameter)
    {
        if ((uint)parameter >= (uint)Type.Parameters.Length)
            throw new ArgumentOutOfRangeException(nameof(parameter), parameter, $"{this} has {Type.Parameters.Length} parameters.");
        int named = 0;
        foreach (HlAssignDef assign in Debug?.Assigns ?? [])
            named += assign.Position == HlAssignDef.Parameter ? 1 : 0;

        // The methods of an abstract are statics of its implementation class, and some compilers leave their `this` out.
        int unnamed = HasContext ? 1 : 0;
        if (Owner is not null && Owner.Name.EndsWith("_Impl_", StringComparison.Ordinal) && named == Type.Parameters.Length - 1)
            unnamed = 1;
        if (parameter < unnamed)
            return Owner is null ? null : "this";
        if (named < Type.Parameters.Length - unnamed)
            return null;
        foreach (HlAssignDef assign in Debug?.Assigns ?? [])
        {
            if (assign.Position == HlAssignDef.Parameter && unnamed++ == parameter)
                return assign.Name;
        }

        return null;
    }

    /// <summary>The full name: <c>Player.takeDamage</c>, <c>$Main.main</c>, or <c>fun$12</c>.</summary>
    public override string ToString() => Owner is null ? $"fun${Index}" : $"{Owner.Name}.{Name}";
}

/// <summary>What a function consists of.</summary>
/// <param name="Registers">The types of the registers.</param>
/// <param name="Instructions">The instructions.</param>
/// <param name="Extra">The variable operands of all instructions.</param>
/// <param name="InstructionCount">How many instructions there are, also where they are not kept.</param>
/// <param name="DebugOffset">Where the debug information starts, or <see cref="NoDebug"/>.</param>
internal sealed record HlFunctionBody(ImmutableArray<HlTypeDef> Registers, HlInstruction[] Instructions, int[] Extra, int InstructionCount, int DebugOffset)
{
    public const int NoDebug = -1;
}

/// <summary>What a function's debug information tells.</summary>
/// <param name="Files">The source file of each instruction, or a single one that all of them share.</param>
/// <param name="Lines">The line of each instruction.</param>
/// <param name="Assigns">The variables.</param>
internal sealed record HlFunctionDebug(ushort[] Files, int[] Lines, HlAssignDef[] Assigns)
{
    // By itself, as an empty array of .NET's would be made by code that is not compiled ahead of time.
    public static readonly HlAssignDef[] NoAssigns = new HlAssignDef[0];
}

/// <summary>A variable of the source: from an instruction on, the register that it writes holds the variable.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Position">
/// The instruction whose result the variable is. <see cref="Parameter"/> for a parameter: these come in the order of the
/// signature, without the first one where the function <see cref="HlFunctionDef.HasContext"/>. Below that the number says nothing
/// certain: the variable lives in the closure's environment, or is another name of a parameter. (The file holds the number plus one.)
/// </param>
/// <param name="ScopeEnd">The instruction at which the variable goes out of scope (since version 6), or -1 where it is not known.</param>
public readonly record struct HlAssignDef(string Name, int Position, int ScopeEnd = -1)
{
    /// <summary>The <see cref="Position"/> of parameters.</summary>
    public const int Parameter = -1;
}

/// <summary>A function that the host implements.</summary>
/// <param name="Index">The number instructions call it by, shared with functions.</param>
/// <param name="Library">The library's name, without the leading <c>?</c> that marks an optional one.</param>
/// <param name="Name">The function's name in the library.</param>
/// <param name="Type">The signature.</param>
/// <param name="IsOptional">Whether the program may run without it.</param>
public sealed record HlNativeDef(int Index, string Library, string Name, HlFunctionTypeDef Type, bool IsOptional);

/// <summary>A global whose object is built from constants before the program starts: a string literal.</summary>
/// <param name="GlobalIndex">The global.</param>
/// <param name="Fields">For each field of the global's type, an index into the pool of the field's type: ints, floats, strings.</param>
public sealed record HlConstantDef(int GlobalIndex, ImmutableArray<int> Fields);
