using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Order;
using Perfolizer.Horology;

namespace HlDynamic.Benchmarks;

/// <summary>
/// How benchmarks run unless the command line says otherwise: long enough for ratios, a minute or two a class, and one
/// table of all classes, so that each line is beside what it is compared with.
/// </summary>
internal static class ShortRuns
{
    public static IConfig Config { get; } = DefaultConfig.Instance
        .AddJob(Job.Default.WithLaunchCount(1).WithWarmupCount(3).WithIterationCount(9).WithIterationTime(TimeInterval.FromMilliseconds(80)).AsDefault())
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumn(StatisticColumn.Min, new RatioToPlain())
        .HideColumns(Column.Error, Column.StdDev, Column.Median, Column.Gen0)
        .WithOrderer(new DefaultOrderer(SummaryOrderPolicy.Method))
        .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableLogFile);
}
