using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.InteropServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// The Haxe frames of call stacks, of exceptions and of the running code. Frames of other .NET methods do not show.
/// What a frame is called is found when it is asked for.
/// </summary>
internal static class HlStack
{
    /// <summary>The frames of the running code, the innermost first.</summary>
    public static HlFrame[] Capture(HlContext context)
    {
        var frames = new List<HlFrame>();
        var running = new RawStack(null);
        Add(context, frames, running, 0, running.Count);
        return [.. frames];
    }

    /// <summary>
    /// The frames an exception has passed, and below the function that caught it those of what had called it, which
    /// are those of the running code unless they were kept.
    /// </summary>
    public static HlFrame[] Capture(HlContext context, HlCaughtException caught)
    {
        var frames = new List<HlFrame>();
        Catcher catcher = Add(context, frames, caught.Exception);
        if (catcher.IsKnown)
        {
            RawStack running = caught.Running ?? new RawStack(null);
            int index = IndexOf(context, running, 0, running.Count, catcher);
            if (index >= 0)
                Add(context, frames, running, index + 1, running.Count);
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

    // What caught an exception: a method, or a function that it returned to.
    private readonly record struct Catcher(nint Method, HlFunctionDef? Function)
    {
        public bool IsKnown => Method != 0 || Function is not null;
    }

    // Answers what caught the exception. A trace has a part for each throw: what catches and throws again
    // begins the next part, and is in the list already.
    private static Catcher Add(HlContext context, List<HlFrame> frames, Exception exception)
    {
        Catcher catcher = exception is HaxeException { InnerException: { } inner } ? Add(context, frames, inner) : default;
        if (exception is HaxeException { Way: { } way })
        {
            for (int i = 0; i < way.Count; i++)
                frames.Add(way.Frame(i));
            if (way.Count > 0)
                catcher = new Catcher(0, frames[^1].Function);
        }
        var trace = new RawStack(exception);
        int end;
        for (int start = 0; start < trace.Count; start = end)
        {
            end = start + 1;
            while (end < trace.Count && !trace.IsLastOfPart(end - 1))
                end++;
            if (start == 0 && exception is HaxeException { Origin: { } origin } && Find(context, trace, 0) is { } first && first.Function.Index != origin.Function)
                AddInlined(frames, first, origin);
            int from = catcher.IsKnown ? Math.Max(start, IndexOf(context, trace, start, end, catcher) + 1) : start;
            Add(context, frames, trace, from, end);
            catcher = new Catcher(trace.Key(end - 1), null);
        }
        return catcher;
    }

    private static void Add(HlContext context, List<HlFrame> frames, in RawStack trace, int start, int end)
    {
        HlFrame? inner = null;
        for (int i = start; i < end; i++)
        {
            HlFrame? found = Find(context, trace, i);
            if (found is not null)
            {
                if (inner is not null)
                    frames.AddRange(found.InlinedTo(inner.Function));
                frames.Add(found);
            }
            inner = found;
        }
    }

    // The function that threw was compiled into another one, which is the first that the trace has.
    private static void AddInlined(List<HlFrame> frames, HlFrame outer, (int Function, int Instruction) origin)
    {
        if (outer.Module.Module.FindFunction(origin.Function) is not { } thrower)
            return;
        frames.Add(new HlFrame(outer.Module, thrower, null, origin.Instruction));
        frames.AddRange(outer.InlinedTo(thrower));
    }

    private static int IndexOf(HlContext context, in RawStack trace, int start, int end, Catcher catcher)
    {
        for (int i = start; i < end; i++)
            if (catcher.Function is null ? trace.Key(i) == catcher.Method : Find(context, trace, i)?.Function == catcher.Function)
                return i;
        return -1;
    }

    // Programs that use exceptions for their flow meet the same places again and again.
    private static HlFrame? Find(HlContext context, in RawStack trace, int index)
    {
        nint key = trace.Key(index);
        if (context.ForeignMethods.ContainsKey(key))
            return null;
        int offset = trace.Offset(index);
        foreach (HlModuleInstance module in context.Modules)
            if (module.Frames.TryGetValue((key, offset), out HlFrame? known))
                return known;
        if (trace.Method(index) is not { } method)
            return null;
        Assembly assembly = method.Module.Assembly;
        foreach (HlModuleInstance module in context.Modules)
            if (module.Assembly == assembly && module.FindFunction(method) is { } function)
                return module.Frames.GetOrAdd((key, offset), new HlFrame(module, function, method, offset));
        // A method that can go away leaves its key to another.
        if (method.DeclaringType is not null && !assembly.IsCollectible)
            context.ForeignMethods.TryAdd(key, true);
        return null;
    }
}

/// <summary>Reads source positions from the portable PDBs of modules.</summary>
internal sealed class HlSymbolReaders
{
    private readonly ConcurrentDictionary<HlModuleInstance, MetadataReader?> readers = new();

    /// <summary>The file and line of an instruction.</summary>
    public (string File, int Line)? Find(HlModuleInstance module, MethodBase method, int offset)
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
