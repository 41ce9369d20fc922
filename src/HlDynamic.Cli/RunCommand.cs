using System.Text;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Cli;

/// <summary><c>hldyn run FILE [ARGS]</c>: what HashLink's own <c>hl FILE ARGS</c> does.</summary>
internal static class RunCommand
{
    // As much as programs find where HashLink runs them, and room for frames that are not optimised yet.
    private const int StackSize = 256 << 20;

    /// <summary>Runs a program to its end and returns its exit code.</summary>
    public static int Run(string file, string[] arguments)
    {
        int exitCode = 0;
        var main = new Thread(() => exitCode = RunMain(file, arguments), StackSize);
        main.Start();
        main.Join();
        return exitCode;
    }

    private static int RunMain(string file, string[] arguments)
    {
        using Stream output = Console.OpenStandardOutput();
        HlVm? vm = null;
        try
        {
            vm = HlVm.Load(file, new HlVmOptions { Arguments = arguments, RunEntryPoint = false, Output = output });
            vm.Start();
            return 0;
        }
        catch (HlExitException exit)
        {
            return exit.ExitCode;
        }
        catch (HlBytecodeException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            Console.Error.WriteLine($"File not found '{file}'");
            return 1;
        }
        catch (Exception e) when (vm is not null)
        {
            output.Write(Encoding.UTF8.GetBytes(vm.DescribeUncaught(e)));
            return 1;
        }
    }
}
