namespace HlDynamic.Cli;

/// <summary>The tool <c>hldyn</c>.</summary>
internal static class Program
{
    // Running a program is what has to start fast: it goes past the command line library, which takes its time to load.
    public static int Main(string[] args) => args switch
    {
        ["run", "--no-cache", var file, .. var rest] when !file.StartsWith('-') => RunCommand.Run(file, rest, useCache: false),
        ["run", var file, .. var rest] when !file.StartsWith('-') => RunCommand.Run(file, rest),
        _ => Commands.Run(args),
    };
}
