using System.Numerics;
using GpuKeras.Kernels.Indexing;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Gather, scatter and their relatives. Updates are added in the host's order, so results are equal to the bit.</summary>
public static class IndexingCases
{
    public static IEnumerable<KernelCase> All =>
    [
        .. Gathers(), .. Scatters(), .. AlongAxis(), .. OneHots(),
        new("check of 5 indices", static bench => bench.Run(new IndexCheckKernel<int>(
            bench.InOut(0, 0, 1, 2, 2, 0), 3, static (index, _) => new IndexOutOfRangeException($"{index}")))),
    ];

    private static IEnumerable<KernelCase> Gathers()
    {
        foreach (var (outer, axis, inner, count) in new[] { (1, 5, 1, 7), (2, 4, 3, 5), (2, 3, 17, 4), (1, 3, 16, 0), (3, 1, 1, 1) })
        {
            var name = $"gather of {count} from {outer}x{axis}x{inner}";
            yield return new(name, bench => Gather(bench, Samples.Floats(outer * axis * inner), outer, axis, inner, Samples.Integers(count, 0, axis)));
            yield return new($"{name} doubles", bench => Gather(
                bench, Samples.Doubles(outer * axis * inner), outer, axis, inner, Long(Samples.Integers(count, 0, axis))));
            yield return new($"{name} bytes", bench => Gather(
                bench, Bytes(outer * axis * inner), outer, axis, inner, Samples.Integers(count, 0, axis)));
        }
    }

    private static IEnumerable<KernelCase> Scatters()
    {
        // The last two have more indices than one item of a GPU takes: these are sorted.
        foreach (var (outer, axis, inner, count) in new[] { (1, 5, 1, 7), (2, 4, 3, 5), (2, 3, 17, 4), (1, 3, 2, 0), (1, 9, 3, 65), (2, 40, 2, 130) })
        {
            var name = $"scatter of {count} into {outer}x{axis}x{inner}";
            yield return new(name, bench => bench.Run(new ScatterAddKernel<float, int>(
                bench.InOut(0, Samples.Floats(outer * axis * inner, 2)), bench.Input(Samples.Integers(count, 0, axis)),
                bench.Input(Samples.Floats(outer * count * inner)), outer, axis, inner)));
            yield return new($"{name} doubles", bench => bench.Run(new ScatterAddKernel<double, long>(
                bench.InOut(0, Samples.Doubles(outer * axis * inner, 2)), bench.Input(Long(Samples.Integers(count, 0, axis))),
                bench.Input(Samples.Doubles(outer * count * inner)), outer, axis, inner)));
            yield return new($"{name} integers", bench => bench.Run(new ScatterAddKernel<int, int>(
                bench.InOut(0, Samples.Integers(outer * axis * inner, -9, 9)), bench.Input(Samples.Integers(count, 0, axis)),
                bench.Input(Samples.Integers(outer * count * inner, -9, 9)), outer, axis, inner)));
            yield return new($"{name} long integers", bench => bench.Run(new ScatterAddKernel<long, int>(
                bench.InOut(0, Long(Samples.Integers(outer * axis * inner, -9, 9))), bench.Input(Samples.Integers(count, 0, axis)),
                bench.Input(Long(Samples.Integers(outer * count * inner, -9, 9))), outer, axis, inner)));
        }
    }

    private static IEnumerable<KernelCase> AlongAxis()
    {
        foreach (var (outer, axis, inner, count) in new[] { (1, 5, 1, 7), (2, 4, 3, 5), (2, 3, 17, 4), (2, 3, 2, 0), (2, 9, 2, 70) })
        {
            var name = $"along axis {outer}x{axis}x{inner}, {count} indices";
            var total = outer * count * inner;
            yield return new($"take {name}", bench => bench.Run(new TakeAlongAxisKernel<float, int>(
                bench.Input(Samples.Floats(outer * axis * inner)), bench.Input(Samples.Integers(total, 0, axis)),
                bench.Output<float>(total), axis, count, inner)));
            yield return new($"take {name} bytes", bench => bench.Run(new TakeAlongAxisKernel<byte, long>(
                bench.Input(Bytes(outer * axis * inner)), bench.Input(Long(Samples.Integers(total, 0, axis))),
                bench.Output<byte>(total), axis, count, inner)));
            yield return new($"add {name}", bench => bench.Run(new AddAlongAxisKernel<float, int>(
                bench.InOut(0, Samples.Floats(outer * axis * inner, 2)), bench.Input(Samples.Integers(total, 0, axis)),
                bench.Input(Samples.Floats(total)), outer, axis, count, inner)));
            yield return new($"add {name} integers", bench => bench.Run(new AddAlongAxisKernel<int, long>(
                bench.InOut(0, Samples.Integers(outer * axis * inner, -9, 9)), bench.Input(Long(Samples.Integers(total, 0, axis))),
                bench.Input(Samples.Integers(total, -9, 9)), outer, axis, count, inner)));
        }
    }

    private static IEnumerable<KernelCase> OneHots()
    {
        foreach (var (count, classes) in new[] { (0, 3), (1, 1), (7, 5), (3, 0) })
        {
            // Indices outside give rows of zeros.
            var indices = Samples.Integers(count, -1, classes + 2);
            yield return new($"one-hot {count}x{classes}", bench => bench.Run(new OneHotKernel<float, int>(
                bench.Input(indices), bench.Output<float>(count * classes), classes)));
            yield return new($"one-hot {count}x{classes} doubles", bench => bench.Run(new OneHotKernel<double, long>(
                bench.Input(Long(indices)), bench.Output<double>(count * classes), classes)));
            yield return new($"one-hot {count}x{classes} of bytes", bench => bench.Run(new OneHotKernel<long, byte>(
                bench.Input(Bytes(count)), bench.Output<long>(count * classes), classes)));
        }
    }

    private static void Gather<T, TIndex>(KernelBench bench, T[] x, int outer, int axis, int inner, TIndex[] indices)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex> => bench.Run(new GatherKernel<T, TIndex>(
            bench.Input(x), bench.Input(indices), bench.Output<T>(outer * indices.Length * inner), outer, axis, inner));

    private static long[] Long(int[] values) => Array.ConvertAll(values, static value => (long)value);

    private static byte[] Bytes(int count) => Array.ConvertAll(Samples.Integers(count, 0, 256), static value => (byte)value);
}
