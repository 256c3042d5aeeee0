using GpuKeras.Kernels;
using GpuKeras.Kernels.Indexing;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

public static class StridedCopyCases
{
    public static IEnumerable<KernelCase> All =>
    [
        .. Copies("scalar", [], [], []),
        .. Copies("contiguous", [4, 9], [9, 1], [9, 1]),
        .. Copies("empty", [4, 0], [1, 4], [1, 1]),
        .. Copies("transpose of 3x5", [3, 5], [1, 3], [5, 1]),
        .. Copies("transpose of 33x31", [33, 31], [1, 33], [31, 1]),
        .. Copies("transpose of 32x65", [32, 65], [1, 32], [65, 1]),
        .. Copies("transposes of 2 squares", [2, 16, 17], [272, 1, 16], [272, 17, 1]),
        .. Copies("rotation of three axes", [3, 4, 5], [1, 15, 3], [20, 5, 1]),
        .. Copies("exchange of outer axes", [3, 4, 5], [5, 15, 1], [20, 5, 1]),
        .. Copies("four axes in reverse", [2, 3, 4, 5], [1, 2, 6, 24], [60, 20, 5, 1]),
        .. Copies("flip", [4, 6], [6, -1], [6, 1], sourceOffset: 5),
        .. Copies("flipped transpose", [6, 7], [-1, 6], [7, 1], sourceOffset: 5),
        .. Copies("broadcast of a row", [4, 6], [0, 1], [6, 1]),
        .. Copies("broadcast of a column", [4, 6], [1, 0], [6, 1]),
        .. Copies("slice", [2, 3], [12, 2], [3, 1], sourceOffset: 7),
        .. Copies("pad", [2, 3], [3, 1], [8, 1], targetOffset: 9),
        .. Copies("gradient of a strided slice", [2, 3], [3, 1], [16, 3], targetOffset: 2),
        .. Copies("run longer than a block", [5000], [1], [1]),
    ];

    private static IEnumerable<KernelCase> Copies(
        string name, int[] sizes, int[] source, int[] target, int sourceOffset = 0, int targetOffset = 0)
    {
        var (sourceLength, targetLength) = (Length(sizes, source, sourceOffset), Length(sizes, target, targetOffset));
        yield return new($"strided copy: {name}", bench => Run(bench, Samples.Floats(sourceLength)));
        yield return new($"strided copy: {name}, doubles", bench => Run(bench, Samples.Doubles(sourceLength)));
        yield return new($"strided copy: {name}, bytes", bench => Run(
            bench, Array.ConvertAll(Samples.Integers(sourceLength, 0, 256), static x => (byte)x)));

        void Run<T>(KernelBench bench, T[] values)
            where T : unmanaged => bench.Run(new StridedCopyKernel<T>(
                bench.Input(values), bench.Output<T>(targetLength), new Extents(sizes), new Extents(source), new Extents(target),
                sourceOffset, targetOffset));
    }

    // One more than the largest position, and some that must stay as they are.
    private static int Length(int[] sizes, int[] strides, int offset)
    {
        for (var axis = 0; axis < sizes.Length; axis++)
            offset += Math.Max(0, (sizes[axis] - 1) * strides[axis]);
        return offset + 3;
    }
}
