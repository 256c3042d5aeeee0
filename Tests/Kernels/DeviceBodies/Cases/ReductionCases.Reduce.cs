using GpuKeras.Kernels.Reduction;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

public static partial class ReductionCases
{
    // Outer, reduced, inner: rows for warps and groups; blocks of columns that are narrow, a warp and more; two launches.
    private static readonly (int Outer, int Reduced, int Inner)[] ReduceShapes =
    [
        (1, 1, 1), (2, 31, 1), (3, 32, 1), (1, 33, 1), (2, 255, 1), (1, 256, 1), (1, 257, 1), (3, 1025, 1), (1, 20_001, 1),
        (1, 5, 3), (2, 33, 15), (1, 32, 16), (1, 65, 17), (3, 7, 1), (1, 3, 255), (2, 3, 257), (1, 2500, 10), (1, 130, 256), (1, 1000, 33), (2, 0, 1), (2, 0, 3), (0, 3, 1),
    ];

    private static readonly (int Outer, int Reduced, int Inner)[] FewShapes = [(2, 33, 1), (1, 300, 1), (2, 40, 5)];

    private static IEnumerable<KernelCase> Reduce =>
    [
        .. ReduceShapes.Select(static s => ReduceOf<SumReduction, float>(s, Positive, Tolerance.For<float>(s.Reduced))),
        .. ReduceShapes.Select(static s => ReduceOf<MaxReduction, float>(s, static n => Samples.Floats(n), 0)),
        .. FewShapes.Select(static s => ReduceOf<MeanReduction, float>(s, Positive, Tolerance.For<float>(s.Reduced))),
        .. FewShapes.Select(static s => ReduceOf<MinReduction, float>(s, static n => Samples.Floats(n), 0)),
        .. FewShapes.Select(static s => ReduceOf<ProductReduction, float>(s, Near1, Tolerance.For<float>(s.Reduced))),
        .. FewShapes.Select(static s => ReduceOf<SumReduction, double>(s, PositiveDoubles, Tolerance.For<double>(s.Reduced))),
        .. FewShapes.Select(static s => ReduceOf<MeanReduction, double>(s, PositiveDoubles, Tolerance.For<double>(s.Reduced))),
        .. FewShapes.Select(static s => ReduceOf<MaxReduction, double>(s, static n => Samples.Doubles(n), 0)),
        .. FewShapes.Select(static s => ReduceOf<SumReduction, int>(s, static n => Samples.Integers(n, int.MinValue, int.MaxValue), 0)),
        .. FewShapes.Select(static s => ReduceOf<ProductReduction, int>(s, static n => Samples.Integers(n, int.MinValue, int.MaxValue), 0)),
        .. FewShapes.Select(static s => ReduceOf<MaxReduction, int>(s, static n => Samples.Integers(n, -9000, -1), 0)),
        .. FewShapes.Select(static s => ReduceOf<MinReduction, int>(s, static n => Samples.Integers(n, 1, 9000), 0)),
        .. FewShapes.Select(static s => ReduceOf<SumReduction, long>(s, Longs, 0)),
        .. FewShapes.Select(static s => ReduceOf<MinReduction, long>(s, Longs, 0)),
        .. FewShapes.Select(static s => ReduceOf<MaxReduction, long>(s, static n => Array.ConvertAll(Longs(n), static v => -Math.Abs(v)), 0)),
        .. FewShapes.Select(static s => ReduceOf<SumReduction, byte>(s, Bytes, 0)),
        .. FewShapes.Select(static s => ReduceOf<MaxReduction, byte>(s, Bytes, 0)),
        .. FewShapes.Select(static s => ReduceOf<MinReduction, byte>(s, Bytes, 0)),
        .. Specials<MaxReduction>(), .. Specials<MinReduction>(), .. Specials<SumReduction>(), .. Specials<MeanReduction>(), .. Specials<ProductReduction>(),
        .. FewShapes.Append((3, 0, 1)).Append((2, 0, 3)).Append((1, 2500, 10)).SelectMany(static s => BooleansOf(s.Item1, s.Item2, s.Item3)),
    ];

    private static KernelCase ReduceOf<TReduction, T>(
        (int Outer, int Reduced, int Inner) shape, Func<int, T[]> samples, double tolerance)
        where TReduction : struct, IReduction
        where T : unmanaged
    {
        var (outer, reduced, inner) = shape;
        var x = samples(outer * reduced * inner);
        return new($"{TReduction.Name} of {typeof(T).Name} [{outer}, {reduced}, {inner}]", bench => bench.Run(
            new ReduceKernel<TReduction, T>(bench.Input<T>(x), bench.Output<T>(outer * inner, tolerance), outer, reduced, inner)));
    }

    // Each special value in each place of a panel, a pair of panels and a warp, and in its tail.
    private static IEnumerable<KernelCase> Specials<TReduction>()
        where TReduction : struct, IReduction
    {
        float[] values = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        int[] places = [0, 15, 16, 33, 39];
        foreach (var inner in (int[])[1, 3, 16])
        {
            var rows = values.Length * places.Length;
            var x = new float[rows * 40 * inner];
            for (var row = 0; row < rows; row++)
                x[(row * 40 + places[row / values.Length]) * inner] = values[row % values.Length];
            yield return new($"{TReduction.Name} with NaN and infinities, inner {inner}", bench => bench.Run(
                new ReduceKernel<TReduction, float>(bench.Input<float>(x), bench.Output<float>(rows * inner), rows, 40, inner)));
        }
    }

    private static IEnumerable<KernelCase> BooleansOf(int outer, int reduced, int inner)
    {
        // All false, all true, one false, one true; true is any byte but 0.
        var n = outer * reduced * inner;
        byte[][] inputs = [new byte[n], [.. Enumerable.Repeat((byte)2, n)], [.. Enumerable.Repeat((byte)3, n)], new byte[n]];
        if (n > 0)
        {
            inputs[2][reduced * inner / 2] = 0;
            inputs[3][^1] = 255;
        }
        foreach (var all in (bool[])[false, true])
        {
            for (var i = 0; i < inputs.Length; i++)
            {
                var x = inputs[i];
                yield return new($"{(all ? "all" : "any")} of [{outer}, {reduced}, {inner}], input {i}", bench => bench.Run(
                    new BooleanReduceKernel(bench.Input<byte>(x), bench.Output<byte>(outer * inner), outer, reduced, inner, all)));
            }
        }
    }

    private static float[] Positive(int count) => Array.ConvertAll(Samples.Floats(count), Math.Abs);

    private static double[] PositiveDoubles(int count) => Array.ConvertAll(Samples.Doubles(count), Math.Abs);

    private static float[] Near1(int count) => Array.ConvertAll(Samples.Floats(count), static x => 1 + x / 100);

    private static long[] Longs(int count) => Array.ConvertAll(Samples.Integers(count, int.MinValue, int.MaxValue), static x => 123456789123L * x);

    private static byte[] Bytes(int count) => Array.ConvertAll(Samples.Integers(count, 1, 255), static x => (byte)x);
}
