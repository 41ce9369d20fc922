namespace HlDynamic.Cli;

/// <summary>The tool <c>hldyn</c>.</summary>
internal static class Program
{
    // Running a program is what has to start fast: it goes past the command line library, which takes its time to load.
    public static int Main(string[] args)
    {
        bool useCache = args is not ["run", "--no-cache", ..];
        int fileAt = useCache ? 1 : 2;
        if (args.Length <= fileAt || args[0] != "run" || args[fileAt].StartsWith('-'))
            return Commands.Run(args);
        var rest = new string[args.Length - fileAt - 1];
        Array.Copy(args, fileAt + 1, rest, 0, rest.Length);
        return RunCommand.Run(args[fileAt], rest, useCache);
    }
}
