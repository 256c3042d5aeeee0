using System.Numerics;
using GpuKeras.Kernels.Indexing;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Sorts and running sums: what depends on the order of a row.</summary>
public static class OrderCases
{
    public static IEnumerable<KernelCase> All => [.. Sorts(), .. CumulativeSums()];

    private static IEnumerable<KernelCase> Sorts()
    {
        foreach (var (rows, columns, taken) in new[] { (1, 1, 1), (3, 2, 2), (2, 7, 3), (2, 64, 64), (1, 257, 5), (2, 5, 0) })
        {
            foreach (var descending in new[] { false, true })
            {
                var name = $"sort {rows}x{columns}, {taken} {(descending ? "largest" : "smallest")}";
                yield return new(name, bench => Sort(bench, Specials(rows * columns), rows, columns, taken, descending));
                yield return new($"{name} integers", bench => Sort(
                    bench, Samples.Integers(rows * columns, -9, 9), rows, columns, taken, descending));
                yield return new($"{name} doubles", bench => Sort(
                    bench, Array.ConvertAll(Specials(rows * columns), static x => (double)x), rows, columns, taken, descending));
                yield return new($"{name} long integers", bench => Sort(
                    bench, Array.ConvertAll(Samples.Integers(rows * columns, -9, 9), static x => x * 5_000_000_000), rows, columns, taken, descending));
                yield return new($"{name} bytes", bench => Sort(
                    bench, Array.ConvertAll(Samples.Integers(rows * columns, 0, 256), static x => (byte)x), rows, columns, taken, descending));
            }
        }
        // Longer rows than 1,024 are merged from tiles, here from three.
        yield return new("sort 1x2100", bench => Sort(bench, Specials(2100), 1, 2100, 2100, false));
    }

    private static IEnumerable<KernelCase> CumulativeSums()
    {
        // The last two are sums of groups on a GPU.
        foreach (var (outer, axis, inner) in new[] { (1, 1, 1), (2, 5, 3), (1, 0, 2), (2, 64, 1), (1, 65, 2), (1, 600, 1) })
        {
            foreach (var (exclusive, reverse) in new[] { (false, false), (false, true), (true, false), (true, true) })
            {
                var (length, name) = (outer * axis * inner, $"cumulative sum {outer}x{axis}x{inner}, {exclusive}, {reverse}");
                yield return new(name, bench => bench.Run(new CumulativeSumKernel<float>(
                    bench.Input(Samples.Floats(length)), bench.Output<float>(length, 2 * axis * Tolerance.For<float>(axis)),
                    outer, axis, inner, exclusive, reverse)));
                yield return new($"{name} doubles", bench => bench.Run(new CumulativeSumKernel<double>(
                    bench.Input(Samples.Doubles(length)), bench.Output<double>(length, 2 * axis * Tolerance.For<double>(axis)),
                    outer, axis, inner, exclusive, reverse)));
                yield return new($"{name} integers", bench => bench.Run(new CumulativeSumKernel<int>(
                    bench.Input(Samples.Integers(length, -99, 99)), bench.Output<int>(length), outer, axis, inner, exclusive, reverse)));
                yield return new($"{name} long integers", bench => bench.Run(new CumulativeSumKernel<long>(
                    bench.Input(Array.ConvertAll(Samples.Integers(length, -99, 99), static x => x * 5_000_000_000)), bench.Output<long>(length),
                    outer, axis, inner, exclusive, reverse)));
            }
        }
        var values = Samples.Floats(70);
        (values[20], values[40]) = (float.PositiveInfinity, float.NegativeInfinity);
        yield return new("cumulative sum over infinities", bench => bench.Run(new CumulativeSumKernel<float>(
            bench.Input(values), bench.Output<float>(70, 140 * Tolerance.For<float>(70)), 1, 70, 1, true, false)));
    }

    private static void Sort<T>(KernelBench bench, T[] x, int rows, int columns, int taken, bool descending)
        where T : unmanaged, INumber<T> =>
        bench.Run(new SortKernel<T>(bench.Input(x), bench.Output<int>(rows * taken), rows, columns, taken, descending));

    // Few different numbers, so that many are equal, and the special ones.
    private static float[] Specials(int count)
    {
        float[] special = [0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon];
        return Array.ConvertAll(Samples.Integers(count, -20, 20), i => i >= 0 && i < special.Length ? special[i] : i / 4f);
    }
}
