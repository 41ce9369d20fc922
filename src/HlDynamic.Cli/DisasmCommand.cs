using System.CommandLine;
using System.Globalization;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Cli;

/// <summary><c>hldyn disasm FILE [--function NAME|INDEX]</c>: the instructions of one function or of all.</summary>
internal static class DisasmCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> file = Commands.CreateFileArgument();
        var function = new Option<string?>("--function", "-f")
        {
            Description = "The function's name, such as Player.takeDamage or Main.main, or its number.",
            HelpName = "NAME|INDEX",
        };
        var command = new Command("disasm", "Show the instructions of a module.") { file, function };
        command.SetAction(result => Commands.WithModule(
            result.GetRequiredValue(file), module => Run(module, result.GetValue(function))));
        return command;
    }

    private static int Run(HlModule module, string? name)
    {
        if (name is null)
        {
            HlDisassembler.Write(module, Console.Out);
            return 0;
        }

        HlFunctionDef[] found = Find(module, name);
        if (found.Length == 0)
            return Commands.Fail($"There is no function {name} in {module.Name}.{Suggest(module, name)}");
        foreach (HlFunctionDef function in found)
            HlDisassembler.Write(module, function, Console.Out);
        return 0;
    }

    // A static may be named as in the source, without the $ of the class that holds it.
    private static HlFunctionDef[] Find(HlModule module, string name)
    {
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return index < module.CallableCount && module.FindFunction(index) is { } function ? [function] : [];
        HlFunctionDef[] exact = [.. module.Functions.Where(f => f.DisplayName == name || f.ToString() == name)];
        return exact.Length > 0 ? exact : [.. module.Functions.Where(f => SourceName(f) == name)];
    }

    private static string SourceName(HlFunctionDef function) => function.DisplayName.Replace("$", "", StringComparison.Ordinal);

    private static string Suggest(HlModule module, string name)
    {
        string wanted = name.Replace("$", "", StringComparison.Ordinal);
        return NearestNames.Suggest(NearestNames.Find(wanted, module.Functions.Where(f => f.Owner is not null).Select(SourceName)));
    }
}
