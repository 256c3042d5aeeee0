using GpuKeras.Kernels;
using GpuKeras.Kernels.Convolution;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Products for devices with matrix units. Not among all cases: they say nothing new of devices without.</summary>
/// <remarks>
/// Where a case has no tolerance its numbers are multiples of 2⁻⁷ in [−1, 1]: TF32 holds them, and float32 their products and sums, so
/// that results must be the host's to the bit. Elsewhere each factor is off by up to 2⁻¹¹ of itself, hence a term, which is below 1, by
/// 2⁻¹⁰ + 2⁻²², and k terms by k times that, beside what two sums in float32 may be off.
/// </remarks>
public static class TensorFloatCases
{
    /// <summary>One group each, short enough for a simulated device.</summary>
    public static IEnumerable<KernelCase> Small =>
    [
        Product<Identity>(new(33, 34, 17)),
        Product<Identity>(new(16, 40, 16, true, true)),
        Rounded(new(20, 36, 16)),
    ];

    /// <summary>Sizes around those of tiles and steps, all transpositions, batches, epilogues and a split k.</summary>
    public static IEnumerable<KernelCase> Every =>
    [
        .. Small,
        .. Transpositions(new(64, 64, 32)).Select(Product<Identity>),
        .. Transpositions(new(63, 65, 31)).Select(Product<Identity>),
        .. Transpositions(new(65, 63, 33)).Select(Product<Identity>),
        .. Transpositions(new(68, 72, 36)).Select(Product<Identity>),
        // Large tiles on up to four multiprocessors.
        Product<Identity>(new(256, 256, 16)),
        .. Transpositions(new(130, 129, 21)).Select(Product<Identity>),
        .. Transpositions(new(132, 140, 20)).Select(Product<Identity>),
        // Two parts of k and more.
        Product<Identity>(new(17, 19, 300)),
        Product<Relu>(new(20, 24, 512, true, false), hasBias: true),
        Product<Relu>(new(66, 37, 24), hasBias: true),
        Product<Relu>(new(129, 132, 24, false, true), hasBias: true),
        Batches(new(18, 35, 20)),
        Batches(new(20, 36, 24, true, true)),
        Accumulation(new(17, 34, 19)),
        Rounded(new(65, 130, 100)),
        Rounded(new(130, 130, 64)),
        Special(new(20, 34, 18)),
        Convolution(8, 16, 1),
        Convolution(3, 20, 2),
    ];

    /// <summary>A product of numbers that TF32 rounds.</summary>
    public static KernelCase Rounded(MatMulSizes sizes) => new($"{sizes} of rounded numbers", bench => bench.Run(
        new MatMulKernel<Identity, float>(
            bench.Input<float>(Samples.Uniform<float>(sizes.Rows * sizes.Inner, 1)),
            bench.Input<float>(Samples.Uniform<float>(sizes.Inner * sizes.Columns, 2)), default,
            bench.Output<float>(sizes.Rows * sizes.Columns, Tolerated(sizes.Inner)), sizes)));

    private static IEnumerable<MatMulSizes> Transpositions(MatMulSizes sizes) =>
        [sizes, sizes with { TransposeA = true }, sizes with { TransposeB = true }, sizes with { TransposeA = true, TransposeB = true }];

    private static KernelCase Product<TActivation>(MatMulSizes sizes)
        where TActivation : struct, IUnaryFunction => Product<TActivation>(sizes, hasBias: false);

    private static KernelCase Product<TActivation>(MatMulSizes sizes, bool hasBias)
        where TActivation : struct, IUnaryFunction =>
        new($"{sizes}{(hasBias ? $" with bias and {TActivation.Name}" : "")}", bench => bench.Run(new MatMulKernel<TActivation, float>(
            A(bench, sizes), B(bench, sizes), hasBias ? bench.Input<float>(Exact(sizes.Columns, 3)) : default,
            bench.Output<float>(sizes.Rows * sizes.Columns), sizes)));

