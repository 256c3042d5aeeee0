using BenchmarkDotNet.Attributes;
using GpuKeras.Layers;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

public class NormalizationBenchmarks : KernelBenchmark
{
    private const double Epsilon = 1e-3;

    private readonly BatchNormalization batchNorm = new(epsilon: Epsilon);
    private Tensor x = null!;
    private Tensor gamma = null!;
    private Tensor beta = null!;

    [Params(64, 1024)]
    public int Channels { get; set; }

    private int Rows => (1 << 20) / Channels;

    [Benchmark]
    public void LayerNorm() => Run(() => x.LayerNorm(gamma, beta, Epsilon));

    [Benchmark]
    public void BatchNormTraining() => Run(() => batchNorm.Apply(x, training: true));

    [Benchmark]
    public void BatchNormInference() => Run(() => batchNorm.Apply(x, training: false));

    internal override Work WorkOf(string method) => new(0, 8.0 * Rows * Channels);

    protected override void Prepare()
    {
        (x, gamma, beta) = (TestValues.Create(Rows, Channels), Tensor.Ones([Channels]), Tensor.Zeros([Channels]));
        var values = x.ToArray<float>();
        // First, while the moving averages are still 0 and 1.
        Reference.Check("batch norm, inference", Result(() => batchNorm.Apply(x, training: false)), i => values[i] / Math.Sqrt(1 + Epsilon));
        Reference.Check("layer norm", Result(() => x.LayerNorm(gamma, beta, Epsilon)), i => Normalized(i, i / Channels * Channels, 1, Channels), Channels);
        Reference.Check("batch norm", Result(() => batchNorm.Apply(x, training: true)), i => Normalized(i, i % Channels, Channels, Rows), Rows);

        double Normalized(int index, int first, int stride, int count)
        {
            var mean = Reference.Sum(count, i => values[first + i * stride]) / count;
            var variance = Reference.Sum(count, i => Math.Pow(values[first + i * stride] - mean, 2)) / count;
            return (values[index] - mean) / Math.Sqrt(variance + Epsilon);
        }
    }
}
