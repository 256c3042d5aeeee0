using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Elementwise;

/// <summary>Zip, comparison and where against naive loops over indices.</summary>
public class BroadcastTests
{
    /// <summary>Shapes of a, b and the result.</summary>
    private static readonly int[][][] Shapes =
    [
        [[], [], []],
        [[0], [1], [0]],
        [[1], [1], [1]],
        [[15], [15], [15]],
        [[16], [16], [16]],
        [[17], [], [17]],
        [[], [33], [33]],
        [[31], [1], [31]],
        [[32], [32], [32]],
        [[1000], [1000], [1000]],
        [[7, 5], [5], [7, 5]],
        [[7, 33], [33], [7, 33]],
        [[33], [7, 33], [7, 33]],
        [[7, 5], [7, 1], [7, 5]],
        [[9, 40], [9, 1], [9, 40]],
        [[9, 1], [9, 40], [9, 40]],
        [[9, 1], [1, 40], [9, 40]],
        [[3, 1], [1, 4], [3, 4]],
        [[2, 3, 4, 5], [3, 1, 5], [2, 3, 4, 5]],
        [[2, 1, 4, 1], [1, 3, 1, 5], [2, 3, 4, 5]],
        [[4, 1, 33], [1, 3, 33], [4, 3, 33]],
        [[2, 3, 1, 32], [5, 1], [2, 3, 5, 32]],
        [[300, 7], [7], [300, 7]],
        [[2, 1, 2, 1, 2, 1, 2, 1], [1, 2, 1, 2, 1, 2, 1, 2], [2, 2, 2, 2, 2, 2, 2, 2]],
        [[300, 301], [300, 1], [300, 301]],
        [[0, 3], [3], [0, 3]],
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Zip_Broadcast_EqualsNaiveLoop(int[] shapeA, int[] shapeB, int[] shape)
    {
        var a = KernelRunner.Random(KernelRunner.Count(shapeA), 1);
        var b = KernelRunner.Random(KernelRunner.Count(shapeB), 2);
        var expected = Naive(shape, (i, j) => a[i] - b[j], shapeA, shapeB);
        Assert.That(KernelRunner.Zip(new Subtract(), a, shapeA, b, shapeB, shape), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Shapes))]
    public void Zip_BroadcastIntegers_EqualsNaiveLoop(int[] shapeA, int[] shapeB, int[] shape)
    {
        var a = Enumerable.Range(0, KernelRunner.Count(shapeA)).ToArray();
        var b = Enumerable.Range(5, KernelRunner.Count(shapeB)).ToArray();
        var expected = Naive(shape, (i, j) => a[i] * b[j], shapeA, shapeB);
        Assert.That(KernelRunner.Zip(new Multiply(), a, shapeA, b, shapeB, shape), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Shapes))]
    public void Compare_Broadcast_EqualsNaiveLoop(int[] shapeA, int[] shapeB, int[] shape)
    {
        var a = KernelRunner.Random(KernelRunner.Count(shapeA), 1);
        var b = KernelRunner.Random(KernelRunner.Count(shapeB), 2);
        var expected = Naive(shape, (i, j) => a[i] < b[j] ? (byte)1 : (byte)0, shapeA, shapeB);
        Assert.That(KernelRunner.Compare(new Less(), a, shapeA, b, shapeB, shape), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Shapes))]
    public void Where_Broadcast_EqualsNaiveLoop(int[] shapeA, int[] shapeB, int[] shape)
    {
        // The condition takes each operand's shape in turn.
        foreach (var shapeC in new[] { shapeA, shapeB, shape })
        {
            var condition = KernelRunner.Random(KernelRunner.Count(shapeC), 3).Select(static v => v > 0 ? (byte)1 : (byte)0).ToArray();
            Check(shapeC, shapeA, shapeB, shape, condition, static i => (float)i, static i => -(float)i);
            Check(shapeC, shapeA, shapeB, shape, condition, static i => (double)i, static i => -(double)i);
            Check(shapeC, shapeA, shapeB, shape, condition, static i => (byte)i, static i => (byte)(200 - i));
        }
    }

    [Test]
    [NonParallelizable]
    public void Zip_ManyElementsOnSeveralThreads_SameBitsAsOnOne([Values(5, 301)] int columns)
    {
        var rows = 200_000 / columns;
        int[] shape = [rows, columns];
        var a = KernelRunner.Random(rows * columns, 1);
        var b = KernelRunner.Random(columns, 2);
        float[] OnThreads(int count) => Threads.Result(count, () => KernelRunner.Zip(new Divide(), a, shape, b, [columns], shape));
        Assert.That(OnThreads(3), Is.EqualTo(OnThreads(1)));
    }

    [Test]
    public void Plan_EqualShapes_IsOneAxis() => Assert.That(new Broadcast([2, 3, 4], [2, 3, 4], [2, 3, 4]).Rank, Is.EqualTo(1));

    [Test]
    public void Plan_TrailingRow_IsTwoAxes() => Assert.That(new Broadcast([2, 3, 4, 5], [2, 3, 4, 5], [4, 5]).Rank, Is.EqualTo(2));

    private static void Check<T>(
        int[] shapeC, int[] shapeA, int[] shapeB, int[] shape, byte[] condition, Func<int, T> first, Func<int, T> second)
        where T : unmanaged
    {
        var a = Enumerable.Range(0, KernelRunner.Count(shapeA)).Select(first).ToArray();
        var b = Enumerable.Range(0, KernelRunner.Count(shapeB)).Select(second).ToArray();
        var (mask, trues, falses) = (new HostArray<byte>(condition), new HostArray<T>(a), new HostArray<T>(b));
        var y = new HostArray<T>(KernelRunner.Count(shape));
        new WhereKernel<T>(new Broadcast(shape, shapeC, shapeA, shapeB), mask.View, trues.View, falses.View, y.View).RunHost();
        var chosen = Naive(shape, (i, _) => condition[i], shapeC, shapeC);
        var index = 0;
        Assert.That(
            KernelRunner.Finish(y, mask, trues, falses),
            Is.EqualTo(Naive(shape, (i, j) => chosen[index++] != 0 ? a[i] : b[j], shapeA, shapeB)));
    }

    private static T[] Naive<T>(int[] shape, Func<int, int, T> function, int[] shapeA, int[] shapeB)
    {
        var result = new T[KernelRunner.Count(shape)];
        var index = new int[shape.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var rest = i;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
                (rest, index[axis]) = Math.DivRem(rest, shape[axis]);
            result[i] = function(Position(index, shapeA), Position(index, shapeB));
        }
        return result;
    }

    private static int Position(int[] index, int[] shape)
    {
        var position = 0;
        for (var axis = 0; axis < shape.Length; axis++)
            position = position * shape[axis] + (shape[axis] == 1 ? 0 : index[index.Length - shape.Length + axis]);
        return position;
    }
}
