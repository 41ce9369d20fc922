using System.ComponentModel;
using System.Diagnostics;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Other programs, with pipes to them (HashLink std/process.c).</summary>
internal static class StdProcesses
{
    [HlPrimitive("std", "process_run")]
    public static object? ProcessRun(HlBytes command, HlArray? arguments, bool detached)
    {
        ProcessStartInfo start = arguments is null ? Shell(HlPaths.Read(command)) : new ProcessStartInfo(HlPaths.Read(command));
        for (int i = 0; arguments is not null && i < arguments.Length; i++)
            start.ArgumentList.Add(HlPaths.Read(HlCast.ToBytes(arguments[i])));
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = !detached;
        try
        {
            return ChildProcess.Run(start);
        }
        catch (Win32Exception) when (arguments is not null && !OperatingSystem.IsWindows())
        {
            // There the program would be found missing only by a copy of this process, which says so and ends.
            ProcessStartInfo failure = Shell("""echo "Command not found : $0" >&2; exit 1""");
            failure.ArgumentList.Add(start.FileName);
            failure.RedirectStandardInput = failure.RedirectStandardOutput = failure.RedirectStandardError = !detached;
            return ChildProcess.Run(failure);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>How a command line is run.</summary>
    internal static ProcessStartInfo Shell(string command) => OperatingSystem.IsWindows()
        ? new ProcessStartInfo("cmd.exe", "/c " + command) { UseShellExecute = false }
        : new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", command }, UseShellExecute = false };

    [HlPrimitive("std", "process_stdout_read")]
    public static int ProcessStdoutRead(object process, HlBytes buffer, int position, int length) =>
        Read(((Process)process).StandardOutput.BaseStream, buffer.Span(position, length));

    [HlPrimitive("std", "process_stderr_read")]
    public static int ProcessStderrRead(object process, HlBytes buffer, int position, int length) =>
        Read(((Process)process).StandardError.BaseStream, buffer.Span(position, length));

    private static int Read(Stream stream, Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        return count > 0 ? count : -1;
    }

    [HlPrimitive("std", "process_stdin_write")]
    public static int ProcessStdinWrite(object process, HlBytes buffer, int position, int length)
    {
        try
        {
            Stream stream = ((Process)process).StandardInput.BaseStream;
            stream.Write(buffer.Span(position, length));
            stream.Flush();
            return length;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return -1;
        }
    }

    [HlPrimitive("std", "process_stdin_close")]
    public static bool ProcessStdinClose(object process)
    {
        ((Process)process).StandardInput.BaseStream.Close();
        return true;
    }

    [HlPrimitive("std", "process_exit")]
    public static int ProcessExit(object process, ref bool running)
    {
        var child = (ChildProcess)process;
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref running))
        {
            running = !child.HasExited;
            return running ? 0 : child.Result;
        }
        child.WaitForExit();
        return child.Result;
    }

    [HlPrimitive("std", "process_pid")]
    public static int ProcessPid(object process) => ((Process)process).Id;

    [HlPrimitive("std", "process_close")]
    public static void ProcessClose(object process)
    {
        var child = (Process)process;
        if (!child.StartInfo.RedirectStandardInput)
            return;
        child.StandardInput.BaseStream.Close();
        child.StandardOutput.BaseStream.Close();
        child.StandardError.BaseStream.Close();
    }

    [HlPrimitive("std", "process_kill")]
    public static void ProcessKill(object process)
    {
        ((ChildProcess)process).End();
    }

    private sealed class ChildProcess : Process
    {
        private bool isEnded;

        public static ChildProcess Run(ProcessStartInfo start)
        {
            var child = new ChildProcess { StartInfo = start };
            child.Start();
            return child;
        }

        public void End()
        {
            if (HasExited)
                return;
            isEnded = true;
            Kill();
        }

        // HashLink tells what a signal ended from what exits with 128 and the signal. .NET does not, so only the signal
        // that was sent from here is known.
        public int Result => isEnded && !OperatingSystem.IsWindows() && ExitCode == 128 + 9 ? 0x40000000 | 9 : ExitCode;
    }
}
