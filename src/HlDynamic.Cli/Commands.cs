using System.CommandLine;
using HlDynamic.Bytecode;

namespace HlDynamic.Cli;

/// <summary>The commands of the tool, and what all of them do alike: exit codes and errors.</summary>
internal static class Commands
{
    private const int BadInput = 1;
    private const int BadUsage = 2;

    /// <summary>Runs the command that the arguments name.</summary>
    public static int Run(string[] args)
    {
        var root = new RootCommand("Run, inspect and disassemble HashLink bytecode.");
        root.Add(CreateRun());
        root.Add(InfoCommand.Create());
        root.Add(DisasmCommand.Create());
        ParseResult result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            Console.Error.WriteLine($"{result.Errors[^1].Message} Try 'hldyn --help'.");
            return BadUsage;
        }

        return result.Invoke(new InvocationConfiguration { Output = Console.Out, Error = Console.Error });
    }

    /// <summary>The argument that names the file to work on.</summary>
    public static Argument<string> CreateFileArgument() =>
        new("FILE") { Description = "The bytecode, as 'haxe -hl FILE' writes it." };

    /// <summary>Does something with the module in a file; what is wrong with the file is told on one line.</summary>
    public static int WithModule(string file, Func<HlModule, int> action)
    {
        try
        {
            return action(HlModule.Read(file));
        }
        catch (HlBytecodeException e)
        {
            return Fail(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }
    }

    /// <summary>Tells what is wrong with the input and returns the exit code for it.</summary>
    public static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return BadInput;
    }

    // Only for the help and for wrong usage: Program does not come here to run a program.
    private static Command CreateRun()
    {
        Argument<string> file = CreateFileArgument();
        var arguments = new Argument<string[]>("ARGS") 
        {
            Description = "The program's own arguments.",
            Arity = ArgumentArity.ZeroOrMore,
            CaptureRemainingTokens = true,
        };
        var noCache = new Option<bool>("--no-cache")
        {
            Description = $"Compile the program anew. Otherwise it is kept compiled, in the directory that {CacheDirectory.Variable} names or among the user's caches.",
        };
        var command = new Command("run", "Run a program.") { noCache, file, arguments };
        command.SetAction(result => RunCommand.Run(result.GetRequiredValue(file), result.GetValue(arguments) ?? [], !result.GetValue(noCache)));
        return command;
    }
}