    private static KernelCase Accumulation(MatMulSizes sizes) => new($"{sizes} added to C", bench => bench.Run(
        new MatMulKernel<Identity, float>(
            A(bench, sizes), B(bench, sizes), default, bench.InOut<float>(0, Exact(sizes.Rows * sizes.Columns, 4)), sizes,
            accumulate: true)));

    // A [2, 1, m, k] · B [3, k, n] → C [2, 3, m, n].
    private static KernelCase Batches(MatMulSizes sizes) => new($"{sizes} with broadcast batches", bench => bench.Run(
        new MatMulKernel<Identity, float>(
            A(bench, sizes, 2), B(bench, sizes, 3), default, bench.Output<float>(6 * sizes.Rows * sizes.Columns), sizes,
            new(new Extents([2, 3]), new Extents([1, 0]), new Extents([0, 1])))));

    private static KernelCase Special(MatMulSizes sizes) => new($"{sizes} with NaN and infinity", bench =>
    {
        var a = Exact(sizes.Rows * sizes.Inner, 1);
        a[2 * sizes.Inner + 3] = float.NaN;
        a[4 * sizes.Inner] = float.PositiveInfinity;
        bench.Run(new MatMulKernel<Relu, float>(
            bench.Input<float>(a), B(bench, sizes), default, bench.Output<float>(sizes.Rows * sizes.Columns), sizes));
    });

    private static KernelCase Convolution(int channels, int filters, int stride) =>
        new($"convolution of {channels} channels by {filters} filters, stride {stride}", bench =>
        {
            var side = (7 + 2 - 3) / stride + 1;
            var sizes = new ConvolutionSizes
            {
                Batch = 2,
                InputHeight = 7,
                InputWidth = 7,
                InputChannels = channels,
                KernelHeight = 3,
                KernelWidth = 3,
                OutputHeight = side,
                OutputWidth = side,
                OutputChannels = filters,
                StrideHeight = stride,
                StrideWidth = stride,
                DilationHeight = 1,
                DilationWidth = 1,
                PadTop = 1,
                PadLeft = 1,
                Groups = 1,
            };
            var outputs = (int)(sizes.OutputPixels * filters);
            var x = bench.Input<float>(Samples.Uniform<float>((int)(sizes.Batch * sizes.InputImageLength), 1));
            var filter = bench.Input<float>(Samples.Uniform<float>((int)sizes.FilterLength, 2));
            var dy = bench.Input<float>(Samples.Uniform<float>(outputs, 3));
            bench.Run(new ConvolutionKernel<Identity, float>(
                x, filter, default, bench.Output<float>(outputs, Tolerated(sizes.WindowLength)), sizes));
            bench.Run(new ConvolutionInputGradientKernel<float>(
                dy, filter, bench.Output<float>((int)x.Length, Tolerated(9 * filters)), sizes));
            bench.Run(new ConvolutionFilterGradientKernel<float>(
                x, dy, bench.Output<float>((int)sizes.FilterLength, Tolerated(sizes.OutputPixels)), sizes));
        });

    private static ArrayView<float> A(KernelBench bench, MatMulSizes sizes, int matrices = 1) =>
        bench.Input<float>(Exact(matrices * sizes.Rows * sizes.Inner, 1));

    private static ArrayView<float> B(KernelBench bench, MatMulSizes sizes, int matrices = 1) =>
        bench.Input<float>(Exact(matrices * sizes.Inner * sizes.Columns, 2));

    private static float[] Exact(int count, int seed) =>
        Array.ConvertAll(Samples.Uniform<float>(count, seed), static x => MathF.Round(128 * x) / 128);

    private static double Tolerated(long terms) =>
        terms * (Math.ScaleB(1, -10) + Math.ScaleB(1, -22) + 2 * Tolerance.For<float>(terms));
}
