using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using GpuKeras.Perf.Machine;

namespace GpuKeras.Perf.Benchmarks;

/// <summary>What the mean time of a benchmark means by the second, or as a share of what the machine can do.</summary>
internal sealed class ThroughputColumn : IColumn
{
    private static readonly Lazy<Ceilings> Machine = new(Ceilings.Measure);

    private readonly Func<Work, double, double?> value;

    private ThroughputColumn(string name, string legend, Func<Work, double, double?> value) => (ColumnName, Legend, this.value) = (name, legend, value);

    public static IColumn[] All =>
    [
        new ThroughputColumn("GFLOP/s", "Multiplications and additions", static (work, seconds) => work.Flops > 0 ? work.Flops / seconds / 1e9 : null),
        new ThroughputColumn("GB/s", "Bytes read and written, each once", static (work, seconds) => work.Bytes > 0 ? work.Bytes / seconds / 1e9 : null),
        new ThroughputColumn(
            "% of peak", "Share of the multiply-adds, or else of the bytes copied in memory, that this machine was measured to do",
            static (work, seconds) => 100 * (work.Flops > 0 ? work.Flops / Machine.Value.FlopsAll : work.Bytes / Machine.Value.BytesAll) / seconds),
    ];

    public string Id => ColumnName;

    public string ColumnName { get; }

    public string Legend { get; }

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        if (summary[benchmarkCase]?.ResultStatistics is not { } statistics)
            return "";
        if (Activator.CreateInstance(benchmarkCase.Descriptor.Type) is not KernelBenchmark benchmark)
            return "";
        foreach (var parameter in benchmarkCase.Parameters.Items)
            benchmarkCase.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(benchmark, parameter.Value);
        return value(benchmark.WorkOf(benchmarkCase.Descriptor.WorkloadMethod.Name), statistics.Mean / 1e9)?.ToString("F1", CultureInfo.InvariantCulture) ?? "";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
