namespace HlDynamic.Benchmarks;

/// <summary>The compiled Haxe programs that benchmarks run.</summary>
internal static class Fixtures
{
    /// <summary>Loads <c>haxe/bin/4.3.6/NAME.hl</c>, with its output thrown away.</summary>
    public static HlVm Load(string name, HlVmOptions? options = null) =>
        HlVm.Load(Path(name), (options ?? new HlVmOptions()) with { Output = Stream.Null });

    /// <summary>A Jint engine with <c>Subject.js</c>.</summary>
    public static Jint.Engine LoadJint() => new Jint.Engine().Execute(File.ReadAllText(Script));

    /// <summary>A Jurassic engine with <c>Subject.js</c>.</summary>
    public static Jurassic.ScriptEngine LoadJurassic()
    {
        var engine = new Jurassic.ScriptEngine();
        engine.ExecuteFile(Script);
        return engine;
    }

    /// <summary>A Lua state with <c>Subject.lua</c>.</summary>
    public static NLua.Lua LoadLua()
    {
        var lua = new NLua.Lua();
        lua.State.Encoding = System.Text.Encoding.UTF8;
        lua.DoFile(FindAbove("perf", "HlDynamic.Benchmarks", "Subject.lua"));
        return lua;
    }

    private static string Script => FindAbove("perf", "HlDynamic.Benchmarks", "Subject.js");

    private static string Path(string name) => FindAbove("haxe", "bin", "4.3.6", name + ".hl");

    // BenchmarkDotNet runs benchmarks in a folder of its own, somewhere below the project.
    private static string FindAbove(params string[] path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string full = System.IO.Path.Combine([folder.FullName, .. path]);
            if (File.Exists(full))
                return full;
        }
        throw new FileNotFoundException($"There is no {string.Join('/', path)} above {AppContext.BaseDirectory}.");
    }

    /// <summary>Ends a benchmark whose result is wrong.</summary>
    public static void Expect(object expected, object? actual)
    {
        if (!expected.Equals(actual))
            throw new InvalidOperationException($"Expected {expected}, got {actual}.");
    }
}
