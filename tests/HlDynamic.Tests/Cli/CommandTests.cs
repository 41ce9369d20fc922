using HlDynamic.Cli;
using HlDynamic.Tests.Bytecode;
using NUnit.Framework;

namespace HlDynamic.Tests.Cli;

public sealed class CommandTests
{
    private static string Hello => Fixtures.Find("4.3.6", "hello");

    [Test]
    public void Info_tells_what_a_module_consists_of()
    {
        (int code, string output, string error) = Run("info", Hello);

        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.Match(@"version +4\b").And.Match(@"debug +yes").And.Match(@"natives +\d+").And.Match(@"Obj +\d+").And.Match(@"std +\d+"));
    }

    [Test]
    public void Disasm_writes_all_functions()
    {
        (int code, string output, _) = Run("disasm", Hello);

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("$Std.string (").And.Contain("String.indexOf ("));
    }

    [TestCase("$Std.string")]
    [TestCase("Std.string")]
    public void Disasm_finds_a_function_by_name(string name)
    {
        (int code, string output, _) = Run("disasm", Hello, "--function", name);

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("$Std.string (String (dynamic)) function "));
    }

    [Test]
    public void Disasm_finds_a_function_by_number()
    {
        (int code, string output, _) = Run("disasm", Hello, "-f", "1");

        Assert.That(code, Is.Zero);
        Assert.That(output.Split('\n')[0], Does.EndWith(" function 1"));
    }

    [Test]
    public void Disasm_suggests_the_nearest_names()
    {
        (int code, string output, string error) = Run("disasm", Hello, "-f", "Std.strin");

        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(error, Does.Contain("There is no function Std.strin in").And.Contain("Did you mean Std.string?"));
        AssertOneLine(error);
    }

    [TestCase("info")]
    [TestCase("disasm")]
    public void A_bad_file_is_told_on_one_line(string command)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "HLB!");
            (int code, string output, string error) = Run(command, file);

            Assert.That((code, output), Is.EqualTo((1, "")));
            Assert.That(error, Does.Contain("version 33 is not supported"));
            AssertOneLine(error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void A_missing_file_is_told_on_one_line()
    {
        (int code, _, string error) = Run("info", "nowhere.hl");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("nowhere.hl"));
        AssertOneLine(error);
    }

    [TestCase("frob")]
    [TestCase("info")]
    [TestCase("disasm", "x.hl", "--what")]
    [TestCase("run")]
    public void Wrong_usage_is_told_on_one_line(params string[] args)
    {
        (int code, string output, string error) = Run(args);

        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(error, Does.Contain("hldyn --help"));
        AssertOneLine(error);
    }

    [Test]
    public void Help_lists_the_commands()
    {
        (int code, string output, _) = Run("--help");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("run").And.Contain("info").And.Contain("disasm"));
    }

    private static void AssertOneLine(string text) => Assert.That(text.TrimEnd().Split('\n'), Has.Length.EqualTo(1));

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using var newOutput = new StringWriter();
        using var newError = new StringWriter();
        try
        {
            Console.SetOut(newOutput);
            Console.SetError(newError);
            return (Program.Main(args), newOutput.ToString(), newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
