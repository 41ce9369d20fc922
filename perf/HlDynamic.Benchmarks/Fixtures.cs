namespace HlDynamic.Benchmarks;

/// <summary>The compiled Haxe programs that benchmarks run.</summary>
internal static class Fixtures
{
    /// <summary>Loads <c>haxe/bin/4.3.6/NAME.hl</c>, with its output thrown away.</summary>
    public static HlVm Load(string name, HlVmOptions? options = null) =>
        HlVm.Load(Path(name), (options ?? new HlVmOptions()) with { Output = Stream.Null });

    // BenchmarkDotNet runs benchmarks in a folder of its own, somewhere below the project.
    private static string Path(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = System.IO.Path.Combine(folder.FullName, "haxe", "bin", "4.3.6", name + ".hl");
            if (File.Exists(path))
                return path;
        }
        throw new FileNotFoundException($"There is no haxe/bin/4.3.6/{name}.hl above {AppContext.BaseDirectory}.");
    }

    /// <summary>Ends a benchmark whose result is wrong.</summary>
    public static void Expect(object expected, object? actual)
    {
        if (!expected.Equals(actual))
            throw new InvalidOperationException($"Expected {expected}, got {actual}.");
    }
}
