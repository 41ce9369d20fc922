namespace HlDynamic.Cli;

/// <summary>The tool <c>hldyn</c>.</summary>
internal static class Program
{
    public static int Main(string[] args) => args is ["run", var file, .. var rest]
        ? RunCommand.Run(file, rest)
        : 2;
}
