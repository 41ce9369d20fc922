using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Hosting;

/// <summary>Sys.exit ends a program, and leaves its host alone.</summary>
public sealed class ExitTests
{
    [Test]
    public void A_program_that_ends_itself_leaves_main_with_its_exit_code()
    {
        int? code = null;

        var exit = Assert.Throws<HlExitException>(() => Fixtures.Load("ExitCode", options: new HlVmOptions { Exiting = c => code = c }));

        Assert.That(exit!.ExitCode.ToString(), Is.EqualTo(Fixtures.Expected("4.3.6", "ExitCode", "code")!.Trim()));
        Assert.That(code, Is.EqualTo(exit.ExitCode));
    }

    [Test]
    public void A_host_is_told_when_a_thread_of_the_program_ends_it()
    {
        var code = new TaskCompletionSource<int>();
        var main = new Thread(() => Fixtures.Load("ExitInThread", options: new HlVmOptions { Exiting = code.SetResult })) { IsBackground = true };
        main.Start();

        Assert.That(code.Task.Wait(TimeSpan.FromSeconds(30)));
        Assert.That(code.Task.Result, Is.EqualTo(5));
    }
}
