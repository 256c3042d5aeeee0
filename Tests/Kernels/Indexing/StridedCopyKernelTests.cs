using GpuKeras.Kernels;
using GpuKeras.Kernels.Indexing;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Indexing;

public sealed class StridedCopyKernelTests
{
    // Sizes, source strides, source offset; the target is contiguous unless given.
    private static readonly object[] Cases =
    [
        Case("copy", [5, 7], [7, 1]),
        Case("scalar", [], []),
        Case("long line", [100_003], [1]),
        Case("transpose, one tile less one", [15, 15], [1, 15]),
        Case("transpose, one tile", [16, 16], [1, 16]),
        Case("transpose, one tile more one", [17, 17], [1, 17]),
        Case("transpose, odd", [100, 37], [1, 100]),
        Case("transpose, large", [513, 300], [1, 513]),
        Case("batched transpose", [4, 31, 18], [31 * 18, 1, 31]),
        Case("permute 0 2 3 1", [2, 5, 6, 3], [90, 6, 1, 30]),
        Case("permute 3 2 1 0", [3, 4, 5, 6], [1, 3, 12, 60]),
        Case("slice with steps", [4, 5], [2 * 12, 2], offset: 13),
        Case("flip both", [5, 6], [-6, -1], offset: 29),
        Case("flip and transpose", [33, 20], [-1, 33], offset: 32),
        Case("broadcast rows", [9, 20], [0, 1]),
        Case("broadcast columns", [9, 20], [1, 0]),
        Case("broadcast a scalar", [9, 20], [0, 0]),
        Case("tile", [3, 2, 4, 5], [0, 5, 0, 1]),
        Case("diagonal", [11], [12]),
        Case("into columns of a wider target", [4, 3], [3, 1], target: [10, 1], targetOffset: 5),
        Case("into a transposed target", [20, 40], [40, 1], target: [1, 20]),
        Case("into every second", [6], [1], target: [-2], targetOffset: 11),
        Case("nothing", [3, 0, 2], [0, 2, 1]),
        Case("one element", [1, 1, 1], [5, 5, 5]),
        Case("eight axes", [2, 3, 2, 1, 2, 3, 2, 2], [1, 2, 6, 1, 12, 24, 72, 144]),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Run_AnyLayout_MatchesIndexArithmetic(
        string name, int[] sizes, int[] strides, int offset, int[] targetStrides, int targetOffset)
    {
        Check(sizes, strides, offset, targetStrides, targetOffset, static i => (float)i, name);
        Check(sizes, strides, offset, targetStrides, targetOffset, static i => (byte)i, name);
        Check(sizes, strides, offset, targetStrides, targetOffset, static i => (double)i, name);
    }

    private static void Check<T>(
        int[] sizes, int[] strides, int offset, int[] targetStrides, int targetOffset, Func<int, T> element, string name)
        where T : unmanaged
    {
        var count = sizes.Aggregate(1, static (a, b) => a * b);
        var indices = new int[sizes.Length];
        var moves = new List<(int From, int To)>(count);
        for (var i = 0; i < count; i++)
        {
            var (rest, from, to) = (i, offset, targetOffset);
            for (var axis = sizes.Length - 1; axis >= 0; axis--)
            {
                from += rest % sizes[axis] * strides[axis];
                to += rest % sizes[axis] * targetStrides[axis];
                rest /= sizes[axis];
            }
            moves.Add((from, to));
        }
        var source = new T[moves.Count == 0 ? 0 : moves.Max(m => m.From) + 1];
        for (var i = 0; i < source.Length; i++)
            source[i] = element(i + 1);
        var expected = new T[moves.Count == 0 ? 0 : moves.Max(m => m.To) + 1];
        foreach (var (from, to) in moves)
            expected[to] = source[from];
        using var x = new HostArray<T>(source);
        using var y = new HostArray<T>(new T[expected.Length]);
        new StridedCopyKernel<T>(
            x, y, new Extents(sizes), new Extents(strides), new Extents(targetStrides), offset, targetOffset).RunHost();
        Assert.That(y.Values, Is.EqualTo(expected), name);
    }

    private static object[] Case(string name, int[] sizes, int[] strides, int offset = 0, int[]? target = null, int targetOffset = 0)
    {
        if (target is null)
        {
            target = new int[sizes.Length];
            var stride = 1;
            for (var axis = sizes.Length - 1; axis >= 0; axis--)
            {
                target[axis] = stride;
                stride *= sizes[axis];
            }
        }
        return [name, sizes, strides, offset, target, targetOffset];
    }
}
