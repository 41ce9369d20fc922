using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Programs;

public sealed class StackTraceTests
{
    [TestCaseSource(typeof(Fixtures), nameof(Fixtures.Versions))]
    public void A_dotnet_stack_trace_names_haxe_methods_files_and_lines(string version)
    {
        using HlVm vm = HlVm.Load(Fixtures.Find(version, "hello"), new HlVmOptions { Output = Stream.Null });

        var error = Assert.Throws<HaxeException>(() => vm.CallStatic("Game", "fail", "no"));

        Assert.That(error!.StackTrace, Does.Match(@"at \$Game\.fail\(String message\) in .*Hello\.hx:line 82\b"));
    }

    [TestCaseSource(typeof(Fixtures), nameof(Fixtures.Versions))]
    public void A_stack_trace_begins_with_the_functions_that_an_exception_left_by_returning(string version)
    {
        using HlVm vm = HlVm.Load(Fixtures.Find(version, "ThrowWays"), new HlVmOptions { Output = Stream.Null });

        var error = Assert.Throws<HaxeException>(() => vm.CallStatic("ThrowWays", "again", 5));

        Assert.That(error!.StackTrace, Does.Match(
            @"(?s)^   at \$ThrowWays\.int in .*ThrowWays\.hx:line 39\s+at \$ThrowWays\.direct in .*ThrowWays\.hx:line 275\s+at .*again"));
    }

    private static IEnumerable<TestCaseData> Stacks =>
        from version in Fixtures.Versions
        from name in (string[])["StackOrder", "StackAfterCatch", "StackOfSmall"]
        select new TestCaseData(version, name);

    // Without tiers every function is optimised when it first runs, as it is later on otherwise.
    [TestCaseSource(nameof(Stacks))]
    public void Stacks_name_functions_that_the_jit_compiled_into_their_callers(string version, string name) =>
        Assert.That(Tool.Run(["run", Fixtures.Find(version, name)], ("DOTNET_TieredCompilation", "0")),
            Is.EqualTo((0, Fixtures.Expected(version, name, "out"), "")));
}
