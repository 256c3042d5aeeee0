using BenchmarkDotNet.Attributes;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

public class ReductionBenchmarks : KernelBenchmark
{
    private const int Side = 1024;

    private Tensor x = null!;

    [Benchmark]
    public void Sum() => Run(() => x.Sum());

    [Benchmark]
    public void SumOfColumns() => Run(() => x.Sum(0));

    [Benchmark]
    public void MeanOfRows() => Run(() => x.Mean(1));

    [Benchmark]
    public void MaxOfRows() => Run(() => x.Max(1));

    internal override Work WorkOf(string method) => new(0, 4.0 * Side * Side);

    protected override void Prepare()
    {
        x = TestValues.Create(Side, Side);
        var values = x.ToArray<float>();
        Reference.Check("sum", Result(() => x.Sum()), _ => Reference.Sum(Side * Side, i => values[i]), Side);
        Reference.Check("sum axis 0", Result(() => x.Sum(0)), column => Reference.Sum(Side, row => values[row * Side + column]), Side);
        Reference.Check("mean axis 1", Result(() => x.Mean(1)), row => Reference.Sum(Side, column => values[row * Side + column]) / Side, Side);
        Reference.Check("max axis 1", Result(() => x.Max(1)), row => values.AsSpan(row * Side, Side).ToArray().Max());
    }
}
