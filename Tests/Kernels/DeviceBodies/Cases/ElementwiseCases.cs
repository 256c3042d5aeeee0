using System.Numerics;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>The kernels that are neither functions of one number nor broadcast: casts, fills, copies, predicates.</summary>
public static class ElementwiseCases
{
    private static readonly double[] Edges =
    [
        0, -0.0, 0.5, -0.5, 1.5, -1.5, 254.9, 255, 256, -1, 1e9, 2147483647, 2147483648, -2147483648, -2147483649, 3e9, 1e18, 9.3e18,
        -9.3e18, 1e30, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
    ];

    public static IEnumerable<KernelCase> All =>
    [
        .. Casts<float>(Array.ConvertAll(Edges, static x => (float)x)),
        .. Casts<double>(Edges),
        .. Casts<int>(0, 1, -1, 255, 256, -257, 16777217, int.MaxValue, int.MinValue),
        .. Casts<long>(0, 1, -1, 256, 4294967297, 9007199254740993, -9007199254740993, long.MaxValue, long.MinValue),
        .. Casts<byte>(0, 1, 127, 128, 255),
        NonZero<float>(0, -0f, 1, float.NaN, float.NegativeInfinity),
        NonZero<double>(0, -0.0, 1e-300, double.NaN),
        NonZero<int>(0, 1, -5, int.MinValue),
        NonZero<long>(0, 1L << 40, -1),
        NonZero<byte>(0, 1, 255),
        Fill(2.5f, 5), Fill(-1.25, 3), Fill(int.MinValue, 33), Fill(1L << 60, 2), Fill((byte)200, 17), Fill(1f, 0),
        Copy<double>(1.5, double.NaN), Copy<int>(3, -4, 5), Copy<long>(1L << 50), Copy<byte>(1, 2, 3, 4, 5), Copy<float>(),
        Predicate<IsNaN, float>(0, float.NaN, float.PositiveInfinity, 1e30f), Predicate<IsNaN, double>(double.NaN, 1),
        Predicate<IsFinite, float>(0, float.NaN, float.NegativeInfinity, 3e38f), Predicate<IsFinite, int>(7, int.MaxValue),
        Predicate<LogicalNot, byte>(0, 1, 7), Predicate<LogicalNot, long>(0, 1L << 40),
    ];

    private static KernelCase[] Casts<T>(params T[] values)
        where T : unmanaged, INumberBase<T> =>
        [Cast<T, float>(values), Cast<T, double>(values), Cast<T, int>(values), Cast<T, long>(values), Cast<T, byte>(values)];

    private static KernelCase Cast<TSource, TTarget>(TSource[] values)
        where TSource : unmanaged, INumberBase<TSource>
        where TTarget : unmanaged, INumberBase<TTarget> =>
        new($"cast of {typeof(TSource).Name} to {typeof(TTarget).Name}", bench =>
            bench.Run(new CastKernel<TSource, TTarget>(bench.Input<TSource>(values), bench.Output<TTarget>(values.Length))));

    private static KernelCase NonZero<T>(params T[] values)
        where T : unmanaged =>
        new($"non-zero {typeof(T).Name}", bench => bench.Run(new NonZeroKernel<T>(bench.Input<T>(values), bench.Output<byte>(values.Length))));

    private static KernelCase Fill<T>(T value, int length)
        where T : unmanaged =>
        new($"fill {length} {typeof(T).Name}", bench => bench.Run(new FillKernel<T>(value, bench.Output<T>(length))));

    private static KernelCase Copy<T>(params T[] values)
        where T : unmanaged =>
        new($"copy {values.Length} {typeof(T).Name}", bench => bench.Run(new CopyKernel<T>(bench.Input<T>(values), bench.Output<T>(values.Length))));

    private static KernelCase Predicate<TFunction, T>(params T[] values)
        where TFunction : struct, IUnaryFunction
        where T : unmanaged =>
        new($"{TFunction.Name} of {typeof(T).Name}", bench =>
            bench.Run(new PredicateKernel<TFunction, T>(default, bench.Input<T>(values), bench.Output<byte>(values.Length))));
}
