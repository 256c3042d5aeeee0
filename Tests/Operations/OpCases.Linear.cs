using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Linear()
    {
        foreach (var (transposeA, transposeB) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            // Sizes around the register tile of 14 x 32, of 6 x 16 and of 6 x 8; the first set is also that of the gradient checks.
            yield return MatMul(
                transposeA, transposeB, "matrices",
                [[3, 4], [4, 5]], [[1, 1], [1, 1]], [[1, 33], [33, 15]], [[13, 7], [7, 31]], [[14, 16], [16, 32]], [[15, 17], [17, 33]],
                [[0, 4], [4, 5]], [[3, 0], [0, 5]], [[3, 4], [4, 0]]);
            yield return MatMul(transposeA, transposeB, "batch", [[2, 3, 4], [2, 4, 5]], [[0, 3, 4], [0, 4, 5]]);
            yield return MatMul(transposeA, transposeB, "one B", [[2, 3, 4], [4, 5]], [[2, 3, 0], [0, 5]]);
            yield return MatMul(transposeA, transposeB, "one A", [[3, 4], [2, 4, 5]]);
            yield return MatMul(transposeA, transposeB, "broadcast", [[2, 1, 3, 4], [3, 4, 2]], [[1, 2, 3, 4], [3, 1, 4, 2]]);
        }
        foreach (var relu in new[] { false, true })
        {
            yield return Affine(relu, "rows", [[5, 4], [4, 3], [3]], [[0, 4], [4, 3], [3]], [[15, 16], [16, 33], [33]]);
            yield return Affine(relu, "sequences", [[2, 3, 4], [4, 5], [5]]);
        }
        // The gradient of some follows from the result, that of others needs the argument.
        foreach (var (name, function, reference) in new (string, Func<Tensor, Tensor>, Func<double, double>)[]
        {
            ("sigmoid", static x => x.Sigmoid(), static x => 1 / (1 + Math.Exp(-x))),
            ("tanh", static x => x.Tanh(), Math.Tanh),
            ("elu", static x => x.Elu(0.5), static x => x > 0 ? x : 0.5 * (Math.Exp(x) - 1)),
            ("softplus", static x => x.Softplus(), static x => Math.Log(1 + Math.Exp(x))),
            ("silu", static x => x.Silu(), static x => x / (1 + Math.Exp(-x))),
        })
        {
            yield return Affine(
                name, (x, kernel, bias) => x.Affine(kernel, bias, IFusableOp.Of(function)!), reference, [[5, 4], [4, 3], [3]],
                [[15, 16], [16, 33], [33]], [[3, 50], [50, 2], [2]], [[1, 8], [8, 37], [37]], [[2, 3, 4], [4, 5], [5]]);
        }
    }

    /// <param name="transposeA">Whether A is stored with its last two axes exchanged.</param>
    /// <param name="transposeB">Whether B is.</param>
    /// <param name="variant">What the shapes have in common.</param>
    /// <param name="shapes">Operands without transpositions.</param>
    private static OpCase MatMul(bool transposeA, bool transposeB, string variant, params Shape[][] shapes) => new(
        "MatMul",
        x => x[0].MatMul(x[1], transposeA, transposeB),
        x => Product(x, transposeA, transposeB),
        [.. shapes.Select(set => new[] { transposeA ? Exchange(set[0]) : set[0], transposeB ? Exchange(set[1]) : set[1] })])
    {
        Variant = $"{variant} {(transposeA ? 'T' : 'N')}{(transposeB ? 'T' : 'N')}",
        Low = -1,
        High = 1,
        Roundings = 33,
        BadShapes =
        [
            [[3], [3, 4]],
            transposeA == transposeB ? [[3, 4], [3, 4]] : [[3, 4], [4, 3]],
            [[2, 4, 4], [3, 4, 4]],
        ],
    };

    private static OpCase Affine(bool relu, string variant, params Shape[][] shapes) => Affine(
        relu ? $"{variant} relu" : variant, (x, kernel, bias) => x.Affine(kernel, bias, relu), sum => relu ? Math.Max(sum, 0) : sum, shapes);

    private static OpCase Affine(
        string variant, Func<Tensor, Tensor, Tensor, Tensor> layer, Func<double, double> activation, params Shape[][] shapes) => new(
        "Affine",
        x => layer(x[0], x[1], x[2]),
        x =>
        {
            var product = Product(x, false, false);
            for (var i = 0; i < product.Values.Length; i++)
            {
                product.Values[i] = activation(product.Values[i] + x[2].Values[i % x[2].Values.Length]);
            }
            return product;
        },
        shapes)
        {
            Variant = variant,
            Low = -1,
            High = 1,
            Roundings = 16,
            BadShapes = [[[3, 4], [4, 5], [4]], [[3, 4], [5, 5], [5]]],
        };

    private static NdArray Product(NdArray[] x, bool transposeA, bool transposeB)
    {
        var (a, b) = (x[0].Shape, x[1].Shape);
        var inner = transposeA ? a[^2] : a[^1];
        var rank = Math.Max(a.Rank, b.Rank);
        var sizes = new int[rank];
        for (var fromEnd = 3; fromEnd <= rank; fromEnd++)
        {
            var (first, second) = (fromEnd <= a.Rank ? a[^fromEnd] : 1, fromEnd <= b.Rank ? b[^fromEnd] : 1);
            sizes[^fromEnd] = first == 1 ? second : first;
        }
        sizes[^2] = transposeA ? a[^1] : a[^2];
        sizes[^1] = transposeB ? b[^2] : b[^1];
        return NdArray.Generate(new(sizes), index =>
        {
            var (left, right) = ((int[])index.Clone(), (int[])index.Clone());
            var sum = 0.0;
            for (var k = 0; k < inner; k++)
            {
                (left[^2], left[^1]) = transposeA ? (k, index[^2]) : (index[^2], k);
                (right[^2], right[^1]) = transposeB ? (index[^1], k) : (k, index[^1]);
                sum += x[0].Broadcast(left) * x[1].Broadcast(right);
            }
            return sum;
        });
    }

    private static Shape Exchange(Shape shape) => shape[..^2].Concat([shape[^1], shape[^2]]);
}
