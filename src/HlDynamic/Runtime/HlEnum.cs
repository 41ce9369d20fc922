using System.Runtime.CompilerServices;

namespace HlDynamic.Runtime;

/// <summary>
/// An enum value: the module's enums derive from this, and from each a class per constructor that has parameters.
/// In C# patterns it is a tuple of the constructor's name and the arguments: <c>case ("Attack", string target)</c>.
/// </summary>
public abstract class HlEnum : HlObject, ITuple
{
    internal int ConstructorIndex;

    internal HlEnum(int constructorIndex) => ConstructorIndex = constructorIndex;

    /// <summary>A value of an enum's own class, made without running (and so compiling) its constructor.</summary>
    internal static HlEnum Create(HlType type, int constructor)
    {
        var value = (HlEnum)RuntimeHelpers.GetUninitializedObject(type.ClrType);
        value.ConstructorIndex = constructor;
        return value;
    }

    /// <summary>The number of the constructor.</summary>
    public int Index => ConstructorIndex;

    /// <summary>The name of the constructor.</summary>
    public string Constructor => Definition.Name;

    /// <summary>The number of the constructor's arguments.</summary>
    public int Count => Definition.Parameters.Length;

    /// <summary>The constructor's arguments.</summary>
    public IReadOnlyList<object?> Parameters => [.. Enumerable.Range(0, Count).Select(i => this[i])];

    int ITuple.Length => Count + 1;

    private HlConstructor Definition => Type.Constructors[ConstructorIndex];

    /// <summary>An argument of the constructor.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    public object? this[int index] => HlHost.ToHost(Argument(index));

    object? ITuple.this[int index] => index == 0 ? Constructor : this[index - 1];

    /// <summary>Takes the value apart; an argument that the constructor does not have is null.</summary>
    public void Deconstruct(out string constructor, out object? first) => (constructor, first) = (Constructor, OrNull(0));

    /// <inheritdoc cref="Deconstruct(out string, out object?)"/>
    public void Deconstruct(out string constructor, out object? first, out object? second) =>
        (constructor, first, second) = (Constructor, OrNull(0), OrNull(1));

    /// <inheritdoc cref="Deconstruct(out string, out object?)"/>
    public void Deconstruct(out string constructor, out object? first, out object? second, out object? third) =>
        (constructor, first, second, third) = (Constructor, OrNull(0), OrNull(1), OrNull(2));

    /// <summary>Whether both have the same constructor and equal arguments, as Haxe's <c>Type.enumEq</c> compares.</summary>
    public override bool Equals(object? obj)
    {
        if (ReferenceEquals(this, obj))
            return true;
        if (obj is not HlEnum other || !ReferenceEquals(Type, other.Type) || Index != other.Index)
            return false;
        for (int i = 0; i < Count; i++)
            if (!Equals(this[i], other[i]))
                return false;
        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Index);
        for (int i = 0; i < Count; i++)
            hash.Add(this[i]);
        return hash.ToHashCode();
    }

    /// <summary>An argument as Haxe holds it.</summary>
    internal object? Argument(int index) => Definition.GetParameter(this, index);

    private object? OrNull(int index) => index < Count ? this[index] : null;
}
