using System.Collections;

namespace HlDynamic.Runtime;

/// <summary>
/// A Haxe iterator (what has <c>hasNext</c> and <c>next</c>) or iterable (what has <c>iterator</c>) as a sequence.
/// Compiled classes and structures with such members implement it. An iterator can be gone through once.
/// </summary>
public interface IHlIterable : IEnumerable<object?>
{
    IEnumerator<object?> IEnumerable<object?>.GetEnumerator() => HlIteration.Of((HlObject)this);

    IEnumerator IEnumerable.GetEnumerator() => HlIteration.Of((HlObject)this);
}

/// <summary>Goes through Haxe iterators.</summary>
internal static class HlIteration
{
    /// <summary>Whether an object has what an iterator or an iterable has.</summary>
    public static bool IsIterable(HlObject value) => Has(value, "iterator") || (Has(value, "hasNext") && Has(value, "next"));

    /// <summary>The values of an iterator, or of an iterable's iterator.</summary>
    /// <exception cref="HlConversionException">The object is neither.</exception>
    public static IEnumerator<object?> Of(HlObject value)
    {
        if (!Has(value, "hasNext"))
            value = Call(value, "iterator") as HlObject ?? throw new HlConversionException($"{value.Type} is no iterator.", value);
        return value is IEnumerable<object?> list and not IHlIterable ? list.GetEnumerator() : Iterate(value);
    }

    private static IEnumerator<object?> Iterate(HlObject iterator)
    {
        while (Call(iterator, "hasNext") is true)
            yield return HlHost.ToHost(Call(iterator, "next"));
    }

    private static object? Call(HlObject target, string name)
    {
        HlContext context = target.Type.Context;
        return HlFields.Get(context, target, context.Hash(name)) is Delegate function
            ? HlFaults.Run(() => HlClosures.Call(context, function))
            : throw new HlConversionException($"{target.Type} has no method {name}.", target);
    }

    private static bool Has(HlObject target, string name)
    {
        HlContext context = target.Type.Context;
        return target is not HlEnum && HlFields.Get(context, target, context.Hash(name)) is Delegate;
    }
}
