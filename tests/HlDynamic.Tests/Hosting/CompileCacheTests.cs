using System.Diagnostics;
using System.Text;
using HlDynamic.Bytecode;
using HlDynamic.Cli;
using NUnit.Framework;

namespace HlDynamic.Tests.Hosting;

public sealed class CompileCacheTests
{
    private string folder = "", cache = "";

    [SetUp]
    public void Create()
    {
        folder = Directory.CreateTempSubdirectory("hldyn").FullName;
        cache = Path.Combine(folder, "cache");
    }

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_program_that_was_loaded_before_comes_from_the_cache_and_does_the_same()
    {
        (string first, bool wasThere) = Load(Fixtures.Find("hello"));
        (string second, bool isThere) = Load(Fixtures.Find("hello"));

        Assert.That((wasThere, isThere), Is.EqualTo((false, true)));
        Assert.That(second, Is.EqualTo(first).And.Not.Empty);
    }

    [Test]
    public void Nothing_is_kept_unless_a_directory_is_named()
    {
        Load(Fixtures.Find("hello"), new HlVmOptions());
        Assert.That(Directory.Exists(cache), Is.False);
    }

    [Test]
    public void A_program_from_the_cache_is_used_like_any_other()
    {
        Load(Fixtures.Find("hello"));
        using HlVm vm = Fixtures.Load("hello", options: new HlVmOptions { CacheDirectory = cache });
        dynamic hl = vm;
        dynamic p = hl.New("Player", "Hero");
        p.takeDamage(25);

        Assert.That(vm.IsFromCache);
        Assert.That((int)p.health, Is.EqualTo(75));
        Assert.That((int)hl.Game.add(2, 3), Is.EqualTo(5));
        Assert.That((string)hl.Action.Attack("cat").Constructor, Is.EqualTo("Attack"));
    }

    [Test]
    public void The_model_of_a_module_from_the_cache_is_whole()
    {
        Load(Fixtures.Find("hello"));
        using HlVm cached = Fixtures.Load("hello", options: new HlVmOptions { CacheDirectory = cache, RunEntryPoint = false });
        using HlVm read = Fixtures.Load("hello", options: new HlVmOptions { RunEntryPoint = false });

        Assert.That(cached.IsFromCache);
        Assert.That(Describe(cached.Module), Is.EqualTo(Describe(read.Module)));

        static string Describe(HlModule module)
        {
            using var text = new StringWriter();
            HlDisassembler.Write(module, text);
            return text.ToString();
        }
    }

    [Test]
    public void Other_content_is_compiled()
    {
        string file = Copy("hello", "a.hl");
        Load(file);
        Copy("HelloWorld", "a.hl");

        Assert.That(Load(file), Is.EqualTo((Fixtures.Expected(Fixtures.Versions[^1], "HelloWorld", "out"), false)));
        Assert.That(Load(file).IsFromCache);
    }

    [Test]
    public void A_file_with_the_name_of_other_content_is_not_used()
    {
        Load(Copy("hello", "a.hl"));
        string wrong = Files().Single();
        Load(Copy("HelloWorld", "a.hl"));
        string right = Files().Single(f => f != wrong);
        File.Copy(wrong, right, overwrite: true);

        Assert.That(Load(Path.Combine(folder, "a.hl")), Is.EqualTo((Fixtures.Expected(Fixtures.Versions[^1], "HelloWorld", "out"), false)));
    }

    [Test]
    public void Other_options_and_names_are_compiled()
    {
        Load(Copy("hello", "a.hl"));

        Assert.That(Load(Copy("hello", "b.hl")).IsFromCache, Is.False);
        Assert.That(Load(Path.Combine(folder, "a.hl"), new HlVmOptions { CacheDirectory = cache, Coverage = true }).IsFromCache, Is.False);
        Assert.That(Load(Path.Combine(folder, "a.hl"), new HlVmOptions { CacheDirectory = cache, Unloadable = true }).IsFromCache);
    }

    [TestCase(0.0, -1)]
    [TestCase(0.5, -1)]
    [TestCase(1.0, -1)]
    [TestCase(0.0, 3)]
    [TestCase(0.0, 9)]
    [TestCase(0.0, 20)]
    [TestCase(0.4, 0)]
    [TestCase(0.9, 0)]
    public void A_damaged_file_is_compiled_again_and_replaced(double position, int flip)
    {
        Load(Fixtures.Find("hello"));
        string file = Files().Single();
        byte[] bytes = File.ReadAllBytes(file);
        int at = (int)(position * (bytes.Length - 1)) + Math.Max(flip, 0);
        if (flip < 0)
            bytes = bytes[..at];
        else
            bytes[at] ^= 0x10;
        File.WriteAllBytes(file, bytes);

        Assert.That(Load(Fixtures.Find("hello")).IsFromCache, Is.False);
        Assert.That(Load(Fixtures.Find("hello")).IsFromCache);
    }

