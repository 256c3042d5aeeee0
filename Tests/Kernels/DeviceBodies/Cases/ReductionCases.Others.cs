using System.Numerics;
using GpuKeras.Kernels.Reduction;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

public static partial class ReductionCases
{
    private static readonly (int Outer, int Reduced, int Inner)[] ArgShapes =
        [(1, 1, 1), (5, 31, 1), (2, 32, 1), (65, 70, 1), (1, 257, 1), (2, 1025, 1), (3, 20, 7), (0, 3, 1), (2, 3, 0)];

    private static readonly (int Rows, int Columns)[] ProductShapes = [(1, 1), (5, 3), (2, 31), (1, 32), (1, 33), (3, 70), (2, 0), (0, 2)];

    private static IEnumerable<KernelCase> Others =>
    [
        // Few different numbers, so that there are ties.
        .. ArgShapes.SelectMany(static s => ArgsOf(s, n => Array.ConvertAll(Samples.Integers(n, 0, 50), static v => v / 4f))),
        .. ArgsOf((3, 40, 1), static n => Array.ConvertAll(Samples.Integers(n, 0, 50), static v => v / 4.0)),
        .. ArgsOf((3, 40, 1), static n => Samples.Integers(n, -20, 20)),
        .. ArgsOf((3, 40, 2), static n => Array.ConvertAll(Samples.Integers(n, -20, 20), static v => v * 10_000_000_000L)),
        .. ArgsOf((3, 40, 1), static n => Array.ConvertAll(Samples.Integers(n, 0, 20), static v => (byte)v)),
        .. ArgsOf((6, 5, 1), static _ => ArgSpecials), .. ArgsOf((1, 6, 5), static _ => ArgSpecials),
        .. ProductShapes.SelectMany(static s => OthersOf(s, Near1, Tolerance.For<float>(4 * s.Columns))),
        .. ProductShapes.SelectMany(static s => OthersOf(s, static n => Samples.Integers(n, int.MinValue, int.MaxValue), 0)),
        .. OthersOf((2, 40), static n => Array.ConvertAll(Near1(n), static v => (double)v), Tolerance.For<double>(160)),
        .. OthersOf((2, 40), Longs, 0),
        .. OthersOf((4, 3), static _ => (float[])[0f, 2, 3, 0, 0, 5, float.NaN, 1, 2, float.PositiveInfinity, 2, 3], Tolerance.For<float>(12)),
    ];

    private static float[] ArgSpecials =>
    [
        float.NaN, 1, float.NaN, 2, 3,
        1, 2, float.PositiveInfinity, float.NaN, float.NaN,
        float.NegativeInfinity, float.NegativeInfinity, 0, float.PositiveInfinity, float.PositiveInfinity,
        float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity,
        -0f, 0f, -0f, 0f, 0f,
        3, 3, 3, 3, 3,
    ];

    private static IEnumerable<KernelCase> ArgsOf<T>((int Outer, int Reduced, int Inner) shape, Func<int, T[]> samples)
        where T : unmanaged, INumber<T>
    {
        var (outer, reduced, inner) = shape;
        var (x, name) = (samples(outer * reduced * inner), $"of {typeof(T).Name} [{outer}, {reduced}, {inner}]");
        yield return new("arg max " + name, bench => bench.Run(
            new ArgReduceKernel<ArgMaxComparison, T>(bench.Input<T>(x), bench.Output<int>(outer * inner), outer, reduced, inner)));
        yield return new("arg min " + name, bench => bench.Run(
            new ArgReduceKernel<ArgMinComparison, T>(bench.Input<T>(x), bench.Output<int>(outer * inner), outer, reduced, inner)));
    }

    private static IEnumerable<KernelCase> OthersOf<T>((int Rows, int Columns) shape, Func<int, T[]> samples, double tolerance)
        where T : unmanaged, INumberBase<T>
    {
        var (rows, columns) = shape;
        var n = rows * columns;
        var (x, u, name) = (samples(n), samples(n), $"of {typeof(T).Name} [{rows}, {columns}]");
        yield return new("product of others " + name, bench => bench.Run(
            new ProductOfOthersKernel<T>(bench.Input<T>(x), bench.Output<T>(n, tolerance), rows, columns)));
        yield return new("product of others gradient " + name, bench => bench.Run(
            new ProductOfOthersGradientKernel<T>(bench.Input<T>(x), bench.Input<T>(u), bench.Output<T>(n, tolerance), rows, columns)));
    }
}
