using System.Diagnostics;
using System.Dynamic;
using System.Linq.Expressions;

namespace HlDynamic.Dynamic;

/// <summary>A Haxe package. Used as <c>dynamic</c>, its members are its classes, enums and packages.</summary>
[DebuggerDisplay("package {Name,nq}")]
public sealed class HlPackage : INamespace, IDynamicMetaObjectProvider
{
    // Not sorted: .NET compiles forty methods for the first SortedDictionary, 5 ms. (perf/README.md)
    private readonly Dictionary<string, object> members = new(StringComparer.Ordinal);

    internal HlPackage(string name) => Name = name;

    /// <summary>The full name: <c>com.example</c>; empty for the package of the types that name none.</summary>
    public string Name { get; }

    IEnumerable<string> INamespace.Names => members.Keys.Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new NamespaceMetaObject(parameter, this);

    object? INamespace.Find(string name, bool ignoreCase) => Find(name, ignoreCase);

    /// <summary>The class, enum or package of the name; null if there is none.</summary>
    internal object? Find(string name, bool ignoreCase = false) =>
        members.TryGetValue(name, out object? found) ? found : ignoreCase ? FindSameButCase(name) : null;

    internal void Add(string name, object member) => members[name] = member;

    private object? FindSameButCase(string name) =>
        MemberFinder.SameButCase(members.Keys, name) is [var first, ..] ? members[first] : null;
}

/// <summary>What has classes, enums and packages by name: a package, or a VM.</summary>
internal interface INamespace
{
    /// <summary>What the namespace is called in messages.</summary>
    string Name { get; }

    IEnumerable<string> Names { get; }

    /// <summary>What is of the name; null if nothing is.</summary>
    object? Find(string name, bool ignoreCase);
}
