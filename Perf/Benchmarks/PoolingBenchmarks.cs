using BenchmarkDotNet.Attributes;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

public class PoolingBenchmarks : KernelBenchmark
{
    private const int Batch = 64;
    private const int Side = 24;
    private const int Channels = 64;

    private Tensor x = null!;

    [Benchmark]
    public void MaxPool() => Run(() => x.MaxPool2D((2, 2)));

    [Benchmark]
    public void MaxPoolAndGradient() => Run(() => Gradient(static x => x.MaxPool2D((2, 2))));

    [Benchmark]
    public void AveragePool() => Run(() => x.AveragePool2D((2, 2)));

    [Benchmark]
    public void AveragePoolAndGradient() => Run(() => Gradient(static x => x.AveragePool2D((2, 2))));

    internal override Work WorkOf(string method)
    {
        const double Bytes = 4 * 1.25 * Batch * Side * Side * Channels;
        return new(0, method.EndsWith("Gradient", StringComparison.Ordinal) ? 2 * Bytes : Bytes);
    }

    protected override void Prepare()
    {
        x = TestValues.Create(Batch, Side, Side, Channels);
        var values = x.ToArray<float>();
        var half = Side / 2;
        Reference.Check("max pooling", Result(() => x.MaxPool2D((2, 2))), i => Window(i).Max());
        Reference.Check("average pooling", Result(() => x.AveragePool2D((2, 2))), i => Window(i).Average());
        Reference.Check("gradient of average pooling", Result(() => Gradient(static x => x.AveragePool2D((2, 2)))), static _ => 0.25);
        Reference.Check("gradient of max pooling", Result(() => Gradient(static x => x.MaxPool2D((2, 2)))), IsMaximum);

        IEnumerable<double> Window(int index)
        {
            var (pixel, channel) = (index / Channels, index % Channels);
            var (sample, row, column) = (pixel / (half * half), pixel / half % half, pixel % half);
            return Enumerable.Range(0, 4).Select(i =>
                (double)values[((sample * Side + 2 * row + i / 2) * Side + 2 * column + i % 2) * Channels + channel]);
        }

        // No two values of a window are equal: their positions in the repeating pattern differ.
        double IsMaximum(int index)
        {
            var (pixel, channel) = (index / Channels, index % Channels);
            var (sample, row, column) = (pixel / (Side * Side), pixel / Side % Side, pixel % Side);
            return values[index] == Window(((sample * half + row / 2) * half + column / 2) * Channels + channel).Max() ? 1 : 0;
        }
    }

    private Tensor Gradient(Func<Tensor, Tensor> pool)
    {
        using var tape = new GradientTape();
        tape.Watch(x);
        return tape.Gradient(pool(x), x)!;
    }
}
