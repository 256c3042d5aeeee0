using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

internal static partial class OpCases
{
    private const double NormEpsilon = 1e-3;

    private static OpCase[] Normalizations() =>
    [
        Rows("Softmax", "", static x => x.Softmax(), Softmax) with { Roundings = 40 },
        Rows("Softmax", "another axis", static x => x.Transpose(1, 0).Softmax(0).Transpose(1, 0), Softmax) with { Roundings = 40 },
        Rows(
            "LogSoftmax", "", static x => x.LogSoftmax(),
            static row => [.. Softmax(row).Select(static p => Math.Log(p))]) with { Roundings = 40 },
        Rows(
            "LogSoftmax", "another axis", static x => x.Transpose(1, 0).LogSoftmax(-2).Transpose(1, 0),
            static row => [.. Softmax(row).Select(static p => Math.Log(p))])
            with { Roundings = 40 },
        new("SparseCrossEntropy", static x => x[0].SparseCrossEntropy(Labels(x[0].Shape)),
            static x => NdArray.Generate(x[0].Shape.Remove(-1), i => -Math.Log(Softmax(Row(x[0], i))[Label(i, x[0].Shape[^1])])),
            [[3, 4]], [[2, 3, 17]], [[33, 10]], [[5]])
        {
            Roundings = 40,
        },
        new("CrossEntropy", static x => x[0].CrossEntropy(x[1]),
            static x => NdArray.Generate(x[0].Shape.Remove(-1), i =>
                -Row(x[1], i).Zip(Softmax(Row(x[0], i)), static (t, p) => t * Math.Log(p)).Sum()),
            [[3, 4], [3, 4]], [[2, 3, 17], [2, 3, 17]], [[33, 10], [33, 10]])
        {
            Roundings = 300, BadShapes = [[[3, 4], [3, 5]]],
        },
        BatchNorm(
            "", static x => x[0].BatchNorm(x[1], x[2], NormEpsilon).Output, channelAxis: -1, [[4, 2, 3], [3], [3]], [[33, 17], [17], [17]]),
        BatchNorm(
            "another axis", static x => x[0].BatchNorm(x[1], x[2], NormEpsilon, axis: 1).Output, channelAxis: 1, [[3, 2, 4], [2], [2]]),
        BatchNorm(
            "relu", static x => x[0].BatchNorm(x[1], x[2], NormEpsilon, relu: true).Output, channelAxis: -1,
            [[4, 2, 3], [3], [3]], [[33, 17], [17], [17]]).WithRelu(),
        BatchNorm(
            "another axis, relu", static x => x[0].BatchNorm(x[1], x[2], NormEpsilon, axis: 1, relu: true).Output, channelAxis: 1,
            [[3, 2, 4], [2], [2]]).WithRelu(),
        BatchNormWith("", static x => x[0].BatchNormWith(x[1], x[2], x[3], x[4], NormEpsilon), -1, [[4, 2, 3], [3], [3], [3], [3]],
            [[33, 17], [17], [17], [17], [17]], [[0, 3], [3], [3], [3], [3]], [[3], [3], [3], [3], [3]]),
        BatchNormWith(
            "another axis", static x => x[0].BatchNormWith(x[1], x[2], x[3], x[4], NormEpsilon, axis: 1), 1,
            [[3, 2, 4], [2], [2], [2], [2]]),
        BatchNormWith(
            "relu", static x => x[0].BatchNormWith(x[1], x[2], x[3], x[4], NormEpsilon, relu: true), -1,
            [[4, 2, 3], [3], [3], [3], [3]], [[65, 35], [35], [35], [35], [35]]).WithRelu(),
        new("LayerNorm", static x => x[0].LayerNorm(x[1], x[2], NormEpsilon),
            static x => NdArray.Generate(x[0].Shape, i =>
            {
                var row = Row(x[0], i[..^1]);
                var normalized = (x[0].Broadcast(i) - row.Average()) / Math.Sqrt(Variance(row) + NormEpsilon);
                return normalized * x[1].Values[i[^1]] + x[2].Values[i[^1]];
            }),
            [[2, 3, 5], [5], [5]], [[33, 17], [17], [17]])
        {
            Roundings = 200, BadShapes = [[[2, 3], [4], [3]]],
        },
    ];

    private static OpCase BatchNorm(string variant, Func<Tensor[], Tensor> run, int channelAxis, params Shape[][] shapes) =>
        new(
            "BatchNorm",
            run,
            x =>
            {
                var axis = x[0].Shape.Axis(channelAxis);
                var others = Enumerable.Range(0, x[0].Shape.Rank).Where(a => a != axis).ToArray();
                var (mean, variance) = (Reduce(x[0], others, true, static v => v.Average()), Reduce(x[0], others, true, Variance));
                return NdArray.Generate(x[0].Shape, i =>
                {
                    var normalized = (x[0].Broadcast(i) - mean.Broadcast(i)) / Math.Sqrt(variance.Broadcast(i) + NormEpsilon);
                    return normalized * x[1].Values[i[axis]] + x[2].Values[i[axis]];
                });
            },
            shapes)
        {
            Variant = variant,
            Roundings = 200,
            BadShapes = [[[4, 3, 3], [2], [3]]],
        };

    private static OpCase BatchNormWith(string variant, Func<Tensor[], Tensor> run, int channelAxis, params Shape[][] shapes) =>
        new(
            "BatchNormWith",
            run,
            x =>
            {
                var axis = x[0].Shape.Axis(channelAxis);
                return NdArray.Generate(x[0].Shape, i =>
                {
                    var c = i[axis];
                    var normalized = (x[0].Broadcast(i) - x[3].Values[c]) / Math.Sqrt(x[4].Values[c] + NormEpsilon);
                    return normalized * x[1].Values[c] + x[2].Values[c];
                });
            },
            shapes)
        {
            Variant = variant,
            Roundings = 50,
            // Variances are positive.
            Input = static (number, shape) =>
            {
                var random = new Random(17 * number + (int)shape.Size);
                return NdArray.Generate(shape, _ => Math.Round((number == 4 ? 0.5 : -2) + (number == 4 ? 1 : 4) * random.NextDouble(), 4));
            },
            BadShapes = [[[4, 3, 3], [3], [3], [2], [3]]],
        };

    private static OpCase WithRelu(this OpCase operation) => operation with
    {
        Reference = x =>
        {
            var y = operation.Reference(x);
            // Not Max: NaN stays NaN.
            return NdArray.Generate(y.Shape, i => y.Broadcast(i) < 0 ? 0 : y.Broadcast(i));
        },
    };

    private static int Label(int[] row, int classes) => (1 + 3 * row.Sum()) % classes;

    private static Tensor Labels(Shape logits) => NdArray.Generate(logits.Remove(-1), i => Label(i, logits[^1])).ToTensor(DType.Int64);

    private static double[] Row(NdArray x, int[] index) => [.. Enumerable.Range(0, x.Shape[^1]).Select(c => x.Broadcast([.. index, c]))];

    private static double[] Softmax(double[] row) => [.. row.Select(v => Math.Exp(v) / row.Sum(Math.Exp))];
}
