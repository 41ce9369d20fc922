using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace HlDynamic.Benchmarks;

/// <summary>Marks the class of benchmarks that the classes with the same benchmarks are compared with.</summary>
internal interface IPlain;

/// <summary>
/// How many times as long a benchmark takes as the one of the same name in the class that is <see cref="IPlain"/>:
/// the same work on a plain C# object.
/// </summary>
internal sealed class RatioToPlain : IColumn
{
    public string Id => nameof(RatioToPlain);

    public string ColumnName => "To plain";

    public string Legend => "The mean as a multiple of that of the same benchmark on a plain C# object";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(c => c.Descriptor.Type.IsAssignableTo(typeof(IPlain)));

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        BenchmarkCase? plain = summary.BenchmarksCases.FirstOrDefault(c => c.Descriptor.Type.IsAssignableTo(typeof(IPlain))
            && Topic(c) == Topic(benchmarkCase) && c.Descriptor.WorkloadMethod.Name == benchmarkCase.Descriptor.WorkloadMethod.Name
            && c.Parameters.DisplayInfo == benchmarkCase.Parameters.DisplayInfo);
        return Mean(summary, benchmarkCase) is { } mean && Mean(summary, plain) is { } other
            ? (mean / other).ToString("0.00", CultureInfo.InvariantCulture)
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

    private static double? Mean(Summary summary, BenchmarkCase? benchmarkCase) =>
        benchmarkCase is null ? null : summary[benchmarkCase]?.ResultStatistics?.Mean;
}
