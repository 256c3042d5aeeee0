using System.Numerics;
using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Matrix products. Terms lie in [−1, 1), so a sum's error is at most the tolerance times its length.</summary>
public static class LinearCases
{
    // On the simulated GPU of four multiprocessors: few rows or columns, up to three small tiles, then medium and large ones; and k split.
    private static readonly MatMulSizes[] Sizes =
    [
        new(5, 7, 3), new(0, 3, 2), new(3, 0, 2), new(3, 2, 0), new(1, 1, 1), new(31, 32, 8), new(33, 29, 9), new(7, 40, 17),
        new(32, 32, 16), new(36, 64, 24), new(1, 50, 20), new(50, 1, 132), new(4, 36, 20), new(35, 3, 18), new(5, 6, 300),
    ];

    private static readonly MatMulSizes[] LargeSizes = [new(100, 129, 20), new(129, 130, 12), new(192, 200, 17)];

    public static IEnumerable<KernelCase> All =>
    [
        .. Sizes.SelectMany(static sizes => Transpositions(sizes).Select(Product<Identity, float>)),
        .. LargeSizes.Select(Product<Identity, float>),
        Product<Identity, float>(new(192, 200, 17, true, false)),
        .. Transpositions(new(13, 18, 11)).Select(Product<Identity, double>),
        Product<Identity, double>(new(70, 130, 17)),
        Product<Identity, double>(new(2, 3, 280)),
        Epilogue<Relu, float>(new(9, 37, 6), false),
        Epilogue<Relu, float>(new(9, 64, 6), true),
        Epilogue<Tanh, float>(new(9, 37, 6), true),
        Epilogue<Relu, float>(new(5, 6, 270), true),
        Epilogue<Relu, float>(new(3, 37, 6), true),
        Epilogue<Tanh, float>(new(37, 2, 140), true),
        Epilogue<Tanh, double>(new(9, 7, 6), true),
        Accumulation(new(7, 37, 5)),
        Accumulation(new(5, 34, 260)),
        Accumulation(new(2, 34, 1030)),
        Accumulation(new(33, 3, 1028, true, false)),
        Batches(new(5, 35, 4)),
        Batches(new(5, 36, 8, true, true)),
        Special(new(6, 34, 10)),
        Batches(new(2, 37, 52, true, true)),
    ];

    private static IEnumerable<MatMulSizes> Transpositions(MatMulSizes sizes) =>
        [sizes, sizes with { TransposeA = true }, sizes with { TransposeB = true }, sizes with { TransposeA = true, TransposeB = true }];

    private static KernelCase Product<TActivation, T>(MatMulSizes sizes)
        where TActivation : struct, IUnaryFunction
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new($"{sizes} of {typeof(T).Name}", bench => bench.Run(new MatMulKernel<TActivation, T>(
            A<T>(bench, sizes), B<T>(bench, sizes), default, C<T>(bench, sizes), sizes)));

    private static KernelCase Epilogue<TActivation, T>(MatMulSizes sizes, bool keepsArgument)
        where TActivation : struct, IUnaryFunction
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new($"{sizes} of {typeof(T).Name} with bias and {TActivation.Name}{(keepsArgument ? ", argument kept" : "")}", bench => bench.Run(
            new MatMulKernel<TActivation, T>(
                A<T>(bench, sizes), B<T>(bench, sizes), bench.Input<T>(Samples.Uniform<T>(sizes.Columns, 3)), C<T>(bench, sizes), sizes,
                argument: keepsArgument ? C<T>(bench, sizes) : default)));

    private static KernelCase Accumulation(MatMulSizes sizes) => new($"{sizes} added to C", bench => bench.Run(
        new MatMulKernel<Identity, float>(
            A<float>(bench, sizes), B<float>(bench, sizes), default,
            bench.InOut<float>(TermTolerance<float>(sizes), Samples.Uniform<float>(sizes.Rows * sizes.Columns, 4)), sizes,
            accumulate: true)));

    // A [2, 1, m, k] · B [3, k, n] → C [2, 3, m, n].
    private static KernelCase Batches(MatMulSizes sizes) => new($"{sizes} with broadcast batches", bench => bench.Run(
        new MatMulKernel<Identity, float>(
            A<float>(bench, sizes, 2), B<float>(bench, sizes, 3), default, C<float>(bench, sizes, 6), sizes,
            new(new Extents([2, 3]), new Extents([1, 0]), new Extents([0, 1])))));

    private static KernelCase Special(MatMulSizes sizes) => new($"{sizes} with NaN and infinity", bench =>
    {
        var a = Samples.Uniform<float>(sizes.Rows * sizes.Inner, 1);
        a[2 * sizes.Inner + 3] = float.NaN;
        a[4 * sizes.Inner] = float.PositiveInfinity;
        bench.Run(new MatMulKernel<Relu, float>(bench.Input<float>(a), B<float>(bench, sizes), default, C<float>(bench, sizes), sizes));
    });

    private static ArrayView<T> A<T>(KernelBench bench, MatMulSizes sizes, int matrices = 1)
        where T : unmanaged, IFloatingPointIeee754<T> => bench.Input<T>(Samples.Uniform<T>(matrices * sizes.Rows * sizes.Inner, 1));

    private static ArrayView<T> B<T>(KernelBench bench, MatMulSizes sizes, int matrices = 1)
        where T : unmanaged, IFloatingPointIeee754<T> => bench.Input<T>(Samples.Uniform<T>(matrices * sizes.Inner * sizes.Columns, 2));

    private static ArrayView<T> C<T>(KernelBench bench, MatMulSizes sizes, int matrices = 1)
        where T : unmanaged => bench.Output<T>(matrices * sizes.Rows * sizes.Columns, TermTolerance<T>(sizes));

    // Both bodies may be wrong by the bound, and Σ|terms| is at most k.
    private static double TermTolerance<T>(MatMulSizes sizes)
        where T : unmanaged => 2 * Tolerance.For<T>(sizes.Inner) * Math.Max(1, sizes.Inner);
}
