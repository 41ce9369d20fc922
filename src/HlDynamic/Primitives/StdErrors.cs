using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Exceptions and call stacks (HashLink std/error.c).</summary>
internal static class StdErrors
{
    [HlPrimitive("std", "exception_stack")]
    public static HlArray ExceptionStack(HlContext context) =>
        StdArrays.OfStrings(context, Array.ConvertAll(CaughtStack(context), static f => f.ToString()));

    // The first call asks how many frames there are, the second for the frames.
    [HlPrimitive("std", "exception_stack_raw")]
    public static int ExceptionStackRaw(HlContext context, HlArray? symbols) => Store(CaughtStack(context), symbols);

    // Asked for twice likewise; it is the same stack if it is the same frame that asks.
    [HlPrimitive("std", "call_stack_raw")]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static unsafe int CallStackRaw(HlContext context, HlArray? symbols)
    {
        int here;
        ThreadState state = context.State<State>().Current;
        HlFrame[] frames = symbols is not null && state.LastCallStack is { } last && state.LastCallAddress == (nuint)(&here) && symbols.Length == last.Length
            ? last
            : HlStack.Capture(context);
        state.LastCallStack = symbols is null ? frames : null;
        state.LastCallAddress = (nuint)(&here);
        return Store(frames, symbols);
    }

    [HlPrimitive("std", "resolve_symbol")]
    public static HlBytes ResolveSymbol(object? symbol, HlBytes buffer, ref int size)
    {
        if (symbol is not HlFrame frame || buffer.IsNull)
            return default;
        ReadOnlySpan<char> text = frame.ToString();
        text = text[..Math.Max(0, Math.Min(text.Length, Math.Min(size, buffer.Available / 2) - 1))];
        text.CopyTo(buffer.Chars(0, text.Length));
        buffer.Set<ushort>(text.Length * 2, 0);
        size = text.Length;
        return buffer;
    }

    /// <summary>What a thread calls with an exception that ends it.</summary>
    [HlPrimitive("std", "set_error_handler")]
    public static void SetErrorHandler(HlContext context, Action<object?>? handler)
    {
        ThreadState state = context.State<State>().Current;
        // Haxe's threads take the handler back in a catch of their own, and throw on. HashLink has called it by then.
        if (handler is null && state.Handler is { } last && context.LastCaught.Value is { } caught)
            state.TakenBack = (caught.Exception, last);
        state.Handler = handler;
    }

    /// <summary>Tells the error handler of this thread, if it has one, of an exception that nobody caught.</summary>
    internal static void CallHandler(HlContext context, Exception exception)
    {
        object? value = HlExceptions.Catch(exception, context);
        ThreadState state = context.State<State>().Current;
        (Exception? during, Action<object?>? last) = state.TakenBack;
        state.TakenBack = default;
        Action<object?>? handler = state.Handler ?? (exception == during || exception.InnerException == during ? last : null);
        handler?.Invoke(value);
    }

    /// <summary>The report that HashLink prints of an exception nobody caught (std/error.c: <c>hl_print_uncaught_exception</c>).</summary>
    internal static string Describe(HlContext context, Exception exception)
    {
        object? value = HlExceptions.ValueOf(exception);
        var text = new StringBuilder("Uncaught exception: ")
            .Append(value is Exception host and not HaxeException ? host.ToString() : HlText.Of(value)).Append('\n');
        if (CustomStackOf(context, value) is { } custom)
            return text.Append(HlText.Of(custom)).Append('\n').ToString();
        foreach (string frame in HlStack.Describe(context, exception))
            text.Append("Called from ").Append(frame).Append('\n');
        return text.ToString();
    }

    // Haxe's exceptions can bring a text of their own in place of the frames.
    private static object? CustomStackOf(HlContext context, object? value)
    {
        if (value is not HlObject exception)
            return null;
        HlType? type = exception.Type;
        while (type.Super is { } super)
            type = super;
        return type.Name == "haxe.Exception" ? HlFields.Get(context, exception, context.Hash("__customStack")) : null;
    }

    [HlPrimitive("std", "breakpoint")]
    public static void Breakpoint()
    {
        if (Debugger.IsAttached)
            Debugger.Break();
    }

    private static HlFrame[] CaughtStack(HlContext context) =>
        context.LastCaught.Value is { } caught ? caught.Stack ??= HlStack.Capture(context, caught) : [];

    private static int Store(HlFrame[] frames, HlArray? symbols)
    {
        if (symbols is null)
            return frames.Length;
        int count = Math.Min(frames.Length, symbols.Length);
        object[] items = ((HlArray<object>)symbols).Items;
        for (int i = 0; i < count; i++)
            items[i] = frames[i];
        return count;
    }

    internal sealed class State
    {
        private readonly ThreadLocal<ThreadState> threads = new(static () => new ThreadState());

        public ThreadState Current => threads.Value!;
    }

    internal sealed class ThreadState
    {
        public Action<object?>? Handler;
        public (Exception? During, Action<object?>? Handler) TakenBack;
        public HlFrame[]? LastCallStack;
        public nuint LastCallAddress;
    }
}
