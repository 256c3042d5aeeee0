using System.Numerics;
using GpuKeras.Kernels.Attention;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Attention;

/// <summary>Attention and its gradients as loops over numbers in double precision, with what is needed to judge a result.</summary>
internal sealed class AttentionReference
{
    private readonly AttentionSizes sizes;
    private readonly double scale;

    /// <param name="sizes">The sizes.</param>
    /// <param name="scale">What scores are multiplied by.</param>
    /// <param name="q">Queries <c>[batch, queries, heads, keyDim]</c>.</param>
    /// <param name="k">Keys <c>[batch, values, heads, keyDim]</c>.</param>
    /// <param name="v">Values <c>[batch, values, heads, valueDim]</c>.</param>
    /// <param name="dy">The output's gradient.</param>
    /// <param name="sees">Whether (batch, head, query) sees value.</param>
    /// <param name="kept">What dropout multiplies each weight by, <c>[batch, heads, queries, values]</c>.</param>
    public AttentionReference(
        AttentionSizes sizes, double scale, double[] q, double[] k, double[] v, double[] dy, Func<int, int, int, int, bool> sees,
        double[] kept)
    {
        (this.sizes, this.scale) = (sizes, scale);
        (Output, QueryGradient, KeyGradient, ValueGradient) = (new(dy.Length), new(q.Length), new(k.Length), new(v.Length));
        for (var b = 0; b < sizes.Batch; b++)
            for (var h = 0; h < sizes.Heads; h++)
                for (var i = 0; i < sizes.Queries; i++)
                    Row(b, h, i, q, k, v, dy, sees, kept);
    }

    public Sums Output { get; }

    public Sums QueryGradient { get; }

    public Sums KeyGradient { get; }

    public Sums ValueGradient { get; }

    private void Row(
        int b, int h, int i, double[] q, double[] k, double[] v, double[] dy, Func<int, int, int, int, bool> sees, double[] kept)
    {
        int Query(int dim, int c) => ((b * sizes.Queries + i) * sizes.Heads + h) * dim + c;
        int Value(int j, int dim, int c) => ((b * sizes.Values + j) * sizes.Heads + h) * dim + c;
        var (keyDim, valueDim) = (sizes.KeyDim, sizes.ValueDim);
        var fits = new double[sizes.Values];
        for (var j = 0; j < sizes.Values; j++)
        {
            var score = Enumerable.Range(0, keyDim).Sum(c => q[Query(keyDim, c)] * k[Value(j, keyDim, c)]);
            fits[j] = sees(b, h, i, j) ? Math.Exp(scale * score) : 0;
        }
        var total = fits.Sum();
        var weights = fits.Select(fit => total == 0 ? 0 : fit / total).ToArray();
        var upstream = new double[sizes.Values];
        for (var j = 0; j < sizes.Values; j++)
        {
            var factor = kept[((b * sizes.Heads + h) * sizes.Queries + i) * sizes.Values + j];
            for (var c = 0; c < valueDim; c++)
            {
                Output.Add(Query(valueDim, c), factor * weights[j] * v[Value(j, valueDim, c)]);
                ValueGradient.Add(Value(j, valueDim, c), factor * weights[j] * dy[Query(valueDim, c)]);
                upstream[j] += factor * dy[Query(valueDim, c)] * v[Value(j, valueDim, c)];
            }
        }
        var center = weights.Zip(upstream, static (p, u) => p * u).Sum();
        for (var j = 0; j < sizes.Values; j++)
        {
            var gradient = scale * weights[j] * (upstream[j] - center);
            // The difference may cancel; its parts do not.
            var magnitude = scale * weights[j] * valueDim / 0.9;
            for (var c = 0; c < keyDim; c++)
            {
                QueryGradient.Add(Query(keyDim, c), gradient * k[Value(j, keyDim, c)], 2 * magnitude);
                KeyGradient.Add(Value(j, keyDim, c), gradient * q[Query(keyDim, c)], 2 * magnitude);
            }
        }
    }

    /// <summary>Sums with the magnitudes of their terms.</summary>
    internal sealed class Sums(int length)
    {
        private readonly double[] values = new double[length];
        private readonly double[] magnitudes = new double[length];

        public void Add(int index, double term, double magnitude = 0)
        {
            values[index] += term;
            magnitudes[index] += Math.Max(magnitude, Math.Abs(term));
        }

        /// <summary>Fails unless each element is its sum to <paramref name="roundings"/> roundings.</summary>
        public void Check<T>(string what, HostArray<T> actual, int roundings)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (var i = 0; i < values.Length; i++)
            {
                Assert.That(
                    double.CreateChecked(actual[i]), Is.EqualTo(values[i]).Within(Tolerance.For<T>(roundings) * magnitudes[i]),
                    $"{what}, element {i}");
            }
        }
    }
}
