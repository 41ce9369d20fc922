using System.Diagnostics;
using NUnit.Framework;

namespace HlDynamic.Tests.Programs;

/// <summary>
/// Damaged programs are refused, or run to one of the ends that programs have. They are run in a process of their own
/// (HlDynamic.MutationHost): a process that dies, and any exception that is not the library's own, is a bug.
/// </summary>
public sealed class MutationTests
{
    // More, and from other seeds, on demand: it is the seed that a report names.
    private static int First { get; } = int.Parse(Environment.GetEnvironmentVariable("HLDYNAMIC_MUTATION_SEED") ?? "1");

    private static int Count { get; } = int.Parse(Environment.GetEnvironmentVariable("HLDYNAMIC_MUTATIONS") ?? "60");

    private static IEnumerable<TestCaseData> Programs =>
        from name in new[] { "Casts", "Closures", "Enums", "Exceptions", "Virtuals" }
        from version in Fixtures.Versions
        where File.Exists(Fixtures.Find(version, name))
        select new TestCaseData(version, name);

    [TestCaseSource(nameof(Programs))]
    public void A_damaged_program_is_refused_or_runs_to_an_end(string version, string name)
    {
        string file = Fixtures.Find(version, name);
        var outcomes = new Dictionary<int, string>();
        for (int next = First; next < First + Count;)
            next = Run(file, next, First + Count - next, outcomes) + 1;

        TestContext.Out.WriteLine(string.Join(", ", outcomes.Values.CountBy(o => o).OrderByDescending(o => o.Value).Select(o => $"{o.Value} {o.Key}")));
        Assert.That(outcomes.Where(o => o.Value.StartsWith("BUG", StringComparison.Ordinal)).Select(o => $"seed {o.Key}: {o.Value}"), Is.Empty);
        Assert.That(outcomes, Has.Count.EqualTo(Count));
    }

    // Answers the last seed that was started: one that does not end takes the process with it.
    private static int Run(string file, int first, int count, Dictionary<int, string> outcomes)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string host = Path.Combine(AppContext.BaseDirectory, "HlDynamic.MutationHost.dll");
        foreach (string argument in (string[])["exec", host, file, $"{first}", $"{count}"])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        int seed = -1;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', 3);
            seed = int.Parse(words[1]);
            if (words[0] == "start")
                outcomes[seed] = "BUG the process died";
            else
                outcomes[seed] = words[2];
        }

        process.WaitForExit();
        if (seed < 0)
            throw new InvalidOperationException($"{host} did not start: {error.Result}");
        if (outcomes[seed].EndsWith("died", StringComparison.Ordinal))
            outcomes[seed] += $" with {process.ExitCode}: {error.Result}";
        return seed;
    }
}
