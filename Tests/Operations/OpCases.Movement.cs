using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

internal static partial class OpCases
{
    private static OpCase[] Movements() =>
    [
        Move("Transpose", "reversed", static x => x.Transpose(), [4, 3, 2], static i => [i[2], i[1], i[0]]),
        Move("Transpose", "0 2 1", static x => x.Transpose(0, 2, 1), [2, 4, 3], static i => [i[0], i[2], i[1]]),
        Move("Transpose", "-1 0 1", static x => x.Transpose(-1, 0, 1), [4, 2, 3], static i => [i[1], i[2], i[0]]),
        Move("ExpandDims", "", static x => x.ExpandDims(1), [2, 1, 3, 4], static i => [i[0], i[2], i[3]]),
        Move("ExpandDims", "last", static x => x.ExpandDims(-1), [2, 3, 4, 1], static i => [i[0], i[1], i[2]]),
        Move("Squeeze", "", static x => x.ExpandDims(0).ExpandDims(-1).Squeeze(), [2, 3, 4], static i => i),
        Move("Squeeze", "one axis", static x => x.ExpandDims(0).ExpandDims(-1).Squeeze(-1), [1, 2, 3, 4], static i => i[1..]),
        Move("get_Item", "first", static x => x[0], [3, 4], static i => [0, i[0], i[1]], nan: false),
        Move("get_Item", "last", static x => x[^1], [3, 4], static i => [1, i[0], i[1]]),
        Move("get_Item", "range", static x => x[1..], [1, 3, 4], static i => [i[0] + 1, i[1], i[2]]),
        Move("get_Item", "ranges", static x => x[.., 1..^1, 2..], [2, 1, 2], static i => [i[0], i[1] + 1, i[2] + 2], nan: false),
        Move("get_Item", "empty range", static x => x[1..1], [0, 3, 4], static i => i, nan: false),
        Move("Slice", "every second", static x => x.Slice(-1, 1.., 2), [2, 3, 2], static i => [i[0], i[1], 1 + 2 * i[2]]),
        Move("Slice", "backwards", static x => x.Slice(2, 1..4, -2), [2, 3, 2], static i => [i[0], i[1], 3 - 2 * i[2]]),
        Move("Flip", "", static x => x.Flip(0, 2), [2, 3, 4], static i => [1 - i[0], i[1], 3 - i[2]]),
        Move("Tile", "", static x => x.Tile(2, 1, 3), [4, 3, 12], static i => [i[0] % 2, i[1], i[2] % 4]),
        Move("Repeat", "", static x => x.Repeat(3, 1), [2, 9, 4], static i => [i[0], i[1] / 3, i[2]]),
        Move("BroadcastTo", "", static x => x.ExpandDims(1).BroadcastTo([5, 2, 2, 3, -1]), [5, 2, 2, 3, 4], static i => [i[1], i[3], i[4]]),
        Move("Unstack", "", static x => x.Unstack(1)[2], [2, 4], static i => [i[0], 2, i[1]]),
        Move("Split", "equal", static x => x.Split(2, -1)[1], [2, 3, 2], static i => [i[0], i[1], i[2] + 2]),
        Move("Split", "sizes", static x => x.Split([1, 3], -1)[1], [2, 3, 3], static i => [i[0], i[1], i[2] + 1]),
        new("Pad", static x => x[0].Pad([(1, 0), (0, 2)], 7),
            static x => NdArray.Generate([x[0].Shape[0] + 1, x[0].Shape[1] + 2], i =>
                i[0] > 0 && i[1] < x[0].Shape[1] ? x[0].Broadcast([i[0] - 1, i[1]]) : 7),
            [[2, 3]], [[0, 3]], [[17, 33]])
        {
            Roundings = 0, BadShapes = [[[2, 3, 4]]],
        },
        new("Concat", static x => Tensor.Concat(x, axis: 1),
            static x => NdArray.Generate([x[0].Shape[0], x[0].Shape[1] + x[1].Shape[1], x[0].Shape[2]], i =>
                i[1] < x[0].Shape[1] ? x[0].Broadcast(i) : x[1].Broadcast([i[0], i[1] - x[0].Shape[1], i[2]])),
            [[2, 3, 4], [2, 1, 4]], [[1, 0, 2], [1, 5, 2]], [[3, 17, 16], [3, 15, 16]])
        {
            Roundings = 0, BadShapes = [[[2, 3, 4], [2, 3, 5]], [[2, 3, 4], [2, 3]]],
        },
        new("Stack", static x => Tensor.Stack(x, axis: -1),
            static x => NdArray.Generate(x[0].Shape.Insert(-1, 2), i => x[i[^1]].Broadcast(i[..^1])), [[2, 3], [2, 3]], [[], []])
        {
            Roundings = 0, BadShapes = [[[2, 3], [3, 2]]],
        },
    ];

    // A movement is known by the output's shape, and by where each of its elements comes from in a [2, 3, 4].
    private static OpCase Move(
        string method, string variant, Func<Tensor, Tensor> run, Shape output, Func<int[], int[]> source, bool nan = true) =>
        new(
            method,
            x => run(x[0]),
            x => NdArray.Generate(output, i => x[0].Broadcast(source(i))),
            [[2, 3, 4]])
        {
            Variant = variant,
            Roundings = 0,
            PropagatesNaN = nan,
        };
}
