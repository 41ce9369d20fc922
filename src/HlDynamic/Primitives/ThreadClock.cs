using System.Runtime.InteropServices;

namespace HlDynamic.Primitives;

/// <summary>The processor time of the running thread, which the base class library does not tell.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>The time in seconds; null where the system is not known here.</summary>
    public static double? Seconds()
    {
        if (OperatingSystem.IsWindows())
            return GetThreadTimes(GetCurrentThread(), out _, out _, out _, out long user) ? TimeSpan.FromTicks(user).TotalSeconds : 0;
        return OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out Time time) == 0 ? time.Seconds + time.Nanoseconds * 1e-9 : null;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(nint thread, out long creation, out long exit, out long kernel, out long user);

    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
