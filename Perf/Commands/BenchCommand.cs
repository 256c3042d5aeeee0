using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using GpuKeras.Perf.Benchmarks;

namespace GpuKeras.Perf.Commands;

/// <summary><c>bench</c>: the kernels one by one, by BenchmarkDotNet, whose own options it takes.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var command = new Command("bench", "Measure the kernels with BenchmarkDotNet; takes its options, such as --filter '*MatMul*' or --list flat.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(static parsed =>
        {
            var config = DefaultConfig.Instance.AddColumn(ThroughputColumn.All);
            var summaries = BenchmarkSwitcher.FromAssembly(typeof(BenchCommand).Assembly).Run([.. parsed.UnmatchedTokens], config).ToArray();
            return summaries.Any(static summary => summary.HasCriticalValidationErrors || summary.Reports.Any(static report => !report.Success)) ? 1 : 0;
        });
        return command;
    }
}
