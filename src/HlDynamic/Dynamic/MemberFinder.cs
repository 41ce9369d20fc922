using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Finds what a name means on an object.</summary>
internal static class MemberFinder
{
    /// <summary>The member of the name; null if there is none.</summary>
    public static HlMember? Find(HlObject target, string name, bool ignoreCase = false)
    {
        HlType type = target.Type;
        if (type.Kind == HlTypeKind.DynObj)
            return new DynamicField(type, name, ignoreCase);
        HlMember? exact = FindExact(type, name);
        if (exact is not null || !ignoreCase)
            return exact;
        return SameButCase(NamesOf(type), name) switch
        {
            [] => null,
            [var only] => FindExact(type, only),
            var several => new AmbiguousMember(type, name, several),
        };
    }

    /// <summary>The names that differ from one in case alone.</summary>
    public static string[] SameButCase(IEnumerable<string> names, string name) =>
        [.. names.Where(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    private static HlMember? FindExact(HlType type, string name) =>
        type.Kind is HlTypeKind.Obj or HlTypeKind.Struct && HlProperty.Find(type, name) is { } property ? property
        : type.FindMember(name) ?? (HasLength(type, name) ? new DynamicField(type, name) : null);

    // The length of an array of Dynamic is a property that leaves no trace but in __get_field.
    private static bool HasLength(HlType type, string name) =>
        name == "length" && typeof(HlArrayObject).IsAssignableFrom(type.ClrType) && type.SpecialMethods.GetField is not null;

    /// <summary>The member of the name, for access by name.</summary>
    /// <exception cref="HlMissingMemberException">There is none.</exception>
    public static HlMember Require(HlObject target, string name) =>
        Find(target, name) ?? throw HlMissingMemberException.Member(HaxeNames.Of(target.Type), name, NamesOf(target));

    /// <summary>The names of an object's members.</summary>
    public static IEnumerable<string> NamesOf(HlObject target)
    {
        if (HlVirtual.Unwrap(target) is HlDynObj dynamic)
            return HlFields.Names(dynamic.Type.Context, dynamic)!;
        return NamesOf(target.Type);
    }

    // Names with underscores in front are the compiler's and the runtime's own.
    public static IEnumerable<string> NamesOf(HlType type)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (HlMember member in type.Members)
        {
            if (member.Name.Length == 0 || member.Name.StartsWith("__", StringComparison.Ordinal))
                continue;
            names.Add(member.Name);
            bool isAccessor = member.Name.StartsWith("get_", StringComparison.Ordinal) || member.Name.StartsWith("set_", StringComparison.Ordinal);
            if (isAccessor && HlProperty.Find(type, member.Name[4..]) is not null)
                names.Add(member.Name[4..]);
        }
        return names;
    }
}
