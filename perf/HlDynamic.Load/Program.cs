using System.Diagnostics;
using System.Globalization;

namespace HlDynamic.Load;

/// <summary>
/// How long modules take to load, by their size. Each figure comes from processes of their own, which have loaded a small
/// module before, so that what is measured grows with the module.
/// </summary>
internal static class Program
{
    private const int Runs = 5;

    // Classes of the generated programs: 10 KB is what Haxe's own start-up takes, the last one is 5 MB.
    private static readonly int[] Classes = [0, 10, 40, 130, 270, 520, 1020, 1280];

    public static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args is ["--measure", var kind, var warmUp, var file])
        {
            Console.WriteLine(Measurement.Take(kind, warmUp, file));
            return 0;
        }
        string directory = Directory.CreateTempSubdirectory("hldynamic-load").FullName;
        try
        {
            string[] files = args.Length > 0 ? args : [.. Classes.Select(count => GeneratedProgram.Build(directory, count))];
            Report(files, Path.Combine(directory, "cache"));
            return 0;
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Report(string[] files, string cache)
    {
        Console.WriteLine("""
            | KB | functions | instructions | read, ms | compile and load, ms | instructions/s | load from the cache, ms | start to first call, ms | the same from the cache, ms | peak memory, MB | from the cache, MB |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """);
        foreach (string file in files)
        {
            Measurement compiled = Median(Run("compile", files[0], file, null));
            // Once to fill it.
            Measure("cached", files[0], file, cache);
            Measurement cached = Median(Run("cached", files[0], file, cache));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {compiled.Size / 1e3:F0} | {compiled.Functions:N0} | {compiled.Instructions:N0} | {compiled.Read:F1} | {compiled.Load:F0} | {compiled.Instructions / compiled.Load * 1000:N0} | {cached.Load:F0} | {compiled.FirstCall:F0} | {cached.FirstCall:F0} | {compiled.Peak:F0} | {cached.Peak:F0} |"));
        }
    }

    private static Measurement[] Run(string kind, string warmUp, string file, string? cache) =>
        [.. Enumerable.Range(0, Runs).Select(_ => Measure(kind, warmUp, file, cache))];

    private static Measurement Median(Measurement[] runs) => runs.OrderBy(r => r.FirstCall).ElementAt(runs.Length / 2);

    private static Measurement Measure(string kind, string warmUp, string file, string? cache)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (string argument in (string[])["--measure", kind, warmUp, file])
            start.ArgumentList.Add(argument);
        start.Environment["HLDYNAMIC_LOAD_CACHE"] = cache;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Measurement.Parse(output) : throw new InvalidOperationException($"{file} cannot be measured: exit code {process.ExitCode}.");
    }
}
