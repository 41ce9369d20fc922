using System.Collections.Immutable;

namespace HlDynamic.Bytecode;

/// <summary>
/// A type as a module declares it. Types of a kind that carries more than its kind are of a subclass:
/// <see cref="HlFunctionTypeDef"/>, <see cref="HlObjectTypeDef"/>, <see cref="HlVirtualTypeDef"/>,
/// <see cref="HlEnumTypeDef"/>, <see cref="HlAbstractTypeDef"/>, <see cref="HlWrapperTypeDef"/>.
/// </summary>
public class HlTypeDef
{
    internal HlTypeDef(int index, HlTypeKind kind)
    {
        Index = index;
        Kind = kind;
    }

    /// <summary>The position of the type in <see cref="HlModule.Types"/>.</summary>
    public int Index { get; }

    /// <summary>What kind of type this is.</summary>
    public HlTypeKind Kind { get; }

    /// <summary>The type's name as HashLink writes it: <c>i32</c>, <c>com.example.Player</c>, <c>(void (i32,dynamic))</c>.</summary>
    public sealed override string ToString() => HlTypeFormatter.Format(this);
}

/// <summary>A function or method type.</summary>
public sealed class HlFunctionTypeDef : HlTypeDef
{
    internal HlFunctionTypeDef(int index, HlTypeKind kind) : base(index, kind) { }

    /// <summary>The parameter types in order.</summary>
    public ImmutableArray<HlTypeDef> Parameters { get; internal set; } = [];

    /// <summary>The result type, of kind <see cref="HlTypeKind.Void"/> where there is none.</summary>
    public HlTypeDef Return { get; internal set; } = null!;
}

/// <summary>A class (<see cref="HlTypeKind.Obj"/>) or a struct (<see cref="HlTypeKind.Struct"/>).</summary>
public sealed class HlObjectTypeDef : HlTypeDef
{
    internal HlObjectTypeDef(int index, HlTypeKind kind) : base(index, kind) { }

    /// <summary>The full name; the class that holds the statics of <c>X</c> is named <c>$X</c>.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The base class, or null.</summary>
    public HlObjectTypeDef? Super { get; internal set; }

    /// <summary>The global that holds the class object, or -1.</summary>
    public int GlobalIndex { get; internal set; } = -1;

    /// <summary>How many fields the supers of this class have in all: the number of the first own field.</summary>
    public int FirstFieldIndex { get; internal set; }

    /// <summary>The fields the class itself declares; instructions number them from <see cref="FirstFieldIndex"/>.</summary>
    public ImmutableArray<HlFieldDef> Fields { get; internal set; } = [];

    /// <summary>The methods the class itself declares or overrides.</summary>
    public ImmutableArray<HlPrototypeDef> Prototypes { get; internal set; } = [];

    /// <summary>Fields that hold a function from the start: dynamic methods, and the statics of a class.</summary>
    public ImmutableArray<HlBindingDef> Bindings { get; internal set; } = [];

    /// <summary>How many virtual methods an object of this class has: their slots run from 0.</summary>
    public int VirtualCount { get; internal set; }

    /// <summary>The own prototypes that have a slot, ordered by it.</summary>
    internal HlPrototypeDef[] OwnVirtuals { get; set; } = [];

    /// <summary>The signatures of the slots that this class adds, in order; see <see cref="GetSlotSignature"/>.</summary>
    internal HlFunctionTypeDef[] OwnSlots { get; set; } = [];

    /// <summary>
    /// How a virtual method is called: the signature of the method that adds the slot, except that what any method in
    /// the slot takes by reference is passed so. (An abstract method has no default values, so the compiler declares
    /// its optional numbers as values, and still calls it with references.)
    /// </summary>
    /// <param name="slot">0 to <see cref="VirtualCount"/> - 1.</param>
    internal ref HlFunctionTypeDef GetSlotSignature(int slot)
    {
        HlObjectTypeDef type = this;
        while (slot < type.VirtualCount - type.OwnSlots.Length)
            type = type.Super!;
        return ref type.OwnSlots[slot - (type.VirtualCount - type.OwnSlots.Length)];
    }

