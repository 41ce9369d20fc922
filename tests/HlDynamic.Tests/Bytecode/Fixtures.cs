namespace HlDynamic.Tests.Bytecode;

/// <summary>The compiled Haxe programs in the repository's haxe/bin.</summary>
internal static class Fixtures
{
    /// <summary>The compilers that fixtures are built with.</summary>
    public static readonly string[] Versions = ["4.2.5", "4.3.6"];

    /// <summary>All fixtures, for test case sources.</summary>
    public static IEnumerable<string> All => Versions.SelectMany(v => Directory.GetFiles(Path.Combine(Root, "haxe", "bin", v), "*.hl")).Order();

    private static string Root { get; } = FindRoot();

    /// <summary>The path of a fixture.</summary>
    public static string Find(string version, string name) => Path.Combine(Root, "haxe", "bin", version, name + ".hl");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HlDynamic.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
