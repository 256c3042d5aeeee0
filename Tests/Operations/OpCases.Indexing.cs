using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

internal static partial class OpCases
{
    private static OpCase[] Indexing() =>
    [
        Move(
            "Gather", "rows", static x => x.Gather(Tensor.From([1, 0, 1, 1])), [4, 3, 4],
            static i => [new[] { 1, 0, 1, 1 }[i[0]], i[1], i[2]]),
        Move("Gather", "a table, last axis", static x => x.Gather(Tensor.From([3L, 0, 2, 2], [2, 2]), -1), [2, 3, 2, 2],
            static i => [i[0], i[1], new[] { 3, 0, 2, 2 }[2 * i[2] + i[3]]]),
        Move("Gather", "a scalar index", static x => x.Gather(Tensor.Scalar(2, DType.Int32), 1), [2, 4], static i => [i[0], 2, i[1]]),
        Move(
            "TakeAlongAxis", "", static x => x.TakeAlongAxis(AlternatingIndices(), 1), [2, 5, 4], static i => [i[0], Alternating(i), i[2]]),
        Move("CumulativeSum", "", static x => x.CumulativeSum(1), [2, 3, 4], static i => i) with
        {
            Roundings = 4,
            Reference = static x => NdArray.Generate(x[0].Shape, i => Sum(0, i[1] + 1, k => x[0].Broadcast([i[0], k, i[2]]))),
        },
        Move(
            "CumulativeSum", "exclusive, reverse", static x => x.CumulativeSum(-1, exclusive: true, reverse: true), [2, 3, 4],
            static i => i) with
        {
            Roundings = 4,
            Reference = static x => NdArray.Generate(x[0].Shape, i => Sum(i[2] + 1, 4, k => x[0].Broadcast([i[0], i[1], k]))),
        },
        new("ScatterAdd", static x => x[0].ScatterAdd(Tensor.From([3, 0, 3]), x[1], 1),
            static x => NdArray.Generate(x[0].Shape, i => x[0].Broadcast(i)
                + i[1] switch
                {
                    3 => x[1].Broadcast([i[0], 0, i[2]]) + x[1].Broadcast([i[0], 2, i[2]]),
                    0 => x[1].Broadcast([i[0], 1, i[2]]),
                    _ => 0,
                }),
            [[2, 4, 3], [2, 3, 3]], [[1, 5, 17], [1, 3, 17]])
        {
            BadShapes = [[[2, 4, 3], [2, 2, 3]], [[2, 4, 3], [2, 3, 5]]],
        },
        Rows("Sort", "", static x => x.Sort(), static row => [.. row.Order()]),
        Rows("Sort", "descending", static x => x.Sort(descending: true), static row => [.. row.OrderDescending()]),
        Rows("Sort", "another axis", static x => x.Transpose(1, 0).Sort(0).Transpose(1, 0), static row => [.. row.Order()]),
        Predicate(Rows("ArgSort", "", static x => x.ArgSort(), static row =>
            [.. Enumerable.Range(0, row.Length).OrderBy(i => row[i]).Select(static i => (double)i)])),
        Rows("TopK", "values", static x => x.TopK(3).Values, static row => [.. row.OrderDescending().Take(3)]),
        Predicate(Rows("TopK", "positions", static x => x.TopK(3).Indices, static row =>
            [.. Enumerable.Range(0, row.Length).OrderByDescending(i => row[i]).Take(3).Select(static i => (double)i)])),
        Predicate(new("OneHot", static x => x[0].Floor().OneHot(3),
            static x => NdArray.Generate(x[0].Shape.Insert(-1, 3), i => Math.Floor(x[0].Broadcast(i[..^1])) == i[^1] ? 1 : 0), [[2, 5]],
            [[0]], [[]])
        {
            Low = -1, High = 4,
        }),
        Predicate(new("OneHot", static x => x[0].Floor().Cast(DType.Int32).OneHot(3, axis: 0, DType.Int64),
            static x => NdArray.Generate(x[0].Shape.Insert(0, 3), i => Math.Floor(x[0].Broadcast(i[1..])) == i[0] ? 1 : 0), [[2, 5]])
        {
            Variant = "first axis", High = 3,
        }),
        Rows(
            "Dropout", "", static x => x.Dropout(0.3, new RandomGenerator(5)),
            static row => row) with { Reference = static x => Masked(x[0], x[0].Shape) },
        Rows("Dropout", "of whole rows", static x => x.Dropout(0.3, new RandomGenerator(5), [-1, 1]), static row => row) with
        {
            Reference = static x => Masked(x[0], [x[0].Shape[0], 1]),
            PropagatesNaN = false,
        },
    ];

    private static int Alternating(int[] index) => (index[0] + 2 * index[1] + index[2]) % 3;

    private static Tensor AlternatingIndices() => NdArray.Generate([2, 5, 4], static i => Alternating(i)).ToTensor(DType.Int32);

    private static double Sum(int start, int end, Func<int, double> term) => Enumerable.Range(start, Math.Max(0, end - start)).Sum(term);

    // An operation on the rows of a matrix.
    private static OpCase Rows(string method, string variant, Func<Tensor, Tensor> run, Func<double[], double[]> reference) =>
        new(
            method,
            x => run(x[0]),
            x =>
            {
                var rows = x[0].Values.Chunk(x[0].Shape[^1]).Select(reference).ToArray();
                return new NdArray([.. rows.SelectMany(static row => row)], x[0].Shape.WithLast(rows[0].Length));
            },
            [[2, 5]],
            [[17, 33]],
            [[3, 16]])
        {
            Variant = variant,
        };

    // The mask is that of uniform numbers from a generator with the same seed.
    private static NdArray Masked(NdArray x, Shape maskShape)
    {
        var mask = NdArray.Of(new RandomGenerator(5).Uniform(maskShape));
        return NdArray.Generate(x.Shape, i => mask.Broadcast(i) >= 0.3f ? x.Broadcast(i) / 0.7 : 0);
    }
}
