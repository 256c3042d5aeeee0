using System.Numerics;
using GpuKeras.Kernels.Reduction;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

public static partial class ReductionCases
{
    // Rows and columns: a warp for each row, the last group not full; a group for each row; tails of a panel (16) and its pairs.
    private static readonly (int Rows, int Columns)[] RowShapes =
        [(1, 1), (3, 10), (5, 16), (1, 31), (4, 32), (2, 33), (65, 65), (1, 255), (1, 256), (2, 257), (1, 1025)];

    private static readonly (int Rows, int Columns)[] DoubleShapes = [(3, 10), (2, 33), (1, 257)];

    private static IEnumerable<KernelCase> Rows =>
    [
        .. RowShapes.SelectMany(static shape => RowsOf(shape.Rows, shape.Columns, Samples.Floats, Tolerance.For<float>(shape.Columns))),
        .. DoubleShapes.SelectMany(static shape => RowsOf(shape.Rows, shape.Columns, Samples.Doubles, Tolerance.For<double>(shape.Columns))),
        .. RowsOf(6, 5, static (_, _) => Special, Tolerance.For<float>(5)),
        .. RowsOf(6, 5, static (_, _) => Array.ConvertAll(Special, static x => (double)x), Tolerance.For<double>(5)),
        .. RowsOf(2, 0, static (count, _) => new float[count], 0),
        .. RowsOf(0, 3, static (count, _) => new float[count], 0),
    ];

    private static float[] Special =>
    [
        float.NaN, 0, 1, 2, 3,
        float.PositiveInfinity, 0, 1, 2, 3,
        float.NegativeInfinity, 0, 1, 2, 3,
        float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity,
        float.PositiveInfinity, float.NaN, float.NegativeInfinity, 0, 0,
        1e30f, -1e30f, 88, -88, 0,
    ];

    private static IEnumerable<KernelCase> RowsOf<T>(int rows, int columns, Func<int, int, T[]> samples, double tolerance)
        where T : unmanaged, INumberBase<T>
    {
        var n = rows * columns;
        var name = $"of {typeof(T).Name} [{rows}, {columns}]";
        // x, upstream gradient, gradient of each row.
        var (x, dy, dloss) = (samples(n, 1), samples(n, 2), rows * columns == 0 ? new T[rows] : samples(n, 3)[..rows]);
        // Probabilities: the terms of a loss have one sign, so that its rounding error is relative to itself.
        var targets = Array.ConvertAll(dy, T.Abs);
        // Logarithms of probabilities: were they positive, e to their power would make more of a sum's rounding error than the tolerance has.
        var logarithms = Array.ConvertAll(x, static value => -T.Abs(value));
        var labels = columns == 0 ? [] : Samples.Integers(rows, 0, columns);
        yield return new("softmax " + name, bench => bench.Run(
            new SoftmaxKernel<T>(bench.Input<T>(x), bench.Output<T>(n, tolerance), rows, columns)));
        yield return new("softmax in place " + name, bench =>
        {
            var y = bench.InOut<T>(tolerance, x);
            bench.Run(new SoftmaxKernel<T>(y, y, rows, columns));
        });
        yield return new("softmax gradient " + name, bench => bench.Run(
            new SoftmaxGradientKernel<T>(bench.Input<T>(x), bench.Input<T>(dy), bench.Output<T>(n, tolerance), rows, columns)));
        yield return new("log softmax " + name, bench => bench.Run(
            new LogSoftmaxKernel<T>(bench.Input<T>(x), bench.Output<T>(n, tolerance), rows, columns)));
        yield return new("log softmax gradient " + name, bench => bench.Run(
            new LogSoftmaxGradientKernel<T>(bench.Input<T>(logarithms), bench.Input<T>(dy), bench.Output<T>(n, tolerance), rows, columns)));
        yield return new("log sum exp " + name, bench => bench.Run(
            new LogSumExpKernel<T>(bench.Input<T>(x), bench.Output<T>(rows, tolerance), rows, columns)));
        yield return new("cross entropy " + name, bench => bench.Run(
            new CrossEntropyKernel<T>(bench.Input<T>(x), bench.Input<T>(targets), bench.Output<T>(rows, tolerance), rows, columns)));
        yield return new("cross entropy gradient " + name, bench => bench.Run(
            new CrossEntropyGradientKernel<T>(
                bench.Input<T>(x), bench.Input<T>(targets), bench.Input<T>(dloss), bench.Output<T>(n, tolerance), rows, columns)));
        yield return new("sparse cross entropy " + name, bench => bench.Run(
            new SparseCrossEntropyKernel<T>(
                bench.Input<T>(x), bench.Input<int>(labels), bench.Output<T>(labels.Length, tolerance), labels.Length, columns)));
        yield return new("sparse cross entropy gradient " + name, bench => bench.Run(
            new SparseCrossEntropyGradientKernel<T>(
                bench.Input<T>(x), bench.Input<int>(labels), bench.Input<T>(dloss), bench.Output<T>(n, tolerance), labels.Length, columns)));
    }
}
