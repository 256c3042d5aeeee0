using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

internal static partial class OpCases
{
    private const double AttentionRate = 0.4;

    private static IEnumerable<OpCase> Attentions()
    {
        foreach (var causal in new[] { false, true })
        {
            yield return Attention(
                causal ? "causal" : "", x => x[0].DotProductAttention(x[1], x[2], isCausal: causal), (_, i, j) => !causal || j <= i, 0,
                [[2, 3, 2, 4], [2, 5, 2, 4], [2, 5, 2, 3]], [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]],
                [[1, 17, 2, 16], [1, 15, 2, 16], [1, 15, 2, 33]], [[2, 0, 1, 2], [2, 3, 1, 2], [2, 3, 1, 2]]) with
            { PropagatesNaN = !causal };
        }
        yield return Attention(
            "scale", static x => x[0].DotProductAttention(x[1], x[2], scale: -0.3), static (_, _, _) => true, 0,
            [[2, 3, 2, 4], [2, 5, 2, 4], [2, 5, 2, 3]]) with
        { Reference = static x => AttentionOf(x, -0.3, static (_, _, _) => true, 0) };
        yield return Attention(
            "dropout", static x => x[0].DotProductAttention(x[1], x[2], dropout: AttentionRate, random: new RandomGenerator(7)),
            static (_, _, _) => true, AttentionRate, [[2, 3, 2, 4], [2, 5, 2, 4], [2, 5, 2, 3]],
            [[3, 9, 2, 4], [3, 33, 2, 4], [3, 33, 2, 3]]) with
        { PropagatesNaN = false };

        // Also with queries that see nothing.
        foreach (var mask in new Shape[] { [2, 2, 3, 5], [2, 1, 3, 5], [2, 1, 1, 5], [2, 1, 3, 1], [3, 1], [5], [1, 1, 1, 1] })
        {
            yield return Attention(
                $"mask {mask}", static x => x[0].DotProductAttention(x[1], x[2], x[3], isCausal: true), static (m, i, j) => m && j <= i, 0,
                [[2, 3, 2, 4], [2, 5, 2, 4], [2, 5, 2, 3], mask]) with
            {
                DTypes = new Dictionary<int, DType> { [3] = DType.Bool },
                PropagatesNaN = false,
                BadShapes = [[[2, 3, 2, 4], [2, 5, 2, 4], [2, 5, 2, 3], [4]], [[2, 3, 2, 4], [2, 5, 2, 4], [2, 5, 2, 3], [1, 2, 2, 3, 5]]],
            };
        }
    }

    private static OpCase Attention(
        string variant, Func<Tensor[], Tensor> run, Func<bool, int, int, bool> sees, double rate, params Shape[][] shapes) => new(
            "DotProductAttention", run, x => AttentionOf(x, 1 / Math.Sqrt(x[0].Shape[3]), sees, rate), shapes)
        {
            Variant = variant,
            Low = -1,
            High = 1,
            Roundings = 100,
            Input = static (i, shape) => i < 3
                ? new(Samples.Uniform<double>((int)shape.Size, 31 + i), shape)
                : NdArray.Generate(shape, static index => (index.Sum() + 1) % 3 == 0 ? 0 : 1),
            BadShapes =
            [
                [[2, 3, 4], [2, 3, 2, 4], [2, 3, 2, 4]], [[2, 3, 2, 4], [2, 5, 1, 4], [2, 5, 2, 4]],
                [[2, 3, 2, 4], [2, 5, 2, 3], [2, 5, 2, 4]], [[2, 3, 2, 4], [2, 5, 2, 4], [2, 6, 2, 4]],
                [[2, 3, 2, 4], [3, 5, 2, 4], [2, 5, 2, 4]],
            ],
        };

    private static NdArray AttentionOf(NdArray[] x, double scale, Func<bool, int, int, bool> sees, double rate)
    {
        var (q, k, v) = (x[0], x[1], x[2]);
        var (queries, values, heads, keyDim) = (q.Shape[1], k.Shape[1], q.Shape[2], q.Shape[3]);
        // The whole mask at once, as dropout of all weights would draw it.
        var kept = rate == 0
            ? null
            : NdArray.Of(Tensor.Ones([q.Shape[0], heads, queries, values], DType.Float64).Dropout(rate, new RandomGenerator(7)));
        return NdArray.Generate([q.Shape[0], queries, heads, v.Shape[3]], index =>
        {
            var (b, i, h, c) = (index[0], index[1], index[2], index[3]);
            var fits = Enumerable.Range(0, values).Select(j =>
                sees(x.Length < 4 || x[3].Broadcast([b, h, i, j]) != 0, i, j)
                    ? Math.Exp(scale * Enumerable.Range(0, keyDim).Sum(d => q.Broadcast([b, i, h, d]) * k.Broadcast([b, j, h, d])))
                    : 0).ToArray();
            var total = fits.Sum();
            return total == 0
                ? 0
                : fits.Select((fit, j) => (kept?.Broadcast([b, h, i, j]) ?? 1) * fit / total * v.Broadcast([b, j, h, c])).Sum();
        });
    }
}
