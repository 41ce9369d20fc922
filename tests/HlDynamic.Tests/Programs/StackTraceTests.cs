using HlDynamic.Bytecode;
using NUnit.Framework;

namespace HlDynamic.Tests.Programs;

public sealed class StackTraceTests
{
    [TestCaseSource(typeof(Fixtures), nameof(Fixtures.Versions))]
    public void A_dotnet_stack_trace_names_haxe_methods_files_and_lines(string version)
    {
        using HlVm vm = HlVm.Load(Fixtures.Find(version, "hello"), new HlVmOptions { Output = Stream.Null });
        HlFunctionDef function = vm.Module.Functions.First(f => f.DisplayName == "Player.takeDamage");
        var takeDamage = vm.Program.GetMethod(function).CreateDelegate<Action<object?, int>>();

        var error = Assert.Throws<NullReferenceException>(() => takeDamage(null, 5));

        Assert.That(error!.StackTrace, Does.Match(@"at Player\.takeDamage\(Int32 amount\) in .*Player\.hx:line \d+"));
    }
}
