using System.CommandLine;
using HlDynamic.Bytecode;

namespace HlDynamic.Cli;

/// <summary><c>hldyn info FILE</c>: what a module consists of.</summary>
internal static class InfoCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> file = Commands.CreateFileArgument();
        var command = new Command("info", "Show what a module consists of.") { file };
        command.SetAction(result => Commands.WithModule(result.GetRequiredValue(file), module =>
        {
            Write(module, Console.Out);
            return 0;
        }));
        return command;
    }

    private static void Write(HlModule module, TextWriter output)
    {
        HlFunctionDef entryPoint = module.FindFunction(module.EntryPoint)!;
        output.WriteLine($"""
            file          {module.Name}
            size          {module.Size:N0} bytes
            version       {module.Version}
            debug         {(module.HasDebug ? $"yes, {module.DebugFiles.Length:N0} source files" : "no")}
            entry point   function {module.EntryPoint}, {entryPoint.Instructions.Length:N0} instructions
            strings       {module.Strings.Length:N0}
            ints          {module.Ints.Length:N0}
            floats        {module.Floats.Length:N0}
            bytes         {(module.Version >= 5 ? module.ByteConstants.Length : 0):N0}
            globals       {module.Globals.Length:N0}
            constants     {module.Constants.Length:N0}
            functions     {module.Functions.Length:N0}
            instructions  {module.Functions.Sum(f => (long)f.Instructions.Length):N0}
            """);
        WriteGroups(output, "types", module.Types.CountBy(t => t.Kind.ToString()));
        WriteGroups(output, "natives", module.Natives.CountBy(n => n.IsOptional ? $"{n.Library} (optional)" : n.Library));
    }

    private static void WriteGroups(TextWriter output, string title, IEnumerable<KeyValuePair<string, int>> groups)
    {
        KeyValuePair<string, int>[] sorted = [.. groups.OrderByDescending(g => g.Value).ThenBy(g => g.Key, StringComparer.Ordinal)];
        output.WriteLine($"{title,-13} {sorted.Sum(g => g.Value):N0}");
        foreach ((string name, int count) in sorted)
            output.WriteLine($"  {name,-20} {count,7:N0}");
    }
}
