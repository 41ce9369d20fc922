using System.Diagnostics;
using HlDynamic;
using HlDynamic.Programs;

// Times Haxe programs against their twins in C# and, where there is one, on HashLink's JIT.
// Arguments: names of programs, to run only these; --rounds N.
const int WarmUpCalls = 40, WarmUpMilliseconds = 400;
int roundsAt = Array.IndexOf(args, "--rounds");
int rounds = roundsAt < 0 ? 10 : int.Parse(args[roundsAt + 1]);
string[] names = roundsAt < 0 ? args : args[..roundsAt];
string file = FindModule();
var hashLink = new HashLink();
using HlVm vm = HlVm.Load(file, new HlVmOptions { Output = Stream.Null, RunEntryPoint = false });
vm.Start();

Console.WriteLine("| Program | here, ms | C#, ms | ratio | goal | HashLink, ms | faster |");
Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
List<double> ratios = [], speedups = [];
bool isWrong = false;
foreach (TimedProgram program in TimedProgram.All)
{
    if (names.Length > 0 && !names.Contains(program.Name))
        continue;
    var run = vm.BindStatic<Func<int, int>>(program.Name, "run");
    (int sum, double here, double twin, double ratio) = Compare(run, program);
    isWrong |= Check(program.Name, "the twin", sum, program.Twin(program.Size));
    ratios.Add(ratio);
    string jit = " | ";
    if (hashLink.Exists)
    {
        (int jitSum, double time) = hashLink.Measure(file, program.Name, program.Size, Math.Min(rounds, 5));
        isWrong |= Check(program.Name, "HashLink", sum, jitSum);
        speedups.Add(time / here);
        jit = $"{time:F0} | {time / here:F1}";
    }
    Console.WriteLine($"| {program.Name} | {here:F1} | {twin:F1} | {ratio:F2}{(ratio > program.Goal ? " !" : "")} | {program.Goal} | {jit} |");
}
Console.WriteLine($"| geometric mean | | | {Mean(ratios):F2} | 1.1 | | {(speedups.Count > 0 ? Mean(speedups).ToString("F1") : "")} |");
return isWrong ? 1 : 0;

// Rounds in turn. The shortest rounds are those that nothing disturbed.
(int Sum, double Here, double Twin, double Ratio) Compare(Func<int, int> here, TimedProgram program)
{
    WarmUp(here, program);
    WarmUp(program.Twin, program);
    int sum = 0;
    double bestHere = double.MaxValue, bestTwin = double.MaxValue;
    for (int i = 0; i < rounds; i++)
    {
        bestHere = Math.Min(bestHere, Time(here, program.Size, out sum));
        bestTwin = Math.Min(bestTwin, Time(program.Twin, program.Size, out _));
    }
    return (sum, bestHere, bestTwin, bestHere / bestTwin);
}

// The JIT compiles again what was called 30 times, first to profile it and then for good, each time a while later.
static void WarmUp(Func<int, int> run, TimedProgram program)
{
    for (int pass = 0; pass < 3; pass++)
    {
        for (int i = 0; i < WarmUpCalls; i++)
            run(program.Small);
        Thread.Sleep(WarmUpMilliseconds / 3);
    }
    for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmUpMilliseconds;)
        run(program.Size);
}

static double Time(Func<int, int> run, int size, out int sum)
{
    GC.Collect();
    long start = Stopwatch.GetTimestamp();
    sum = run(size);
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}

static bool Check(string name, string other, int sum, int otherSum)
{
    if (sum == otherSum)
        return false;
    Console.Error.WriteLine($"{name}: the checksum is {sum}, that of {other} {otherSum}.");
    return true;
}

static double Mean(List<double> values) => Math.Exp(values.Average(Math.Log));

static string FindModule()
{
    for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        string path = Path.Combine(folder.FullName, "haxe", "bin", "4.3.6", "programs.hl");
        if (File.Exists(path))
            return path;
    }
    throw new FileNotFoundException($"There is no haxe/bin/4.3.6/programs.hl above {AppContext.BaseDirectory}.");
}
