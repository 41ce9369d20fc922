using System.Diagnostics;
using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// A Haxe class as a value. Used as <c>dynamic</c>, its members are the statics of the class; <see cref="New"/> makes
/// objects.
/// </summary>
[DebuggerDisplay("class {Name,nq}")]
public sealed class HlClass : IDynamicMetaObjectProvider, IHlValue
{
    /// <summary>For rules: the field that has <see cref="Statics"/>, once they have been asked for.</summary>
    internal const string StaticsField = nameof(statics);

    private HlObject? statics;
    private ClassConstructor? constructor;

    internal HlClass(HlType type) => Type = type;

    /// <summary>The full name: <c>com.example.Player</c>.</summary>
    public string Name => Type.Name;

    /// <summary>The type of the class's objects.</summary>
    public HlType Type { get; }

    /// <summary>The object that holds the statics.</summary>
    /// <exception cref="InvalidOperationException">The module's entry point, which makes it, has not run.</exception>
    internal HlObject Statics => statics ?? FindStatics();

    private HlObject FindStatics() => statics = Type.GlobalValue as HlObject
        ?? throw new InvalidOperationException($"{Name} has no statics before the module's entry point has run.");

    object? IHlValue.HaxeValue => Statics;

    internal ClassConstructor Constructor => constructor ??= ClassConstructor.Find(this);

    /// <summary>A new object of the class.</summary>
    /// <param name="arguments">The arguments of its constructor.</param>
    /// <exception cref="HlMissingMemberException">The class has no constructor.</exception>
    /// <exception cref="HlConversionException">The arguments do not fit.</exception>
    /// <exception cref="HaxeException">The constructor threw an exception.</exception>
    public object New(params object?[]? arguments) => Constructor.Create(arguments ?? [null]);

    /// <inheritdoc/>
    public override string ToString() => Name;

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new ClassMetaObject(parameter, this);

    /// <summary>The static of the name; null if there is none.</summary>
    internal HlMember? FindStatic(string name, bool ignoreCase = false) => MemberFinder.Find(Statics, name, ignoreCase);

    /// <summary>The static of the name.</summary>
    /// <exception cref="HlMissingMemberException">There is none.</exception>
    internal HlMember RequireStatic(string name) => FindStatic(name) ?? throw HlMissingMemberException.Member(Name, name, MemberFinder.NamesOf(Statics));

    /// <summary>For rules: whether the class has a static of the name.</summary>
    internal static bool HasStatic(HlClass target, string name, bool ignoreCase) => target.FindStatic(name, ignoreCase) is not null;

    /// <summary>The class whose statics are of a type; null if the type is no such one.</summary>
    internal static HlClass? OfStatics(HlType type) => ClassDirectory.Of(type.Context).FindByStatics(type);

    /// <summary>The type of the object that holds a class's statics; null if it has none.</summary>
    internal static HlType? StaticsType(HlType type) => type.StaticsType;
}
