using NUnit.Framework;

namespace HlDynamic.Tests.Programs;

/// <summary>The tool as a process of its own: its streams and its exit code.</summary>
public sealed class ToolTests
{
    [Test]
    public void Run_prints_what_the_program_prints() =>
        Assert.That(Run(Fixtures.Find("HelloWorld")), Is.EqualTo((0, Fixtures.Expected(Fixtures.Versions[^1], "HelloWorld", "out"), "")));

    [Test]
    public void Run_reports_an_exception_that_nobody_catches() =>
        Assert.That(Run(Fixtures.Find("UncaughtString")), Is.EqualTo((1, Fixtures.Expected(Fixtures.Versions[^1], "UncaughtString", "out"), "")));

    [Test]
    public void Run_ends_with_the_code_that_the_program_gives_to_exit() =>
        Assert.That(Run(Fixtures.Find("ExitCode")).Code.ToString(), Is.EqualTo(Fixtures.Expected(Fixtures.Versions[^1], "ExitCode", "code")!.Trim()));

    [Test]
    public void Run_hands_the_arguments_to_the_program() =>
        Assert.That(Run(Fixtures.Find("SysArgs"), Fixtures.Arguments("SysArgs")), Is.EqualTo((0, Fixtures.Expected(Fixtures.Versions[^1], "SysArgs", "out"), "")));

    [Test]
    public void Run_keeps_standard_error_apart() =>
        Assert.That(Run(Fixtures.Find("StdStreams")).Error, Is.EqualTo(Fixtures.Expected(Fixtures.Versions[^1], "StdStreams", "err")));

    [Test]
    public void Run_tells_that_a_file_is_missing()
    {
        (int code, string output, string error) = Run("nowhere.hl");

        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(error, Is.EqualTo($"File not found 'nowhere.hl'{Environment.NewLine}"));
    }

    private static (int Code, string Output, string Error) Run(string file, params string[] arguments) => Tool.Run(["run", file, .. arguments]);
}
