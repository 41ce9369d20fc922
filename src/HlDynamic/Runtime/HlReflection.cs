namespace HlDynamic.Runtime;

/// <summary>A field or structure member of a type, as <see cref="HlType.GetFields"/> tells it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="DeclaringType">The type that declares it.</param>
/// <param name="IsStatic">Whether it is a static of the class.</param>
public sealed record HlFieldInfo(string Name, HlType Type, HlType DeclaringType, bool IsStatic)
{
    /// <summary>The field as Haxe would declare it.</summary>
    public override string ToString() => $"{(IsStatic ? "static " : "")}var {Name}:{Type}";
}

/// <summary>A parameter of a function.</summary>
/// <param name="Name">The name; null where the module has no debug information.</param>
/// <param name="Type">The type; of a parameter with a default value the type of that value.</param>
/// <param name="IsOptional">Whether it can be left out: it may be null, or has a default value.</param>
public sealed record HlParameterInfo(string? Name, HlType Type, bool IsOptional)
{
    /// <summary>The parameter as Haxe would declare it.</summary>
    public override string ToString() => $"{(IsOptional ? "?" : "")}{(Name is null ? "" : Name + ":")}{Type}";
}

/// <summary>A method, static function or constructor, as <see cref="HlType.GetMethods"/> tells it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Parameters">The parameters, the object itself left out.</param>
/// <param name="ReturnType">The type of the result.</param>
/// <param name="DeclaringType">The type that declares it, or overrides it last.</param>
/// <param name="IsStatic">Whether it is a static of the class.</param>
public sealed record HlMethodInfo(string Name, IReadOnlyList<HlParameterInfo> Parameters, HlType ReturnType, HlType DeclaringType, bool IsStatic)
{
    /// <summary>The method as Haxe would declare it.</summary>
    public override string ToString() => $"{(IsStatic ? "static " : "")}function {Name}({string.Join(", ", Parameters)}):{ReturnType}";
}

/// <summary>A constructor of an enum.</summary>
/// <param name="Name">The name.</param>
/// <param name="Index">Its number in the enum.</param>
/// <param name="Parameters">Its parameters, which have no names in bytecode.</param>
public sealed record HlEnumConstructorInfo(string Name, int Index, IReadOnlyList<HlType> Parameters)
{
    /// <summary>The constructor as Haxe would declare it, with types alone.</summary>
    public override string ToString() => Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters)})";
}
