using System.Text;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Cli;

/// <summary><c>hldyn run FILE [ARGS]</c>: what HashLink's own <c>hl FILE ARGS</c> does.</summary>
internal static class RunCommand
{
    // As much as programs find where HashLink runs them, and room for frames that are not optimised yet.
    private const int StackSize = 256 << 20;

    /// <summary>Runs a program to its end, on the process's own streams, and returns its exit code.</summary>
    public static int Run(string file, string[] arguments, bool useCache = true)
    {
        // They are open as long as the process is: threads of the program may still print when it ends. The console in
        // functions of its own is loaded only if it is asked for.
        Stream output = OpenStandard(1, () => Console.OpenStandardOutput()), error = OpenStandard(2, () => Console.OpenStandardError());
        return Run(file, new HlVmOptions { Arguments = arguments, Output = output, Error = error, CacheDirectory = useCache ? CacheDirectory.Find() : null });
    }

    /// <summary>Runs a program to its end and returns its exit code; all there is to say goes to the streams of the options.</summary>
    public static int Run(string file, HlVmOptions options)
    {
        var end = new ProgramEnd();
        options = options with { RunEntryPoint = false, Exiting = end.Set };
        var main = new Thread(() => end.Set(RunMain(file, options, end)), StackSize) { IsBackground = true };
        main.Start();
        return end.Wait();
    }

    private static Stream OpenStandard(int descriptor, Func<Stream> console) =>
        OperatingSystem.IsWindows() ? console() : new UnixOutput(descriptor, console);

    private static int RunMain(string file, HlVmOptions options, ProgramEnd end)
    {
        HlVm? vm = null;
        try
        {
            vm = HlVm.Load(file, options);
            vm.Start();
            return 0;
        }
        catch (HlExitException exit)
        {
            return exit.ExitCode;
        }
        // Another thread has ended the program, and with it the streams there were to write to.
        catch (Exception) when (end.IsSet)
        {
            return 1;
        }
        catch (HlBytecodeException e)
        {
            Write(options.Error, e.Message + Environment.NewLine);
            return 1;
        }
        catch (Exception e) when (vm is null && e is IOException or UnauthorizedAccessException)
        {
            Write(options.Error, (e is FileNotFoundException or DirectoryNotFoundException ? $"File not found '{file}'" : e.Message) + Environment.NewLine);
            return 1;
        }
        catch (Exception e) when (vm is not null)
        {
            Write(options.Output, vm.DescribeUncaught(e));
            return 1;
        }
    }

    private static void Write(Stream? stream, string text) => stream?.Write(Encoding.UTF8.GetBytes(text));
}
