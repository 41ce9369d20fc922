using System.Diagnostics;
using HlDynamic.Cli;

namespace HlDynamic.Tests.Programs;

/// <summary>Runs the tool as a process of its own.</summary>
internal static class Tool
{
    public static (int Code, string Output, string Error) Run(string[] arguments, params (string Name, string Value)[] environment)
    {
        // The test host's own runtime: the tool need not be the same build as the one on the path.
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (string argument in (string[])["exec", typeof(Program).Assembly.Location, .. arguments])
            start.ArgumentList.Add(argument);
        // Tests leave nothing in the user's cache.
        start.Environment["HLDYN_CACHE"] = "";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
