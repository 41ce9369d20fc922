using NUnit.Framework;

namespace HlDynamic.Tests.Programs;

/// <summary>What only some libraries need is not loaded by programs that do without them.</summary>
public sealed class LazyPackageTests
{
    private static readonly string[] Lazy = ["SQLitePCLRaw", "System.Net", "System.Security.Cryptography", "System.IO.Compression"];

    [Test]
    public void A_program_that_only_prints_loads_nothing_for_databases_sockets_and_archives() =>
        Assert.That(LoadedBy("HelloWorld").Where(IsLazy), Is.Empty);

    [Test]
    public void A_program_that_opens_a_database_loads_SQLite() => Assert.That(LoadedBy("SqliteDb"), Has.Some.StartsWith("SQLitePCLRaw"));

    [Test]
    public void A_program_that_compresses_loads_no_SQLite() =>
        Assert.That(LoadedBy("FmtZip").Where(IsLazy), Has.Some.EqualTo("System.IO.Compression").And.None.StartsWith("SQLitePCLRaw"));

    private static bool IsLazy(string assembly) => Lazy.Any(l => assembly.StartsWith(l, StringComparison.Ordinal));

    private static string[] LoadedBy(string fixture)
    {
        string list = Path.GetTempFileName();
        try
        {
            (int code, _, string error) = Tool.Run(["run", Fixtures.Find(fixture)],
                ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location), (StartupHook.ListVariable, list));
            Assert.That(code, Is.Zero, error);
            string[] loaded = File.ReadAllLines(list);
            Assert.That(loaded, Has.Member("HlDynamic"));
            return loaded;
        }
        finally
        {
            File.Delete(list);
        }
    }
}
