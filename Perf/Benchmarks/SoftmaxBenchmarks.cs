using BenchmarkDotNet.Attributes;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

public class SoftmaxBenchmarks : KernelBenchmark
{
    private Tensor x = null!;
    private Tensor labels = null!;

    [Params(10, 1024)]
    public int Classes { get; set; }

    private int Rows => (1 << 20) / Classes;

    [Benchmark]
    public void Softmax() => Run(() => x.Softmax());

    [Benchmark]
    public void LogSoftmax() => Run(() => x.LogSoftmax());

    [Benchmark]
    public void SparseCrossEntropy() => Run(() => x.SparseCrossEntropy(labels));

    internal override Work WorkOf(string method) => new(0, (method == nameof(SparseCrossEntropy) ? 4.0 : 8.0) * Rows * Classes);

    protected override void Prepare()
    {
        x = TestValues.Create(Rows, Classes);
        labels = new RandomGenerator(seed: 1).Integers([Rows], 0, Classes);
        var (values, classes) = (x.ToArray<float>(), labels.ToArray<int>());
        Reference.Check("softmax", Result(() => x.Softmax()), i => Math.Exp(LogProbability(i)), Classes);
        Reference.Check("log_softmax", Result(() => x.LogSoftmax()), LogProbability, Classes);
        Reference.Check("cross entropy", Result(() => x.SparseCrossEntropy(labels)), row => -LogProbability(row * Classes + classes[row]), Classes);

        double LogProbability(int index)
        {
            var row = index / Classes * Classes;
            return values[index] - Math.Log(Reference.Sum(Classes, i => Math.Exp(values[row + i])));
        }
    }
}
