namespace HlDynamic.Tests;

/// <summary>
/// The compiled Haxe programs in the repository's haxe/bin, or those in the folder that the environment variable
/// HLDYNAMIC_FIXTURES names: a folder per version of the compiler, as haxe/build.sh makes them.
/// </summary>
internal static class Fixtures
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    private static string Folder { get; } =
        Environment.GetEnvironmentVariable("HLDYNAMIC_FIXTURES") is { Length: > 0 } other ? Path.GetFullPath(other, Root) : Path.Combine(Root, "haxe", "bin");

    /// <summary>The compilers that fixtures are built with.</summary>
    public static string[] Versions { get; } = [.. Directory.GetDirectories(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    /// <summary>All fixtures, for test case sources.</summary>
    public static IEnumerable<string> All => Versions.SelectMany(v => Directory.GetFiles(Path.Combine(Folder, v), "*.hl")).Order(StringComparer.Ordinal);

    /// <summary>The path of a fixture.</summary>
    public static string Find(string version, string name) => Path.Combine(Folder, version, name + ".hl");

    /// <summary>The path of a fixture, built by the newest compiler.</summary>
    public static string Find(string name) => Find(Versions[^1], name);

    /// <summary>The command line arguments that a fixture is run with.</summary>
    public static string[] Arguments(string name) =>
        Path.Combine(Root, "haxe", "fixtures", name + ".args") is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    /// <summary>What HashLink gave for a fixture: <c>out</c>, <c>err</c> or <c>code</c>; null where nothing is stored.</summary>
    public static string? Expected(string version, string name, string kind)
    {
        string own = Path.Combine(Root, "haxe", "expected", $"{name}.{version}.{kind}");
        string common = Path.Combine(Root, "haxe", "expected", $"{name}.{kind}");
        return File.Exists(own) ? File.ReadAllText(own) : File.Exists(common) ? File.ReadAllText(common) : null;
    }

    /// <summary>Loads a fixture, with what it prints thrown away.</summary>
    public static HlVm Load(string name, string version = "4.3.6", HlVmOptions? options = null) =>
        HlVm.Load(Find(version, name), (options ?? new HlVmOptions()) with { Output = Stream.Null });

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HlDynamic.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
