using BenchmarkDotNet.Attributes;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

public class TrainingBenchmarks : KernelBenchmark
{
    // After so few steps on one batch every one of the models has learned something.
    private const int CheckedSteps = 16;

    private Model model = null!;
    private Tensor x = null!;
    private Tensor y = null!;

    /// <summary>The models that <c>compare</c> measures.</summary>
    public static IEnumerable<string> Models => BenchmarkModels.All.Select(static model => model.Name);

    [ParamsSource(nameof(Models))]
    public string Network { get; set; } = "mlp";

    private BenchmarkModel Definition => BenchmarkModels.All.Single(model => model.Name == Network);

    [Benchmark]
    public void Step() => model.TrainOnBatch(x, y);

    [Benchmark]
    public void Predict() => Run(() => model.PredictOnBatch(x).Single);

    internal override Work WorkOf(string method) => new((method == nameof(Step) ? 3 : 1) * Definition.ForwardFlops, 0);

    protected override void Prepare()
    {
        (model, x, y) = Definition.Build();
        var losses = new double[CheckedSteps];
        for (var step = 0; step < CheckedSteps; step++)
        {
            losses[step] = model.TrainOnBatch(x, y)["loss"];
            model.ResetMetrics();
        }
        if (!(double.IsFinite(losses[0]) && losses[^4..].Average() < losses[0]))
            throw new InvalidOperationException(FormattableString.Invariant($"{Network}: the loss must fall; it went from {losses[0]} to {losses[^1]}"));
    }
}