    [Test]
    public void A_directory_that_cannot_be_used_does_not_matter()
    {
        File.WriteAllText(cache, "a file");

        Assert.That(Load(Fixtures.Find("hello")).IsFromCache, Is.False);
        Assert.That(Load(Fixtures.Find("hello"), new HlVmOptions { CacheDirectory = Path.Combine(cache, "below") }).Output, Is.Not.Empty);
    }

    [Test]
    public void What_was_used_least_recently_goes_when_there_is_too_much()
    {
        string[] names = ["a.hl", "b.hl", "c.hl"];
        for (int i = 0; i < names.Length; i++)
        {
            Load(Copy("hello", names[i]));
            foreach (string file in Files())
                File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddDays(-1));
        }
        long size = Files().Sum(f => new FileInfo(f).Length);
        // Used, so now the latest.
        Load(Path.Combine(folder, "a.hl"));
        Load(Copy("hello", "d.hl"), new HlVmOptions { CacheDirectory = cache, CacheSizeLimit = size });

        Assert.That(Files(), Has.Length.EqualTo(3));
        Assert.That(Load(Path.Combine(folder, "a.hl")).IsFromCache);
        Assert.That(Load(Path.Combine(folder, "c.hl")).IsFromCache);
        Assert.That(Load(Path.Combine(folder, "d.hl")).IsFromCache);
        Assert.That(Load(Path.Combine(folder, "b.hl")).IsFromCache, Is.False);
    }

    [Test]
    public void What_is_larger_than_the_limit_is_not_kept()
    {
        Load(Fixtures.Find("hello"), new HlVmOptions { CacheDirectory = cache, CacheSizeLimit = 1000 });
        Assert.That(Files(), Is.Empty);
    }

    [Test]
    public void Threads_share_a_cache()
    {
        (string Output, bool IsFromCache)[] found = new (string, bool)[8];
        Parallel.For(0, found.Length, i => found[i] = Load(Fixtures.Find("hello")));

        Assert.That(found.Select(f => f.Output).Distinct(), Has.Exactly(1).Items);
        Assert.That(Directory.GetFiles(cache), Has.Length.EqualTo(1));
        Assert.That(Load(Fixtures.Find("hello")).IsFromCache);
    }

    [Test]
    public void Processes_share_a_cache()
    {
        Process[] processes = [.. Enumerable.Range(0, 3).Select(_ => Start("run", Fixtures.Find("HelloWorld")))];
        string?[] outputs = [.. processes.Select(p => p.StandardOutput.ReadToEnd())];
        foreach (Process process in processes)
            process.WaitForExit();

        Assert.That(outputs, Is.All.EqualTo(Fixtures.Expected(Fixtures.Versions[^1], "HelloWorld", "out")));
        Assert.That(Directory.GetFiles(cache), Has.Length.EqualTo(1));
        Assert.That(Load(Fixtures.Find("HelloWorld")).IsFromCache);
    }

    [Test]
    public void The_tool_can_do_without()
    {
        using Process process = Start("run", "--no-cache", Fixtures.Find("HelloWorld"));

        Assert.That(process.StandardOutput.ReadToEnd(), Is.EqualTo(Fixtures.Expected(Fixtures.Versions[^1], "HelloWorld", "out")));
        Assert.That(Directory.Exists(cache), Is.False);
    }

    private (string Output, bool IsFromCache) Load(string file, HlVmOptions? options = null)
    {
        using var output = new MemoryStream();
        using HlVm vm = HlVm.Load(file, (options ?? new HlVmOptions { CacheDirectory = cache }) with { Output = output });
        return (Encoding.UTF8.GetString(output.ToArray()), vm.IsFromCache);
    }

    private string Copy(string fixture, string name)
    {
        string file = Path.Combine(folder, name);
        File.Copy(Fixtures.Find(fixture), file, overwrite: true);
        return file;
    }

    private string[] Files() => Directory.Exists(cache) ? Directory.GetFiles(cache, "*.hlc") : [];

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])["exec", typeof(Program).Assembly.Location, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["HLDYN_CACHE"] = cache;
        return Process.Start(start)!;
    }
}
