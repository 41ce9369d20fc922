using System.Diagnostics;
using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// A Haxe enum as a value. Used as <c>dynamic</c>, its constructors without parameters are its members and the others
/// its methods.
/// </summary>
[DebuggerDisplay("enum {Name,nq}")]
public sealed class HlEnumClass : IDynamicMetaObjectProvider, IHlValue
{
    private readonly Dictionary<string, (HlConstructor Constructor, CallSignature Signature)> constructors = new(StringComparer.Ordinal);

    internal HlEnumClass(HlType type)
    {
        Type = type;
        foreach (HlConstructor constructor in type.Constructors)
            constructors[constructor.Name] = (constructor, new CallSignature($"{type.Name}.{constructor.Name}", constructor.Parameters, _ => null, type));
    }

    /// <summary>The full name.</summary>
    public string Name => Type.Name;

    /// <summary>The type of the enum's values.</summary>
    public HlType Type { get; }

    object? IHlValue.HaxeValue => Type.GlobalValue;

    /// <summary>The names of the constructors, in order.</summary>
    public IReadOnlyList<string> Constructors => [.. Type.Constructors.Select(c => c.Name)];

    /// <summary>A value of the enum.</summary>
    /// <param name="constructor">The name of the constructor.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="HlMissingMemberException">The enum has no such constructor.</exception>
    /// <exception cref="HlConversionException">The arguments do not fit.</exception>
    public HlEnum Create(string constructor, params object?[]? arguments)
    {
        ArgumentNullException.ThrowIfNull(constructor);
        return TryCreate(constructor, false, arguments ?? [null]) ?? throw HlMissingMemberException.Member(Name, constructor, Constructors);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new EnumMetaObject(parameter, this);

    /// <summary>A value of the enum; null if it has no such constructor.</summary>
    internal HlEnum? TryCreate(string constructor, bool ignoreCase, object?[] arguments)
    {
        if (!constructors.TryGetValue(constructor, out var found)
            && (!ignoreCase || Constructors.FirstOrDefault(c => string.Equals(c, constructor, StringComparison.OrdinalIgnoreCase)) is not { } other
                || !constructors.TryGetValue(other, out found)))
            return null;
        return found.Constructor.Create(found.Signature.Convert(arguments));
    }
}
