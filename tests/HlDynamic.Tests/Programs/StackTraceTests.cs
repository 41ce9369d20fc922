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
}
