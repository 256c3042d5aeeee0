using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;
using GpuKeras.Kernels.Random;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Attention;

/// <summary>Attention: y = dropout(softmax(scale · q · kᵀ)) · v, for each head by itself.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <param name="query">q <c>[batch, queries, heads, keyDim]</c>.</param>
/// <param name="key">k <c>[batch, values, heads, keyDim]</c>.</param>
/// <param name="value">v <c>[batch, values, heads, valueDim]</c>.</param>
/// <param name="mask">Which query sees which value; the weights of others are 0, also where nothing is seen.</param>
/// <param name="dropout">Which weights are dropped, by their place in <c>[batch, heads, queries, values]</c>.</param>
/// <param name="output">y <c>[batch, queries, heads, valueDim]</c>.</param>
/// <param name="shift">For the gradient, each row's largest score <c>[batch, heads, queries]</c>; empty if it is not wanted.</param>
/// <param name="inverse">And the inverse of its sum of exp(score − shift).</param>
/// <param name="sizes">The sizes.</param>
/// <param name="scale">What the scores are multiplied by.</param>
/// <remarks>
/// The scores of a block of queries stay in cache; memory never holds all of them (Dao et al., "FlashAttention", 2022). A row is
/// divided by its sum after the product with v.
/// </remarks>
public readonly unsafe struct AttentionKernel<T>(
    ArrayView<T> query,
    ArrayView<T> key,
    ArrayView<T> value,
    AttentionMask<T> mask,
    DropoutMask dropout,
    ArrayView<T> output,
    ArrayView<T> shift,
    ArrayView<T> inverse,
    AttentionSizes sizes,
    double scale) : IKernel, IRangeBody, ILaneBody
    where T : unmanaged
{
    private readonly AttentionScores<T> scores = new(query, key, mask, sizes, scale);
    private readonly ArrayView<T> query = query;
    private readonly ArrayView<T> key = key;
    private readonly ArrayView<T> value = value;
    private readonly AttentionMask<T> mask = mask;
    private readonly DropoutMask dropout = dropout;
    private readonly ArrayView<T> output = output;
    private readonly ArrayView<T> shift = shift;
    private readonly ArrayView<T> inverse = inverse;
    private readonly AttentionSizes sizes = sizes;
    private readonly double scale = scale;

    // A row of nothing has the sum 0. Where a mask may cause that, the weights are 0; otherwise all scores were −∞, which is 0/0.
    private readonly bool mayBeEmpty = mask.HidesRows || sizes.Values == 0;

    /// <inheritdoc/>
    public static string Name => "attention";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(
        sizes.Pairs * sizes.Blocks, HostLoop.UnitsPerThread(AttentionCost.OfBlock(sizes, products: 1)), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        var scores = AttentionChunk.ScoresOf(launcher.Profile);
        if (typeof(T) == typeof(float))
            Device<FloatLane, float>().Launch(launcher, scores);
        else
            Device<DoubleLane, double>().Launch(launcher, scores);
    }

    /// <summary>Computes some blocks of queries.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, AttentionKernel<T>>(this, start, end);

    internal AttentionDevice<TLane, TElement> Device<TLane, TElement>()
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        new(query.Cast<TElement>(), key.Cast<TElement>(), value.Cast<TElement>(), mask.Cast<TElement>(), dropout,
            output.Cast<TElement>(), shift.Cast<TElement>(), inverse.Cast<TElement>(), sizes, scale);

    void ILaneBody.Run<TLane, TScalar, TElement>(long start, long end)
    {
        var weights = HostScratch.Get<TElement>(HostScratch.Use.Scores, (nint)sizes.BlockQueries * sizes.Values);
        var inverses = stackalloc TElement[AttentionSizes.MaxBlockQueries];
        for (var item = start; item < end; item++)
        {
            var block = sizes.Block(item / sizes.Blocks, (int)(item % sizes.Blocks));
            var width = scores.Width(block);
            scores.Multiply<TLane, TElement>(block, weights);
            for (var row = 0; row < block.Rows; row++)
                inverses[row] = Exponentials<TLane, TScalar, TElement>(block, row, weights + (nint)row * sizes.Values, width);
            if (dropout.IsActive)
                dropout.Apply(block.Index(sizes) * sizes.Values, (long)block.Rows * sizes.Values, weights, scale: 1);
            var target = (TElement*)output.Pointer + block.QueryOffset(sizes, sizes.ValueDim);
            MatrixProduct<TLane, TElement>.Multiply(
                new(weights, sizes.Values, 1),
                new((TElement*)value.Pointer + block.ValueOffset(sizes, sizes.ValueDim), sizes.ValueStride, 1),
                target, sizes.ValueStride, block.Rows, sizes.ValueDim, width, null, false, default(Identity));
            var kept = TScalar.Create(dropout.Scale);
            for (var row = 0; row < block.Rows; row++)
                RowMath<TLane, TScalar, TElement>.Scale(
                    target + row * sizes.ValueStride, sizes.ValueDim, TScalar.Load(inverses + row) * kept);
        }
    }

    /// <summary>Turns a row of scores into exp(score − shift); returns the inverse of their sum.</summary>
    private TElement Exponentials<TLane, TScalar, TElement>(in AttentionBlock block, int row, TElement* line, int width)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var (zero, one) = (TScalar.Create(0), TScalar.Create(1));
        var reach = scores.Prepare<TLane, TScalar, TElement>(block, row, line, out var max);
        var offset = TScalar.WhereEqual(max, TScalar.Create(double.NegativeInfinity), zero, max);
        var sum = RowMath<TLane, TScalar, TElement>.StoreExp(line, line, reach, offset);
        HostRow<TLane, TScalar, TElement>.Clear(line + reach, width - reach);
        var factor = mayBeEmpty ? TScalar.WhereEqual(sum, zero, zero, one / sum) : one / sum;
        if (shift.Length > 0)
        {
            offset.Store((TElement*)shift.Pointer + block.Index(sizes, row));
            factor.Store((TElement*)inverse.Pointer + block.Index(sizes, row));
        }
        return RowMath<TLane, TScalar, TElement>.ToElement(factor);
    }
}
