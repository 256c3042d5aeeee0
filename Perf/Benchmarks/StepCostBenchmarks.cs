using BenchmarkDotNet.Attributes;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

/// <summary>What a training step costs on the host.</summary>
[MemoryDiagnoser]
public class StepCostBenchmarks : HostCostBenchmark
{
    private Model model = null!;
    private Tensor x = null!;
    private Tensor y = null!;

    [ParamsSource(typeof(TrainingBenchmarks), nameof(TrainingBenchmarks.Models))]
    public string Network { get; set; } = "mlp";

    [Benchmark]
    public void Step() => model.TrainOnBatch(x, y);

    protected override void Prepare() => (model, x, y) = BenchmarkModels.All.Single(model => model.Name == Network).Build();
}
