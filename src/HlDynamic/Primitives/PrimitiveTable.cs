using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using HlDynamic.Primitives.Fmt;
using HlDynamic.Primitives.Sqlite;
using HlDynamic.Primitives.Ssl;

namespace HlDynamic.Primitives;

/// <summary>
/// Finds the method that implements a native. The way in of this folder, where each file holds a group of natives:
/// public static methods, named as the native is but in .NET's way (<c>bytes_blit</c> is <c>BytesBlit</c>), and marked
/// with <see cref="Runtime.HlPrimitiveAttribute"/>. The names alone decide, since reading attributes takes far longer.
/// </summary>
internal static class PrimitiveTable
{
    // A library is looked into when a module first names it; hardly any module names another than std.
    private static readonly ConcurrentDictionary<string, Dictionary<string, MethodInfo>> Indexes = new(StringComparer.Ordinal);

    /// <summary>The libraries that have natives here.</summary>
    public static string[] Libraries { get; } = ["std", "fmt", "ssl", "sqlite"];

    /// <summary>The implementation of a native, or null if there is none.</summary>
    /// <param name="library">The library, as in <c>@:hlNative("std", "bytes_blit")</c>.</param>
    /// <param name="name">The native's name in the library.</param>
    public static MethodInfo? Find(string library, string name) => Array.IndexOf(Libraries, library) >= 0
        ? Indexes.GetOrAdd(library, static library => Index(GroupsOf(library))).GetValueOrDefault(MethodName(name))
        : null;

    /// <summary>The classes that hold a library's natives.</summary>
    internal static Type[] GroupsOf(string library) => library switch
    {
        "std" =>
        [
            typeof(StdArrays), typeof(StdBytes), typeof(StdCasts), typeof(StdDates), typeof(StdDebug), typeof(StdEnums),
            typeof(StdErrors), typeof(StdFiles), typeof(StdFunctions), typeof(StdHosts), typeof(StdMaps), typeof(StdMath), typeof(StdMemory),
            typeof(StdObjects), typeof(StdProcesses), typeof(StdRandom), typeof(StdRegexps), typeof(StdSockets), typeof(StdStrings),
            typeof(StdSystem), typeof(StdSystemFiles), typeof(StdThreads), typeof(StdTypes),
        ],
        "fmt" => [typeof(FmtDigests), typeof(FmtImages), typeof(FmtZip)],
        "ssl" => SslGroups(),
        "sqlite" => [typeof(SqliteNatives)],
        _ => [],
    };

    // Apart, since naming these types is enough to load what they are made over.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Type[] SslGroups() => [typeof(SslCertificates), typeof(SslDigests), typeof(SslKeys), typeof(SslSockets)];

    /// <summary>The name of the method for a native: each part between underscores capitalised.</summary>
    internal static string MethodName(string name)
    {
        var target = new char[name.Length];
        bool start = true;
        int length = 0;
        foreach (char c in name)
        {
            if (c != '_')
                target[length++] = start && char.IsAsciiLetterLower(c) ? (char)(c - 'a' + 'A') : c;
            start = c == '_';
        }
        return new string(target, 0, length);
    }

    private static Dictionary<string, MethodInfo> Index(Type[] groups)
    {
        var methods = new Dictionary<string, MethodInfo>(groups.Length * 24, StringComparer.Ordinal);
        foreach (Type group in groups)
            foreach (MethodInfo method in group.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                methods.Add(method.Name, method);
        return methods;
    }
}
