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
