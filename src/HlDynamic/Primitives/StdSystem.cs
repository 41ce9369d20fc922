using System.Buffers;
using System.Collections;
using System.Diagnostics;
using System.Globalization;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>The program and the system it runs on (HashLink std/sys.c).</summary>
internal static class StdSystem
{
    private const int AutoFlush = 2;

    [HlPrimitive("std", "sys_utf8_path")]
    public static bool SysUtf8Path() => HlPaths.IsUtf8;

    [HlPrimitive("std", "sys_is64")]
    public static bool SysIs64() => Environment.Is64BitProcess;

    [HlPrimitive("std", "sys_string")]
    public static HlBytes SysString() => HlBytes.FromString(
        OperatingSystem.IsWindows() ? "Windows"
        : OperatingSystem.IsMacOS() ? "Mac"
        : OperatingSystem.IsAndroid() ? "Android"
        : OperatingSystem.IsIOS() ? "iOS"
        : OperatingSystem.IsTvOS() ? "tvOS"
        : OperatingSystem.IsFreeBSD() ? "BSD"
        : OperatingSystem.IsBrowser() ? "Emscripten"
        : "Linux");

    [HlPrimitive("std", "sys_locale")]
    public static HlBytes SysLocale() => HlPaths.Write(OperatingSystem.IsWindows()
        ? CultureInfo.InstalledUICulture.Name
        : Environment.GetEnvironmentVariable("LANG"));

    // Dates are printed in numbers only, which no locale changes.
    [HlPrimitive("std", "sys_set_time_locale")]
    public static bool SysSetTimeLocale(HlBytes locale) => !locale.IsNull;

    [HlPrimitive("std", "sys_print")]
    public static void SysPrint(HlContext context, HlBytes text)
    {
        ReadOnlySpan<char> chars = text.Chars();
        int size = chars.Length * 3;
        byte[]? rented = null;
        Span<byte> target = size <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(Math.Max(size, StdStrings.Utf8Length(chars)));
        int written = StdStrings.WriteUtf8(chars, target);
        lock (context.Output)
        {
            context.Output.Write(target[..written]);
            if ((context.State<PrintState>().Flags & AutoFlush) != 0)
                context.Output.Flush();
        }
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    [HlPrimitive("std", "sys_set_flags")]
    public static int SysSetFlags(HlContext context, int flags) => context.State<PrintState>().Flags = flags;

    [HlPrimitive("std", "sys_get_char")]
    public static int SysGetChar(HlContext context, bool echo)
    {
        // A terminal gives the key at once; anything else the next byte.
        int c = Console.IsInputRedirected || context.Input.GetType().Assembly != typeof(Console).Assembly
            ? context.Input.ReadByte()
            : Console.ReadKey(intercept: true).KeyChar;
        if (echo && c >= 0)
            SysPrint(context, HlBytes.FromString([(char)c]));
        return c;
    }

    [HlPrimitive("std", "sys_exit")]
    public static void SysExit(HlContext context, int code)
    {
        context.Exiting?.Invoke(code);
        throw new HlExitException(code);
    }

    [HlPrimitive("std", "sys_args")]
    public static HlArray SysArgs(HlContext context) => StdArrays.Of(context, [.. context.Arguments.Select(HlPaths.Write)]);

    [HlPrimitive("std", "sys_hl_file")]
    public static HlBytes SysHlFile(HlContext context) => HlPaths.Write(context.ProgramPath);

    [HlPrimitive("std", "sys_exe_path")]
    public static HlBytes SysExePath() => HlPaths.Write(Environment.ProcessPath);

    [HlPrimitive("std", "sys_getpid")]
    public static int SysGetpid() => Environment.ProcessId;

    [HlPrimitive("std", "sys_time")]
    public static double SysTime() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond;

    [HlPrimitive("std", "sys_timestamp_ms")]
    public static long SysTimestampMs() => (long)(Stopwatch.GetTimestamp() * (1000.0 / Stopwatch.Frequency));

    [HlPrimitive("std", "sys_cpu_time")]
    public static double SysCpuTime() => Environment.CpuUsage.TotalTime.TotalSeconds;

    [HlPrimitive("std", "sys_thread_cpu_time")]
    public static double SysThreadCpuTime() =>
        ThreadClock.Seconds() ?? throw HaxeError.Text("sys_thread_cpu_time not implemented on this platform");

    [HlPrimitive("std", "sys_sleep")]
    public static void SysSleep(double seconds)
    {
        if (seconds > 0)
            Thread.Sleep(TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue / 1000)));
    }

    [HlPrimitive("std", "sys_process_memory")]
    public static double SysProcessMemory() => Environment.WorkingSet;

    [HlPrimitive("std", "sys_get_env")]
    public static HlBytes SysGetEnv(HlBytes name) => HlPaths.Write(Environment.GetEnvironmentVariable(HlPaths.Read(name)));

    [HlPrimitive("std", "sys_put_env")]
    public static bool SysPutEnv(HlBytes name, HlBytes value)
    {
        string variable = HlPaths.Read(name);
        if (variable.Length == 0 || variable.Contains('='))
            return false;
        Environment.SetEnvironmentVariable(variable, value.IsNull ? null : HlPaths.Read(value));
        return true;
    }

    [HlPrimitive("std", "sys_env")]
    public static HlArray SysEnv(HlContext context)
    {
        var items = new List<HlBytes>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            items.Add(HlPaths.Write((string)variable.Key));
            items.Add(HlPaths.Write((string?)variable.Value ?? ""));
        }
        return StdArrays.Of(context, [.. items]);
    }

    [HlPrimitive("std", "sys_command")]
    public static int SysCommand(HlContext context, HlBytes command)
    {
        lock (context.Output)
            context.Output.Flush();
        using Process process = Process.Start(StdProcesses.Shell(HlPaths.Read(command)))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    [HlPrimitive("std", "sys_has_debugger")]
    public static bool SysHasDebugger() => Debugger.IsAttached;

    // Programs that HashLink did not start with --hot-reload never change either.
    [HlPrimitive("std", "sys_check_reload")]
    public static bool SysCheckReload(HlBytes file) => false;

    [HlPrimitive("std", "sys_load_plugin")]
    public static bool SysLoadPlugin(HlBytes file) => file.IsNull || IsModule(new string(file.Chars())) ? throw Unsupported("sys_load_plugin") : false;

    [HlPrimitive("std", "sys_resolve_type")]
    public static object? SysResolveType(HlType type, HlType global) => throw Unsupported("sys_resolve_type");

    private static HlUnsupportedException Unsupported(string name) =>
        new("std", name, "a program does not share its types with a second module; load that into a VM of its own");

    // HashLink answers false for what it cannot load.
    private static bool IsModule(string file)
    {
        try
        {
            HlModule.Read(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HlBytecodeException)
        {
            return false;
        }
    }

    [HlPrimitive("std", "sys_special")]
    public static HlBytes SysSpecial(HlBytes key) => throw HaxeError.Text("Unknown sys_special key");

    internal sealed class PrintState
    {
        public int Flags = AutoFlush;
    }
}
