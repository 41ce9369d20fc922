using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// The Haxe frames of call stacks, of exceptions and of the running code. Frames of other .NET methods do not show,
/// nor do functions that the JIT compiled into their callers. What a frame is called is found when it is asked for.
/// </summary>
internal static class HlStack
{
    /// <summary>The frames of the running code, the innermost first.</summary>
    public static HlFrame[] Capture(HlContext context)
    {
        var frames = new List<HlFrame>();
        Add(context, frames, new StackTrace(fNeedFileInfo: false).GetFrames());
        return [.. frames];
    }

    /// <summary>
    /// The frames an exception has passed, and below the function that caught it those of the running code, which is
    /// what had called it.
    /// </summary>
    public static HlFrame[] Capture(HlContext context, Exception exception)
    {
        var frames = new List<HlFrame>();
        MethodBase? catcher = Add(context, frames, exception);
        if (catcher is not null)
        {
            ReadOnlySpan<StackFrame> running = new StackTrace(fNeedFileInfo: false).GetFrames();
            int index = IndexOf(running, catcher);
            if (index >= 0)
                Add(context, frames, running[(index + 1)..]);
        }
        return [.. frames];
    }

    /// <summary>The frames an exception has passed, as HashLink prints them: <c>$Main.main(Main.hx:12)</c>.</summary>
    public static IReadOnlyList<string> Describe(HlContext context, Exception exception)
    {
        var frames = new List<HlFrame>();
        Add(context, frames, exception);
        return frames.ConvertAll(static f => f.ToString());
    }

    // Answers the method that caught the exception. A trace has a part for each throw: what catches and throws again
    // begins the next part, and is in the list already.
    private static MethodBase? Add(HlContext context, List<HlFrame> frames, Exception exception)
    {
        MethodBase? catcher = exception is HaxeException { InnerException: { } first } ? Add(context, frames, first) : null;
        ReadOnlySpan<StackFrame> trace = new StackTrace(exception, fNeedFileInfo: false).GetFrames();
        while (trace.Length > 0)
        {
            int count = 1;
            while (count < trace.Length && !IsLastOfPart(trace[count - 1]))
                count++;
            int start = catcher is null ? 0 : IndexOf(trace[..count], catcher) + 1;
            Add(context, frames, trace[start..count]);
            catcher = trace[count - 1].GetMethod();
            trace = trace[count..];
        }
        return catcher;
    }

    private static void Add(HlContext context, List<HlFrame> frames, ReadOnlySpan<StackFrame> trace)
    {
        foreach (StackFrame frame in trace)
            if (frame.GetMethod() is { } method && Find(context, method) is var (module, function))
                frames.Add(new HlFrame(module, function, method, frame.GetILOffset()));
    }

    private static int IndexOf(ReadOnlySpan<StackFrame> trace, MethodBase method)
    {
        for (int i = 0; i < trace.Length; i++)
            if (trace[i].GetMethod() == method)
                return i;
        return -1;
    }

    private static (HlModuleInstance, HlFunctionDef)? Find(HlContext context, MethodBase method)
    {
        foreach (HlModuleInstance module in context.Modules)
            if (module.FindFunction(method) is { } function)
                return (module, function);
        return null;
    }

    // The framework tells this only as a line of text between the frames.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_IsLastFrameFromForeignExceptionStackTrace")]
    private static extern bool IsLastOfPart(StackFrame frame);
}

/// <summary>A frame of a call stack: a function, and where it is in it.</summary>
internal sealed class HlFrame(HlModuleInstance module, HlFunctionDef function, MethodBase method, int offset)
{
    /// <summary>The frame as HashLink prints it (module.c: <c>hl_module_resolve_symbol_full</c>).</summary>
    public override string ToString() => module.Context.State<HlSymbolReaders>().Describe(module, function, method, offset);
}

/// <summary>Reads source positions from the portable PDBs of modules.</summary>
internal sealed class HlSymbolReaders
{
    private readonly ConcurrentDictionary<HlModuleInstance, MetadataReader?> readers = new();

    // Programs that use exceptions for their flow ask for the same places again and again.
    private readonly ConcurrentDictionary<(MethodBase, int), string> texts = new();

    /// <summary>The function, file and line of an instruction.</summary>
    public string Describe(HlModuleInstance module, HlFunctionDef function, MethodBase method, int offset)
    {
        if (!texts.TryGetValue((method, offset), out string? text))
        {
            (string file, int line) = Find(module, method, offset) ?? Declared(module.Module, function);
            text = $"{function.DisplayName}({file}:{line})";
            texts.TryAdd((method, offset), text);
        }
        return text;
    }

    // What the compiler makes up has line 0, which symbols cannot hold.
    private static (string File, int Line) Declared(HlModule module, HlFunctionDef function) => function.GetPosition(0) switch
    {
        ( >= 0 and var file, var line) => (module.DebugFiles[file], line),
        _ => ("?", 0),
    };

    private (string File, int Line)? Find(HlModuleInstance module, MethodBase method, int offset)
    {
        MetadataReader? reader = readers.GetOrAdd(module, static m => m.Symbols is null
            ? null
            : MetadataReaderProvider.FromPortablePdbImage(ImmutableCollectionsMarshal.AsImmutableArray(m.Symbols)).GetMetadataReader());
        if (reader is null)
            return null;
        MethodDebugInformation information = reader.GetMethodDebugInformation(
            MetadataTokens.MethodDebugInformationHandle(method.MetadataToken & 0xFFFFFF));
        SequencePoint? found = null;
        foreach (SequencePoint point in information.GetSequencePoints())
        {
            if (point.Offset > offset && found is not null)
                break;
            if (!point.IsHidden)
                found = point;
        }
        return found is { } position
            ? (reader.GetString(reader.GetDocument(position.Document).Name), position.StartLine)
            : null;
    }
}
