using System.Reflection;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// A frame of a call stack: a function, and where it is in it. That is an offset in the CIL of its method or, if the
/// method is not known because the JIT compiled it into another, an instruction.
/// </summary>
internal sealed class HlFrame(HlModuleInstance module, HlFunctionDef function, MethodBase? method, int offset)
{
    private string? text;
    private Inlined? inlined;

    public HlModuleInstance Module => module;

    public HlFunctionDef Function => function;

    /// <summary>Where in the source it is.</summary>
    public (string File, int Line) Position =>
        method is null ? At(offset) : module.Context.State<HlSymbolReaders>().Find(module, method, offset) ?? At(0);

    /// <summary>The frames between this one and that of a function it has called, the innermost first (<see cref="InlinedCalls"/>).</summary>
    public HlFrame[] InlinedTo(HlFunctionDef callee)
    {
        // It is nearly always the same function.
        if (inlined is { } known && known.Callee == callee)
            return known.Frames;
        HlFrame[] frames = InlinedCalls.Find(this, callee);
        inlined = new Inlined(callee, frames);
        return frames;
    }

    /// <summary>The frame as HashLink prints it (module.c: <c>hl_module_resolve_symbol_full</c>).</summary>
    public override string ToString() => text ??= Describe();

    private string Describe()
    {
        (string file, int line) = Position;
        return $"{function.DisplayName}({file}:{line})";
    }

    // What the compiler makes up has line 0, which symbols cannot hold.
    private (string File, int Line) At(int instruction) => function.GetPosition(instruction) switch
    {
        ( >= 0 and var file, var line) => (module.Module.DebugFiles[file], line),
        _ => ("?", 0),
    };

    private sealed record Inlined(HlFunctionDef Callee, HlFrame[] Frames);
}
