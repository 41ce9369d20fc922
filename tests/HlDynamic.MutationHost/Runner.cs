using System.Diagnostics;
using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;

namespace HlDynamic.MutationHost;

/// <summary>Reads, compiles, loads and runs a damaged program, and tells in one word how that ended.</summary>
internal sealed class Runner
{
    /// <summary>The program is still running after its time; the process must end.</summary>
    public const string Endless = "endless";

    private static readonly TimeSpan TimeToCompile = TimeSpan.FromSeconds(20), TimeToRun = TimeSpan.FromSeconds(1);
    private const int StackSize = 16 << 20;

    // What a damaged program must not do to the machine.
    private static readonly string[] Forbidden = ["file_", "sys_", "process_", "socket_", "host_", "thread_", "dir_", "random_"];
    private static readonly string[] Allowed = ["sys_print", "sys_exit", "sys_time", "sys_is64", "sys_string", "sys_utf8_path", "sys_thread_cpu_time", "sys_special", "sys_check_reload", "random_float", "random_int", "random_new", "thread_current"];

    private readonly HashSet<(string, string)> natives;
    private readonly HlModule original;
    private readonly string[] arguments;

    public Runner(HlModule original, string[] arguments)
    {
        this.original = original;
        this.arguments = arguments;
        natives = [.. original.Natives.Select(n => (n.Library, n.Name))];
        if (original.Natives.FirstOrDefault(n => Forbidden.Any(n.Name.StartsWith) && !Allowed.Contains(n.Name)) is { } dangerous)
            throw new ArgumentException($"{original.Name} uses {dangerous.Name}, which is not to be run when damaged.");
    }

    /// <summary>Runs one.</summary>
    public string Run(byte[] file)
    {
        string outcome = "";
        using var compiled = new ManualResetEventSlim();
        var thread = new Thread(() => outcome = Run(file, compiled.Set), StackSize) { IsBackground = true };
        thread.Start();
        for (var watch = Stopwatch.StartNew(); !compiled.IsSet; thread.Join(1))
        {
            if (!thread.IsAlive)
                return outcome;
            if (watch.Elapsed > TimeToCompile)
                return "BUG slow compiling";
        }

        if (!thread.Join(TimeToRun))
            return Endless;
        return outcome;
    }

    private string Run(byte[] file, Action onRunning)
    {
        string stage = "reading";
        try
        {
            HlModule module;
            try
            {
                module = HlModule.Read(file, original.Name);
            }
            catch (HlBytecodeException)
            {
                return "refused when read";
            }

            if (module.Natives.Any(n => !natives.Contains((n.Library, n.Name))))
                return "other natives";
            stage = "compiling";
            HlVm vm;
            try
            {
                vm = HlVm.Load(module, new HlVmOptions { RunEntryPoint = false, Arguments = arguments, Output = Stream.Null, Error = Stream.Null, Input = Stream.Null });
            }
            catch (HlBytecodeException)
            {
                return "refused when compiled";
            }

            stage = "loading";
            Prepare(vm);
            stage = "running";
            onRunning();
            vm.Start();
            return "ran";
        }
        catch (HlException e) when (stage == "running")
        {
            return e.GetType().Name;
        }
        catch (Exception e)
        {
            return $"BUG {stage}: {e.GetType().Name}: {e.Message} {e.StackTrace}".ReplaceLineEndings(" | ");
        }
    }

    // The JIT compiles what differs, though it may never be called.
    private void Prepare(HlVm vm)
    {
        _ = vm.Program.Assembly.GetTypes();
        foreach (HlFunctionDef function in vm.Module.Functions)
            if (original.FindFunction(function.Index) is not { } before || !Same(before, function))
                RuntimeHelpers.PrepareMethod(vm.Program.GetMethod(function).MethodHandle);
    }

    private static bool Same(HlFunctionDef a, HlFunctionDef b)
    {
        if (a.Registers.Length != b.Registers.Length || a.Instructions.Length != b.Instructions.Length)
            return false;
        for (int i = 0; i < a.Registers.Length; i++)
            if (a.Registers[i].ToString() != b.Registers[i].ToString())
                return false;
        for (int i = 0; i < a.Instructions.Length; i++)
            if (a.Instructions[i].Opcode != b.Instructions[i].Opcode
                || !InstructionWriter.GetOperands(a, a.Instructions[i]).AsSpan().SequenceEqual(InstructionWriter.GetOperands(b, b.Instructions[i])))
                return false;
        return true;
    }
}
