using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace HlDynamic.Benchmarks;

/// <summary>Names the benchmark of the same class that this one is compared with.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VersusAttribute(string benchmark) : Attribute
{
    public string Benchmark { get; } = benchmark;
}

/// <summary>Marks the class of benchmarks that the classes with the same benchmarks are compared with.</summary>
internal interface IPlain;

/// <summary>
/// How many times as long a benchmark takes as the same work on a plain C# object: the benchmark that it names
/// (<see cref="VersusAttribute"/>), or the one of the same name in the class that is <see cref="IPlain"/>. The best iterations
/// are compared, since what else a machine does only ever adds.
/// </summary>
internal sealed class RatioToPlain : IColumn
{
    public string Id => nameof(RatioToPlain);

    public string ColumnName => "To plain";

    public string Legend => "The minimum as a multiple of that of the same work on a plain C# object";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        string? named = benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<VersusAttribute>()?.Benchmark;
        BenchmarkCase? plain = summary.BenchmarksCases.FirstOrDefault(c => c.Parameters.DisplayInfo == benchmarkCase.Parameters.DisplayInfo
            && (named is not null
                ? c.Descriptor.Type == benchmarkCase.Descriptor.Type && c.Descriptor.WorkloadMethod.Name == named
                : c.Descriptor.Type.IsAssignableTo(typeof(IPlain)) && Topic(c) == Topic(benchmarkCase) && c.Descriptor.WorkloadMethod.Name == benchmarkCase.Descriptor.WorkloadMethod.Name));
        return Min(summary, benchmarkCase) is { } min && Min(summary, plain) is { } other
            ? (min / other).ToString("0.00", CultureInfo.InvariantCulture)
            : "-";
    }

    // The classes that reach members in different ways derive from one that names the benchmarks.
    private static Type Topic(BenchmarkCase benchmarkCase)
    {
        Type type = benchmarkCase.Descriptor.Type;
        while (type.BaseType is { } super && super != typeof(object))
            type = super;
        return type;
    }

    private static double? Min(Summary summary, BenchmarkCase? benchmarkCase) =>
        benchmarkCase is null ? null : summary[benchmarkCase]?.ResultStatistics?.Min;
}
