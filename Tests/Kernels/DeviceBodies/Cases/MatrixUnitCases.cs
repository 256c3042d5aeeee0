using GpuKeras.Kernels;
using GpuKeras.Kernels.Convolution;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Products for devices with matrix units. Not among all cases: they say nothing new of devices without.</summary>
/// <remarks>
/// Where a case has no tolerance its numbers are multiples of 2⁻⁷ in [−1, 1]: TF32 and bfloat16 hold them, and float32 their products and
/// sums, so that results must be the host's to the bit. Elsewhere each factor is off by up to half a unit u of its last place, 2⁻¹¹ or
/// 2⁻⁸ of itself, hence a term, which is below 1, by 2u + u², and k terms by k times that, beside what two sums in float32 may be off.
/// </remarks>
/// <param name="precision">To what the products round.</param>
internal sealed class MatrixUnitCases(MatMulPrecision precision)
{
    private static readonly MatrixUnitCases Tf32 = new(MatMulPrecision.TensorFloat32);
    private static readonly MatrixUnitCases BFloat16 = new(MatMulPrecision.BFloat16);

    /// <summary>One group each, short enough for a simulated device.</summary>
    public static IEnumerable<TestCaseData> Simulated =>
    [
        .. Tf32.Data([Product<Identity>(new(16, 40, 16, true, true)), Tf32.Rounded(new(20, 36, 16))]),
        .. BFloat16.Data([BFloat16.Rounded(new(20, 36, 32, true, false))]),
    ];

    /// <summary>
    /// Sizes around those of tiles and steps, all transpositions, batches, epilogues and a split k; for bfloat16 those that differ for
    /// it, as it has the rest of the code in common.
    /// </summary>
    public static IEnumerable<TestCaseData> Every =>
    [
        .. Tf32.Data(Tf32.All),
        .. BFloat16.Data(
        [
            .. Transpositions(new(64, 64, 64)).Select(Product<Identity>),
            .. Transpositions(new(63, 65, 31)).Select(Product<Identity>),
            .. Transpositions(new(65, 63, 33)).Select(Product<Identity>),
            .. Transpositions(new(68, 72, 36)).Select(Product<Identity>),
            Product<Identity>(new(130, 129, 37)),
            Product<Identity>(new(17, 19, 300)),
            Product<Relu>(new(66, 37, 24), hasBias: true),
            Batches(new(20, 36, 24, true, true)),
            Accumulation(new(17, 34, 19)),
            BFloat16.Rounded(new(65, 130, 100)),
            Special(new(20, 34, 18)),
            BFloat16.Convolution(8, 16, 1),
            BFloat16.Convolution(3, 20, 2),
        ]),
    ];

    private IEnumerable<KernelCase> All =>
    [
        Product<Identity>(new(33, 34, 17)),
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

    /// <summary>A product of numbers that are rounded.</summary>
    public KernelCase Rounded(MatMulSizes sizes) => new($"{sizes} of rounded numbers", bench => bench.Run(
        new MatMulKernel<Identity, float>(
            bench.Input<float>(Samples.Uniform<float>(sizes.Rows * sizes.Inner, 1)),
            bench.Input<float>(Samples.Uniform<float>(sizes.Inner * sizes.Columns, 2)), default,
            bench.Output<float>(sizes.Rows * sizes.Columns, Tolerated(sizes.Inner)), sizes)));

    private IEnumerable<TestCaseData> Data(IEnumerable<KernelCase> cases) =>
        cases.Select(kernelCase => new TestCaseData(precision, kernelCase));

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

    private KernelCase Convolution(int channels, int filters, int stride) =>
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

    private double Tolerated(long terms)
    {
        var unit = Math.ScaleB(1, precision == MatMulPrecision.BFloat16 ? -8 : -11);
        return terms * (2 * unit + unit * unit + 2 * Tolerance.For<float>(terms));
    }
}
