using BenchmarkDotNet.Attributes;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

public class ConvolutionBenchmarks : KernelBenchmark
{
    private Tensor x = null!;
    private Tensor kernel = null!;
    private Tensor gradient = null!;

    /// <summary>Batch, height and width, channels in, channels out of 3 × 3 convolutions without padding.</summary>
    [Params("64x28x1x32", "64x26x32x64", "32x32x16x16", "32x16x32x32", "32x8x64x64")]
    public string Layer { get; set; } = "64x26x32x64";

    [Benchmark]
    public void Forward() => Run(Convolve);

    /// <summary>The product with the gradients of both the input and the kernel.</summary>
    [Benchmark]
    public void ForwardAndBackward() => Run(() => Gradients()[1]);

    internal override Work WorkOf(string method)
    {
        var (batch, side, inputs, outputs) = Sizes();
        var (large, small) = ((double)batch * side * side * inputs, (double)batch * (side - 2) * (side - 2) * outputs);
        var times = method == nameof(Forward) ? 1 : 3;
        return new(times * 2 * small * 9 * inputs, times * 4 * (large + small));
    }

    protected override void Prepare()
    {
        var (batch, side, inputs, outputs) = Sizes();
        var after = side - 2;
        x = TestValues.Create(batch, side, side, inputs);
        kernel = TestValues.CreatePositive(3, 3, inputs, outputs);
        gradient = TestValues.CreatePositive(batch, after, after, outputs);
        var (image, weights, upstream) = (x.ToArray<float>(), kernel.ToArray<float>(), gradient.ToArray<float>());
        Reference.Check("convolution", Result(Convolve), Output, 9 * inputs);
        Reference.Check("gradient of the input", Result(() => Gradients()[0]), Input, 9 * outputs);
        Reference.Check("gradient of the kernel", Result(() => Gradients()[1]), Weight, batch * after * after);

        int Pixel(int sample, int row, int column, int size) => (sample * size + row) * size + column;

        double Output(int index)
        {
            var (pixel, filter) = (index / outputs, index % outputs);
            var (sample, row, column) = (pixel / (after * after), pixel / after % after, pixel % after);
            return Reference.Sum(9 * inputs, i =>
                (double)image[Pixel(sample, row + i / inputs / 3, column + i / inputs % 3, side) * inputs + i % inputs] * weights[i * outputs + filter]);
        }

        double Input(int index)
        {
            var (pixel, channel) = (index / inputs, index % inputs);
            var (sample, row, column) = (pixel / (side * side), pixel / side % side, pixel % side);
            return Reference.Sum(9 * outputs, i =>
            {
                var (tap, filter) = (i / outputs, i % outputs);
                var (y, z) = (row - tap / 3, column - tap % 3);
                return y < 0 || z < 0 || y >= after || z >= after ? 0
                    : (double)upstream[Pixel(sample, y, z, after) * outputs + filter] * weights[(tap * inputs + channel) * outputs + filter];
            });
        }

        double Weight(int index)
        {
            var (tap, channel, filter) = (index / outputs / inputs, index / outputs % inputs, index % outputs);
            return Reference.Sum(batch * after * after, pixel =>
            {
                var (sample, row, column) = (pixel / (after * after), pixel / after % after, pixel % after);
                return (double)image[Pixel(sample, row + tap / 3, column + tap % 3, side) * inputs + channel] * upstream[pixel * outputs + filter];
            });
        }
    }

    private Tensor Convolve() => x.Conv2D(kernel);

    private Tensor[] Gradients()
    {
        using var tape = new GradientTape();
        tape.Watch(x);
        tape.Watch(kernel);
        return tape.Gradient(Convolve(), [x, kernel], gradient)!;
    }

    private (int Batch, int Side, int Inputs, int Outputs) Sizes()
    {
        var numbers = Layer.Split('x').Select(static text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
