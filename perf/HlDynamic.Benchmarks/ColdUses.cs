using System.Diagnostics;
using System.Globalization;

namespace HlDynamic.Benchmarks;

/// <summary>
/// Things done for the first time, each in a process of its own: <c>-- cold</c>. The process is warm as far as C# goes:
/// its <c>dynamic</c> has been used for all of that on C# objects, and a VM is loaded; for uses of C# objects, one that gets
/// nothing ready for first uses. Figures are medians.
/// </summary>
public static class ColdUses
{
    private const int Runs = 9;

    private static readonly (string Name, Action<Warm> Before, Action<Warm> Use)[] Uses =
    [
        ("C# object: a further call", static _ => { }, static w => w.Plain.isMore(3)),
        ("C# object: a further call, the first of a site with these types", static _ => { }, static w => w.Plain.sum3(1, 2, 3)),
        ("C# object: a further call with a text", static _ => { }, static w => w.Plain.pick("a")),
        ("C# object: a further read", static _ => { }, static w => Keep((object)w.Plain.text)),
        ("C# object: a further write, the first of a Float", static _ => { }, static w => w.Plain.ratio = 2.5),
        ("C# object: a further read, and a call of what was read", static _ => { }, static w => w.Holder.Borders.lengthOf("a")),
        ("C# object: the second class at a site", static w => Add(w.PlainKinds[0]), static w => Add(w.PlainKinds[1])),
        ("Haxe object: first call", static _ => { }, static w => w.Haxe.next(1)),
        ("Haxe object: first read", static _ => { }, static w => Keep((object)w.Haxe.number)),
        ("Haxe object: first write", static _ => { }, static w => w.Haxe.number = 5),
        ("Haxe class: first static", static _ => { }, static w => w.Hl.Subject.add(2, 3)),
        ("Haxe object: a further call", UseAll, static w => w.Haxe.isMore(3)),
        ("Haxe object: a further call, the first of a site with these types", UseAll, static w => w.Haxe.sum3(1, 2, 3)),
        ("Haxe object: a further call with a text", UseAll, static w => w.Haxe.choose("a")),
        ("Haxe object: a further read", UseAll, static w => Keep((object)w.Haxe.ratio)),
        ("Haxe object: a further write, the first of a Float", UseAll, static w => w.Haxe.ratio = 2.5),
        ("Haxe class: a further static", UseAll, static w => w.Hl.Borders.lengthOf("a")),
        ("Haxe object: the second class at a site", w => Add(w.Kinds[0]), static w => Add(w.Kinds[1])),
        ("Haxe object: the third class", w => Add(w.Kinds[0], w.Kinds[1]), static w => Add(w.Kinds[2])),
        ("Haxe object: the fourth class", w => Add(w.Kinds[0], w.Kinds[1], w.Kinds[2]), static w => Add(w.Kinds[3])),
    ];

    private static object? last;

    /// <summary>Prints the table; with a number, measures that use in this process and prints it.</summary>
    public static void Run(string[] args)
    {
        if (args is [_, var index])
        {
            Console.WriteLine(Measure(int.Parse(index, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
            return;
        }
        Console.WriteLine("| first use of | µs |\n|---|---:|");
        for (int i = 0; i < Uses.Length; i++)
        {
            double[] times = [.. Enumerable.Range(0, Runs).Select(_ => Spawn(i)).Order()];
            Console.WriteLine($"| {Uses[i].Name} | {times[Runs / 2]:0} ({times[0]:0} to {times[^1]:0}) |");
        }
    }

    private static double Measure(int index)
    {
        var warm = new Warm(new HlVmOptions { WarmUp = !Uses[index].Name.StartsWith("C#", StringComparison.Ordinal) });
        Uses[index].Before(warm);
        long start = Stopwatch.GetTimestamp();
        Uses[index].Use(warm);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static double Spawn(int index)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(ColdUses).Assembly.Location, "cold", index.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        if (!Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.RemoveAt(0);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }

    private static void UseAll(Warm warm)
    {
        warm.Haxe.next(1);
        Keep((object)warm.Haxe.number);
        warm.Haxe.number = 5;
        warm.Hl.Subject.add(2, 3);
    }

    private static void Add(params dynamic[] objects)
    {
        foreach (dynamic o in objects)
            o.add(3);
    }

    private static void Keep(object? value) => last = value;

    private sealed class Warm
    {
        public Warm(HlVmOptions options)
        {
            Hl = Fixtures.Load("CallSites", options);
            Haxe = ((HlVm)Hl).New("Subject");
            HlVm many = Fixtures.Load("ManyClasses", options);
            Kinds = [.. Enumerable.Range(0, 4).Select(i => many.New("Kind" + i))];
            Plain = new Subject();
            Plain.next(1);
            Plain.choose("a");
            Keep((object)Plain.number);
            Plain.number = 5;
            Holder = new Holder();
            Holder.Subject.add(2, 3);
            PlainKinds = [new PlainKind(), new OtherKind()];
            dynamic kind = PlainKinds[0];
            kind.add(3);
        }

        public dynamic Hl { get; }

        public dynamic Haxe { get; }

        public dynamic Plain { get; }

        public dynamic Holder { get; }

        public object[] Kinds { get; }

        public object[] PlainKinds { get; }
    }

    public sealed class Holder
    {
        public SubjectClass Subject = new();

        public BordersClass Borders = new();
    }

    public sealed class BordersClass
    {
        public int lengthOf(string s) => s.Length;
    }

    public sealed class OtherKind
    {
        public int add(int n) => n + 1;
    }

    public sealed class PlainKind
    {
        public int add(int n) => n;
    }
}
