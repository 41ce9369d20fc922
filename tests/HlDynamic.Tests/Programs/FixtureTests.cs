using System.Text;
using HlDynamic.Cli;
using NUnit.Framework;

namespace HlDynamic.Tests.Programs;

/// <summary>Each fixture, built by each compiler, prints what it prints on HashLink and ends as it ends there.</summary>
[NonParallelizable]
public sealed class FixtureTests
{
    private static IEnumerable<TestCaseData> All => Fixtures.All.Select(file =>
        new TestCaseData(Path.GetFileName(Path.GetDirectoryName(file))!, Path.GetFileNameWithoutExtension(file)));

    private static IEnumerable<TestCaseData> Newest => All.Where(test => (string)test.Arguments[0]! == Fixtures.Versions[^1]);

    [TestCaseSource(nameof(All))]
    public void A_program_does_what_it_does_on_HashLink(string version, string name) => Check(version, name, null);

    [TestCaseSource(nameof(Newest))]
    public void A_program_from_the_compile_cache_does_so_too(string version, string name)
    {
        string cache = Directory.CreateTempSubdirectory("hldyn").FullName;
        try
        {
            HlVm.Load(Fixtures.Find(version, name), new HlVmOptions { RunEntryPoint = false, CacheDirectory = cache }).Dispose();
            Assert.That(Directory.GetFiles(cache), Has.Length.EqualTo(1));
            Check(version, name, cache);
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    private static void Check(string version, string name, string? cache)
    {
        string? expected = Fixtures.Expected(version, name, "out");
        if (expected is null)
            Assert.Ignore($"haxe/expected has no {name}.out.");

        (int code, string output, string error) = Run(Fixtures.Find(version, name), Fixtures.Arguments(name), cache);

        Assert.That(output, Is.EqualTo(expected));
        Assert.That(error, Is.EqualTo(Fixtures.Expected(version, name, "err") ?? ""));
        Assert.That(code.ToString(), Is.EqualTo(Fixtures.Expected(version, name, "code")?.Trim() ?? "0"));
    }

    // Some programs write files where they are.
    private static (int Code, string Output, string Error) Run(string file, string[] arguments, string? cache)
    {
        string folder = Directory.CreateTempSubdirectory("hldyn").FullName, before = Environment.CurrentDirectory;
        using MemoryStream output = new(), error = new();
        try
        {
            Environment.CurrentDirectory = folder;
            int code = RunCommand.Run(file, new HlVmOptions { Arguments = arguments, Output = output, Error = error, Input = Stream.Null, CacheDirectory = cache });
            return (code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Directory.Delete(folder, recursive: true);
        }
    }
}
