using BenchmarkDotNet.Attributes;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

public class DropoutBenchmarks : KernelBenchmark
{
    private const int Size = 1 << 20;
    private const double Rate = 0.2;

    private readonly RandomGenerator random = new(seed: 1);
    private Tensor x = null!;

    [Benchmark]
    public void Dropout() => Run(() => x.Dropout(Rate, random));

    internal override Work WorkOf(string method) => new(0, 8.0 * Size);

    protected override void Prepare()
    {
        x = TestValues.CreatePositive(Size);
        var (values, result) = (x.ToArray<float>(), Result(() => x.Dropout(Rate, random)));
        Reference.Check("dropout", result, i => result[i] == 0 ? 0 : values[i] / (1 - Rate));
        var dropped = result.Count(static value => value == 0) / (double)Size;
        // Five standard deviations of the share.
        if (Math.Abs(dropped - Rate) > 5 * Math.Sqrt(Rate * (1 - Rate) / Size))
            throw new InvalidOperationException(FormattableString.Invariant($"dropout: {dropped} of the elements are dropped; the rate is {Rate}"));
    }
}
