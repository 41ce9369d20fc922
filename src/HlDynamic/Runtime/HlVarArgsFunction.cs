namespace HlDynamic.Runtime;

/// <summary>What a function that takes any number of arguments closes over: its body, and the VM it is of.</summary>
internal sealed class HlVarArgsFunction(HlContext context, Func<object?[], object?> body)
{
    public HlContext Context { get; } = context;

    /// <summary>A new such function.</summary>
    public static HlVarArgs Create(HlContext context, Func<object?[], object?> body) => new HlVarArgsFunction(context, body).Call;

    private object? Call(object?[] arguments) => body(arguments);
}
