namespace HlDynamic.Runtime;

/// <summary>There is no such type, field or method.</summary>
public sealed class HlMissingMemberException : HlException
{
    internal HlMissingMemberException(string? typeName, string memberName, string message, string[] nearest)
        : base(HlErrorCode.MissingMember, message)
    {
        TypeName = typeName;
        MemberName = memberName;
        Nearest = nearest;
    }

    /// <summary>The type that was asked; null where the type itself is missing.</summary>
    public string? TypeName { get; }

    /// <summary>The name that does not exist.</summary>
    public string MemberName { get; }

    /// <summary>Names that do exist and differ little, nearest first.</summary>
    public IReadOnlyList<string> Nearest { get; }

    internal static HlMissingMemberException Type(string name, IEnumerable<string> names)
    {
        string[] nearest = NearestNames.Find(name, names);
        return new HlMissingMemberException(null, name, $"There is no type {name}.{NearestNames.Suggest(nearest)}", nearest);
    }

    internal static HlMissingMemberException Member(string type, string name, IEnumerable<string> names)
    {
        string[] nearest = NearestNames.Find(name, names);
        string cause = nearest.Length > 0 ? NearestNames.Suggest(nearest) : UsualCause;
        return new HlMissingMemberException(type, name, $"{type} has no member {name}.{cause}", nearest);
    }

    // What is in the source and yet not in the program.
    private const string UsualCause = " If the Haxe class declares it, the compiler left it out, because the program does not use it"
        + " (@:keep or -dce no keeps it) or because it is inline.";
}
