using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace HlDynamic.Benchmarks;

/// <summary>
/// For machines that do other work as well: <c>-- rounds HaxeMembers [PROPERTY=VALUE]</c> runs all benchmarks of a class in
/// turn, in many short rounds in this process, and prints the best round of each. The loop itself is included.
/// </summary>
internal static class Rounds
{
    private const int Warmups = 30, Passes = 50;
    private const double RoundMilliseconds = 2;

    private static readonly MethodInfo LoopMethod = typeof(Rounds).GetMethod(nameof(LoopWith), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static void Run(string[] args)
    {
        Type type = typeof(Rounds).Assembly.GetType($"{typeof(Rounds).Namespace}.{args[1]}") ?? throw new ArgumentException($"There is no class {args[1]}.");
        object target = Activator.CreateInstance(type)!;
        foreach (string[] pair in args.Skip(2).Select(a => a.Split('=')))
            type.GetProperty(pair[0])!.SetValue(target, Convert.ChangeType(pair[1], type.GetProperty(pair[0])!.PropertyType, null));
        type.GetMethod("Setup")!.Invoke(target, null);
        Measured[] subjects = [.. type.GetMethods().Where(m => m.IsDefined(typeof(BenchmarkAttribute), true)).Select(m => new Measured(m, target))];
        foreach (Measured subject in subjects)
            subject.WarmUp();
        for (int pass = 0; pass < Passes; pass++)
            foreach (Measured subject in subjects)
                subject.Measure();
        foreach (Measured subject in subjects)
            Console.WriteLine(subject);
    }

    private static Action<int> LoopWith<T>(MethodInfo method, object target)
    {
        Func<T> call = method.CreateDelegate<Func<T>>(target);
        return times =>
        {
            T result = default!;
            for (int i = 0; i < times; i++)
                result = call();
            GC.KeepAlive(result);
        };
    }

    private static Action<int> LoopOf(MethodInfo method, object target)
    {
        if (method.ReturnType != typeof(void))
            return (Action<int>)LoopMethod.MakeGenericMethod(method.ReturnType).Invoke(null, [method, target])!;
        Action call = method.CreateDelegate<Action>(target);
        return times =>
        {
            for (int i = 0; i < times; i++)
                call();
        };
    }

    private sealed class Measured(MethodInfo method, object target)
    {
        private readonly Action<int> loop = LoopOf(method, target);
        private readonly int operations = method.GetCustomAttribute<BenchmarkAttribute>(true)!.OperationsPerInvoke;
        private int times = 16;
        private double best = double.MaxValue, allocated;

        public void WarmUp()
        {
            loop(1000);
            while (Time() < RoundMilliseconds)
                times *= 2;
            for (int i = 0; i < Warmups; i++)
                loop(times);
        }

        public void Measure()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            best = Math.Min(best, Time());
            allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / times / operations;
        }

        public override string ToString() => $"{method.Name,-24} {best * 1e6 / times / operations,9:0.00} ns {allocated,8:0} B";

        private double Time()
        {
            long start = Stopwatch.GetTimestamp();
            loop(times);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
