using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Kernels.Normalization;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

public static class NormalizationCases
{
    private const double Epsilon = 1e-3;

    // Rows and channels: around a panel (16), a chunk of rows (128), a block of columns (32); several chunks on a GPU and on a CPU.
    private static readonly (int Rows, int Channels)[] Shapes =
        [(1, 1), (2, 3), (33, 15), (31, 16), (127, 33), (129, 64), (600, 5), (3, 255), (2, 257), (0, 3), (3, 0)];

    private static readonly (int Rows, int Channels)[] FewShapes = [(5, 3), (140, 17)];

    public static IEnumerable<KernelCase> All =>
    [
        .. Shapes.SelectMany(static s => BatchNormOf<Identity, float>(s, Samples.Floats, Tolerance.For<float>(s.Rows))),
        .. FewShapes.SelectMany(static s => BatchNormOf<Relu, float>(s, Samples.Floats, Tolerance.For<float>(s.Rows))),
        .. FewShapes.SelectMany(static s => BatchNormOf<Relu, double>(s, Samples.Doubles, Tolerance.For<double>(s.Rows))),
        .. FewShapes.SelectMany(static s => BatchNormOf<Identity, double>(s, Samples.Doubles, Tolerance.For<double>(s.Rows))),
        .. FewShapes.Select(static s => MomentsOf(s, (n, seed) => Array.ConvertAll(Samples.Floats(n, seed), static v => v + 1000), 1e-6)),
        // More chunks than a group reads at once.
        MomentsOf((1100, 32), Samples.Floats, Tolerance.For<float>(1100)),
        .. FewShapes.Select(static s => MovingMomentsOf(s, 0.9)),
        MovingMomentsOf((3, 4), 0),
        MomentsOf((100, 4), static (n, _) => WithSpecials(n), Tolerance.For<float>(100)),
        .. Shapes.SelectMany(static s => LayerNormOf(s, Samples.Floats, Tolerance.For<float>(Math.Max(s.Rows, s.Channels)))),
        .. FewShapes.SelectMany(static s => LayerNormOf(s, Samples.Doubles, Tolerance.For<double>(Math.Max(s.Rows, s.Channels)))),
        .. LayerNormOf((4, 35), static (n, _) => WithSpecials(n), Tolerance.For<float>(35)),
    ];

    private static float[] WithSpecials(int count)
    {
        var values = Samples.Floats(count);
        (values[0], values[count / 2 + 1], values[^1]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        return values;
    }

    // The larger of the relative error and of one in a mean far from 0 would hide a variance's: both have outputs of their own.
    private static KernelCase MomentsOf<T>((int Rows, int Channels) shape, Func<int, int, T[]> samples, double tolerance)
        where T : unmanaged
    {
        var (rows, channels) = shape;
        var x = samples(rows * channels, 1);
        return new($"batch moments of {typeof(T).Name} [{rows}, {channels}]", bench => bench.Run(new BatchMomentsKernel<T>(
            bench.Input<T>(x), bench.Output<T>(channels, tolerance), bench.Output<T>(channels, tolerance), rows, channels)));
    }

    private static KernelCase MovingMomentsOf((int Rows, int Channels) shape, double momentum)
    {
        var (rows, channels) = shape;
        var tolerance = Tolerance.For<float>(rows);
        return new($"batch moments followed with {momentum} [{rows}, {channels}]", bench =>
        {
            var x = bench.Input<float>(Samples.Floats(rows * channels));
            var (mean, variance) = (bench.Output<float>(channels, tolerance), bench.Output<float>(channels, tolerance));
            var (movingMean, movingVariance) =
                (bench.InOut<float>(tolerance, Samples.Floats(channels, 2)), bench.InOut<float>(tolerance, Samples.Floats(channels, 3)));
            bench.Run(new BatchMomentsKernel<float>(
                x, mean, variance, rows, channels, new(movingMean, movingVariance, mean, variance, momentum)));
        });
    }

    private static IEnumerable<KernelCase> BatchNormOf<TActivation, T>(
        (int Rows, int Channels) shape, Func<int, int, T[]> samples, double tolerance)
        where TActivation : struct, IDifferentiableFunction
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var (rows, channels) = shape;
        var name = $"{TActivation.Name} of {typeof(T).Name} [{rows}, {channels}]";
        var (x, dy, mean) = (samples(rows * channels, 1), samples(rows * channels, 2), samples(channels, 3));
        // Normalised values below 1: tolerances are relative to sums of magnitudes of that order, and each device adds in another one.
        var variance = Array.ConvertAll(samples(channels, 4), static value => T.CreateChecked(16) + T.Abs(value));
        var (gamma, beta) = (samples(channels, 5), samples(channels, 6));
        yield return MomentsOf(shape, samples, tolerance);
        yield return new("batch normalize " + name, bench => bench.Run(new BatchNormalizeKernel<TActivation, T>(
            bench.Input<T>(x), bench.Input<T>(mean), bench.Input<T>(variance), bench.Input<T>(gamma), bench.Input<T>(beta),
            bench.Output<T>(rows * channels, Tolerance.For<T>(3)), rows, channels, Epsilon)));

        // Small upstream gradients: sums of their products are then of the order of 1.
        var gradient = Array.ConvertAll(dy, value => value / T.CreateChecked(rows));
        yield return new("batch norm gradient " + name, bench => bench.Run(new BatchNormGradientKernel<TActivation, T>(
            bench.Input<T>(x), bench.Input<T>(mean), bench.Input<T>(variance), bench.Input<T>(gamma), bench.Input<T>(beta),
            bench.Input<T>(gradient), bench.Output<T>(rows * channels, tolerance), bench.Output<T>(channels, tolerance),
            bench.Output<T>(channels, tolerance), rows, channels, Epsilon)));
    }

    private static IEnumerable<KernelCase> LayerNormOf<T>((int Rows, int Columns) shape, Func<int, int, T[]> samples, double tolerance)
        where T : unmanaged
    {
        var (rows, columns) = shape;
        var name = $"of {typeof(T).Name} [{rows}, {columns}]";
        var (x, dy) = (samples(rows * columns, 1), samples(rows * columns, 2));
        var (gamma, beta, mean, inverse) = (samples(columns, 3), samples(columns, 4), samples(rows, 5), samples(rows, 6));
        yield return new("layer norm " + name, bench => bench.Run(new LayerNormKernel<T>(
            bench.Input<T>(x), bench.Input<T>(gamma), bench.Input<T>(beta), bench.Output<T>(rows * columns, tolerance),
            bench.Output<T>(rows, tolerance), bench.Output<T>(rows, tolerance), rows, columns, Epsilon)));
        yield return new("layer norm gradient " + name, bench => bench.Run(new LayerNormGradientKernel<T>(
            bench.Input<T>(x), bench.Input<T>(gamma), bench.Input<T>(mean), bench.Input<T>(inverse), bench.Input<T>(dy),
            bench.Output<T>(rows * columns, tolerance), bench.Output<T>(columns, tolerance), bench.Output<T>(columns, tolerance),
            rows, columns)));
    }
}
