using BenchmarkDotNet.Attributes;
using GpuKeras.Optimizers;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

public class OptimizerBenchmarks : KernelBenchmark
{
    private const int Size = 1 << 20;

    private Optimizer optimizer = null!;
    private Variable weights = null!;
    private Tensor gradient = null!;

    [Params("sgd", "momentum", "rmsprop", "adam")]
    public string Rule { get; set; } = "adam";

    [Benchmark]
    public void Update() => optimizer.ApplyGradients([gradient], [weights]);

    /// <summary>Reads weights, gradient and slots, writes weights and slots.</summary>
    internal override Work WorkOf(string method) => new(0, 4.0 * Size * (3 + 2 * Slots));

    private int Slots => Rule switch { "sgd" => 0, "adam" => 2, _ => 1 };

    protected override void Prepare()
    {
        (weights, gradient) = (new Variable(TestValues.Create(Size)), TestValues.CreatePositive(Size));
        optimizer = Create();
        var (before, slope) = (weights.ToArray<float>(), gradient.ToArray<float>());
        Update();
        Reference.Check(Rule, weights.ToArray<float>(), i => before[i] - FirstStep(slope[i]));
    }

    private Optimizer Create() => Rule switch
    {
        "sgd" => new SGD(0.01),
        "momentum" => new SGD(0.01, momentum: 0.9),
        "rmsprop" => new RMSprop(0.01),
        _ => new Adam(0.01),
    };

    /// <summary>What the first step subtracts: the moments start from 0, and Adam corrects that.</summary>
    private double FirstStep(double slope) => Rule switch
    {
        "sgd" or "momentum" => 0.01 * slope,
        "rmsprop" => 0.01 * slope / Math.Sqrt(0.1 * slope * slope + 1e-7),
        _ => 0.01 * slope / (Math.Abs(slope) + 1e-7 / Math.Sqrt(1 - 0.999)),
    };
}
