using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace HlDynamic.Programs;

/// <summary>HashLink, if there is one: the command that the environment variable HL names, or <c>hl</c> on the PATH.</summary>
internal sealed class HashLink
{
    private readonly string command = Environment.GetEnvironmentVariable("HL") is { Length: > 0 } named ? named : "hl";

    /// <summary>Whether it can be run.</summary>
    public bool Exists { get; }

    public HashLink() => Exists = Run("--version") is not null;

    /// <summary>The checksum of a program and the milliseconds of its best round, which it measures itself.</summary>
    public (int Sum, double Time) Measure(string file, string name, int size, int rounds)
    {
        string output = Run(file, name, size.ToString(), rounds.ToString()) ?? "";
        return output.Split(' ', StringSplitOptions.TrimEntries) is [var sum, var seconds]
            ? (int.Parse(sum), 1000 * double.Parse(seconds, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{command} {file} {name} printed: {output}");
    }

    private string? Run(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
