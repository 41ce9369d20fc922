namespace HlDynamic.Runtime;

/// <summary>
/// A closure without its value, which it takes as its first argument. It is mostly called with the value it was
/// separated from (<c>Reflect.callMethod</c>), and then needs no reflection, which costs microseconds.
/// </summary>
internal sealed class HlOpenFunction(Delegate bound)
{
    private HlInvoker? invoker;

    /// <summary>The closure with its value.</summary>
    public Delegate Bound { get; } = bound;

    /// <summary>Calls the function; the first argument takes the place of the closed-over value.</summary>
    /// <exception cref="HaxeException">Arguments are missing or cannot be cast to the parameters' types.</exception>
    public object? Call(object?[] arguments)
    {
        object? first = arguments.Length == 0 ? null : arguments[0];
        Delegate function = ReferenceEquals(first, Bound.Target)
            ? Bound
            : HlClosures.MakeClosure(Bound, first) ?? throw HaxeError.CannotCast(HlTypes.NameOf(first), HlTypes.NameOf(Bound.Target));
        return HlClosures.Call(function, arguments.Length == 0 ? arguments : arguments[1..], ref invoker);
    }
}
