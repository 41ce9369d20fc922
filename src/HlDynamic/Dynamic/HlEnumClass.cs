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
    private Dictionary<string, (HlConstructor Constructor, CallSignature Signature)>? constructors;

    internal HlEnumClass(HlType type) => Type = type;

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
        if (!ByName.TryGetValue(constructor, out var found)
            && (!ignoreCase || Constructors.FirstOrDefault(c => string.Equals(c, constructor, StringComparison.OrdinalIgnoreCase)) is not { } other
                || !ByName.TryGetValue(other, out found)))
            return null;
        return found.Constructor.Create(found.Signature.Convert(arguments));
    }

    // A VM has all enums of its program once any class is asked for; few of them are used by name.
    private Dictionary<string, (HlConstructor Constructor, CallSignature Signature)> ByName
    {
        get
        {
            if (constructors is not null)
                return constructors;
            Dictionary<string, (HlConstructor, CallSignature)> made = new(StringComparer.Ordinal);
            foreach (HlConstructor constructor in Type.Constructors)
                made[constructor.Name] = (constructor, new CallSignature($"{Type.Name}.{constructor.Name}", constructor.Parameters, static _ => null, Type));
            return constructors = made;
        }
    }
}
