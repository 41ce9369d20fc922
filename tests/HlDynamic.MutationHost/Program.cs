namespace HlDynamic.MutationHost;

using HlDynamic.Bytecode;

/// <summary>
/// <c>HlDynamic.MutationHost FILE FIRST COUNT</c> runs damaged copies of a program, for the seeds from FIRST on. For
/// each seed it writes a line before and one after; one that is missing tells that the process died. A program that
/// does not end ends the process: whoever started it starts it again behind that seed.
/// </summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        string file = args[0];
        int first = int.Parse(args[1]), count = int.Parse(args[2]);
        byte[] original = File.ReadAllBytes(file);
        string name = Path.GetFileNameWithoutExtension(file);
        if (args.Length > 3)
        {
            File.WriteAllBytes(args[3], new Mutator(original, name).Mutate(first));
            return 0;
        }

        var mutator = new Mutator(original, name);
        var runner = new Runner(HlModule.Read(original, name), []);
        for (int seed = first; seed < first + count; seed++)
        {
            Console.WriteLine($"start {seed}");
            Console.Out.Flush();
            string outcome = runner.Run(mutator.Mutate(seed));
            Console.WriteLine($"end {seed} {outcome}");
            Console.Out.Flush();
            if (outcome is Runner.Endless || outcome.StartsWith("BUG slow", StringComparison.Ordinal))
                Environment.Exit(0);
        }

        return 0;
    }
}
