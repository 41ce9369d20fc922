namespace HlDynamic.Cli;

/// <summary>The tool <c>hldyn</c>.</summary>
internal static class Program
{
    // Running a program is what has to start fast: it goes past the command line library, which takes its time to load.
    public static int Main(string[] args) => args is ["run", var file, .. var rest] && !file.StartsWith('-')
        ? RunCommand.Run(file, rest)
        : Commands.Run(args);
}
