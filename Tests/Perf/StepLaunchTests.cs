using System.Globalization;
using GpuKeras.Perf.Workloads;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Perf;

/// <summary>On a GPU each launch costs microseconds: how many a training step has is in docs/performance.md.</summary>
[NonParallelizable]
public sealed class StepLaunchTests
{
    private static IEnumerable<string> Models => BenchmarkModels.All.Select(static model => model.Name);

    [TestCaseSource(nameof(Models))]
    public void TrainOnBatch_OnTheNullDevice_LaunchesWhatTheTableSays(string name)
    {
        using var use = Device.Use("null");
        var device = (CompiledDevice)Device.Current;
        var (model, x, y) = BenchmarkModels.All.Single(other => other.Name == name).Build();
        // The first step makes the optimizer's slots and the metrics' state.
        model.TrainOnBatch(x, y);
        var before = device.LaunchCount;
        model.TrainOnBatch(x, y);
        var launches = device.LaunchCount - before;
        TestContext.Out.WriteLine($"step of {name}: {launches} launches");
        Assert.That(launches, Is.EqualTo(Documented(name)), "docs/performance.md, \"What the host costs\"");
    }

    private static int Documented(string name)
    {
        var row = File.ReadLines(Repository.PathOf("docs", "performance.md")).Single(line => line.StartsWith($"| step of {name} |", StringComparison.Ordinal));
        return int.Parse(row.Split('|')[^2], CultureInfo.InvariantCulture);
    }
}