    /// <summary>The method that objects of this class run for a slot, their own or an inherited one; null for an abstract one.</summary>
    /// <param name="slot">0 to <see cref="VirtualCount"/> - 1.</param>
    public HlPrototypeDef? FindVirtual(int slot)
    {
        for (HlObjectTypeDef? type = this; type is not null && slot < type.VirtualCount; type = type.Super)
        {
            int low = 0;
            int high = type.OwnVirtuals.Length - 1;
            while (low <= high)
            {
                int middle = (low + high) >>> 1;
                int order = type.OwnVirtuals[middle].VirtualIndex.CompareTo(slot);
                if (order == 0)
                    return type.OwnVirtuals[middle];
                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }
        }

        return null;
    }

    /// <summary>How many fields an object of this class has, those of its supers included.</summary>
    public int FieldCount => FirstFieldIndex + Fields.Length;

    /// <summary>The field that instructions number <paramref name="index"/>, own or inherited.</summary>
    /// <param name="index">0 to <see cref="FieldCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such field.</exception>
    public HlFieldDef GetField(int index) => GetFieldOwner(index) is { } owner
        ? owner.Fields[index - owner.FirstFieldIndex]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"{Name} has {FieldCount} fields.");

    /// <summary>The class, this one or a super, that declares the field numbered <paramref name="index"/>; null if there is none.</summary>
    public HlObjectTypeDef? GetFieldOwner(int index)
    {
        if ((uint)index >= (uint)FieldCount)
            return null;
        HlObjectTypeDef type = this;
        while (index < type.FirstFieldIndex)
            type = type.Super!;
        return type;
    }
}

/// <summary>A structural type: an anonymous structure or an interface.</summary>
public sealed class HlVirtualTypeDef : HlTypeDef
{
    internal HlVirtualTypeDef(int index) : base(index, HlTypeKind.Virtual) { }

    /// <summary>The fields in order.</summary>
    public ImmutableArray<HlFieldDef> Fields { get; internal set; } = [];
}

/// <summary>An enum.</summary>
public sealed class HlEnumTypeDef : HlTypeDef
{
    internal HlEnumTypeDef(int index) : base(index, HlTypeKind.Enum) { }

    /// <summary>The full name; empty for the environment of a closure.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The global that holds the enum object, or -1.</summary>
    public int GlobalIndex { get; internal set; } = -1;

    /// <summary>The constructors in order.</summary>
    public ImmutableArray<HlEnumConstructorDef> Constructors { get; internal set; } = [];
}

/// <summary>An opaque type, known by its name.</summary>
public sealed class HlAbstractTypeDef : HlTypeDef
{
    internal HlAbstractTypeDef(int index, string name) : base(index, HlTypeKind.Abstract) => Name = name;

    /// <summary>The name natives know it by.</summary>
    public string Name { get; }
}

/// <summary>A type made of one other: <see cref="HlTypeKind.Ref"/>, <see cref="HlTypeKind.Null"/> or <see cref="HlTypeKind.Packed"/>.</summary>
public sealed class HlWrapperTypeDef : HlTypeDef
{
    internal HlWrapperTypeDef(int index, HlTypeKind kind) : base(index, kind) { }

    /// <summary>The type inside.</summary>
    public HlTypeDef Inner { get; internal set; } = null!;
}

/// <summary>A field of a class, a struct or a structure.</summary>
/// <param name="Name">The name; empty for the slots in which an object caches its structural views.</param>
/// <param name="Type">The type.</param>
public sealed record HlFieldDef(string Name, HlTypeDef Type);

/// <summary>A method of a class.</summary>
/// <param name="Name">The name.</param>
/// <param name="FunctionIndex">The function it runs.</param>
/// <param name="VirtualIndex">Its slot in the table of virtual methods, or -1 for a method that is not virtual.</param>
public sealed record HlPrototypeDef(string Name, int FunctionIndex, int VirtualIndex);

/// <summary>A field that holds a function from the start.</summary>
/// <param name="FieldIndex">The field, numbered with those of the supers.</param>
/// <param name="FunctionIndex">The function.</param>
public sealed record HlBindingDef(int FieldIndex, int FunctionIndex);

/// <summary>A constructor of an enum.</summary>
/// <param name="Name">The name.</param>
/// <param name="Parameters">The parameter types in order.</param>
public sealed record HlEnumConstructorDef(string Name, ImmutableArray<HlTypeDef> Parameters);
