using System.Diagnostics;
using System.Globalization;
using HlDynamic.Bytecode;

namespace HlDynamic.Load;

/// <summary>What loading a module once took. Times are processor milliseconds, memory megabytes.</summary>
internal sealed record Measurement(int Size, int Functions, int Instructions, double Read, double Load, double FirstCall, double Peak)
{
    /// <summary>Loads a module, after a small one.</summary>
    /// <param name="kind"><c>compile</c> or <c>cached</c>.</param>
    /// <param name="warmUp">The small one.</param>
    /// <param name="file">The module.</param>
    public static Measurement Take(string kind, string warmUp, string file)
    {
        var options = new HlVmOptions
        {
            RunEntryPoint = false,
            Output = Stream.Null,
            CacheDirectory = kind == "cached" ? Environment.GetEnvironmentVariable("HLDYNAMIC_LOAD_CACHE") : null,
        };
        using (HlVm small = HlVm.Load(warmUp, options))
            CallFirst(small);

        TimeSpan start = ProcessorTime();
        TimeSpan read = start;
        HlVm vm;
        if (kind == "cached")
        {
            vm = HlVm.Load(file, options);
        }
        else
        {
            HlModule module = HlModule.Read(file);
            read = ProcessorTime();
            vm = HlVm.Load(module, options);
        }
        TimeSpan loaded = ProcessorTime();
        CallFirst(vm);
        TimeSpan called = ProcessorTime();
        using Process process = Process.GetCurrentProcess();
        return new Measurement(vm.Module.Size, vm.Module.Functions.Length, vm.Module.Functions.Sum(f => f.Instructions.Length),
            (read - start).TotalMilliseconds, (loaded - read).TotalMilliseconds, (called - start).TotalMilliseconds, PeakOf(process));
    }

    private static void CallFirst(HlVm vm)
    {
        vm.Start();
        vm.CallStatic<object>("Std", "string", 1);
    }

    private static TimeSpan ProcessorTime()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static double PeakOf(Process process) => process.PeakWorkingSet64 / 1e6;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Size} {Functions} {Instructions} {Read} {Load} {FirstCall} {Peak}");

    public static Measurement Parse(string text)
    {
        string[] parts = text.Split(' ');
        double At(int index) => double.Parse(parts[index], CultureInfo.InvariantCulture);
        return new Measurement((int)At(0), (int)At(1), (int)At(2), At(3), At(4), At(5), At(6));
    }
}
