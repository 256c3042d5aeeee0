using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;
using GpuKeras.Kernels.Random;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Attention;

/// <summary>The gradients of <see cref="AttentionKernel{T}"/> with respect to q, k and v.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// The weights p are computed again from the rows' shifts and sums. With d the dropout's factors and δ = Σ dy·y over a row:
/// dv = (d·p)ᵀ · dy, ds = scale · p · (d · (dy · vᵀ) − δ), dq = ds · k, dk = dsᵀ · q. A head's blocks of queries add to its dk and dv
/// in their order, so threads share heads, not blocks.
/// </remarks>
public readonly unsafe struct AttentionGradientKernel<T>(
    ArrayView<T> query,
    ArrayView<T> key,
    ArrayView<T> value,
    AttentionMask<T> mask,
    DropoutMask dropout,
    ArrayView<T> output,
    ArrayView<T> shift,
    ArrayView<T> inverse,
    ArrayView<T> outputGradient,
    ArrayView<T> queryGradient,
    ArrayView<T> keyGradient,
    ArrayView<T> valueGradient,
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
    private readonly ArrayView<T> outputGradient = outputGradient;
    private readonly ArrayView<T> queryGradient = queryGradient;
    private readonly ArrayView<T> keyGradient = keyGradient;
    private readonly ArrayView<T> valueGradient = valueGradient;
    private readonly AttentionSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "attention_gradient";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(
        sizes.Pairs, HostLoop.UnitsPerThread(sizes.Blocks * AttentionCost.OfBlock(sizes, products: 3)), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        var scores = AttentionChunk.ScoresOf(launcher.Profile);
        if (typeof(T) == typeof(float))
            Device<FloatLane, float>().Launch(launcher, scores);
        else
            Device<DoubleLane, double>().Launch(launcher, scores);
    }

    /// <summary>Computes some pairs of a batch entry and a head.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, AttentionGradientKernel<T>>(this, start, end);

    internal AttentionGradientDevice<TLane, TElement> Device<TLane, TElement>()
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        new(query.Cast<TElement>(), key.Cast<TElement>(), value.Cast<TElement>(), mask.Cast<TElement>(), dropout,
            output.Cast<TElement>(), shift.Cast<TElement>(), inverse.Cast<TElement>(), outputGradient.Cast<TElement>(),
            queryGradient.Cast<TElement>(), keyGradient.Cast<TElement>(), valueGradient.Cast<TElement>(), sizes, scale);

    void ILaneBody.Run<TLane, TScalar, TElement>(long start, long end)
    {
        for (var pair = start; pair < end; pair++)
        {
            for (var block = 0; block < sizes.Blocks; block++)
                Block<TLane, TScalar, TElement>(sizes.Block(pair, block));
        }
    }

    private void Block<TLane, TScalar, TElement>(in AttentionBlock block)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var (width, count) = (scores.Width(block), (nint)sizes.BlockQueries * sizes.Values);
        var weights = HostScratch.Get<TElement>(HostScratch.Use.Scores, count);
        var gradients = HostScratch.Get<TElement>(HostScratch.Use.ScoreGradients, count);
        var kept = dropout.IsActive ? HostScratch.Get<TElement>(HostScratch.Use.KeptScores, count) : weights;
        var upstream = (TElement*)outputGradient.Pointer + block.QueryOffset(sizes, sizes.ValueDim);
        var queries = block.QueryOffset(sizes, sizes.KeyDim);
        var (keys, values) = (block.ValueOffset(sizes, sizes.KeyDim), block.ValueOffset(sizes, sizes.ValueDim));

        scores.Multiply<TLane, TElement>(block, weights);
        for (var row = 0; row < block.Rows; row++)
            Weights<TLane, TScalar, TElement>(block, row, weights + (nint)row * sizes.Values, width);
        Multiply<TLane, TElement>(
            new(upstream, sizes.ValueStride, 1), new((TElement*)value.Pointer + values, 1, sizes.ValueStride), gradients, sizes.Values,
            block.Rows, width, sizes.ValueDim);
        if (dropout.IsActive)
            dropout.Apply(
                block.Index(sizes) * sizes.Values, (long)block.Rows * sizes.Values, weights, kept, gradients, dropout.Scale);

        // The first block writes dk and dv, later ones add; values that it does not reach are then 0.
        var reached = block.First == 0 ? sizes.Values : width;
        Multiply<TLane, TElement>(
            new(kept, 1, sizes.Values), new(upstream, sizes.ValueStride, 1), (TElement*)valueGradient.Pointer + values, sizes.ValueStride,
            width, sizes.ValueDim, block.Rows, accumulate: block.First > 0);
        for (var row = 0; row < block.Rows; row++)
            ScoreGradients<TLane, TScalar, TElement>(block, row, weights, gradients, width);
        Multiply<TLane, TElement>(
            new(gradients, sizes.Values, 1), new((TElement*)key.Pointer + keys, sizes.KeyStride, 1),
            (TElement*)queryGradient.Pointer + queries, sizes.KeyStride, block.Rows, sizes.KeyDim, width);
        Multiply<TLane, TElement>(
            new(gradients, 1, sizes.Values), new((TElement*)query.Pointer + queries, sizes.KeyStride, 1),
            (TElement*)keyGradient.Pointer + keys, sizes.KeyStride, width, sizes.KeyDim, block.Rows, accumulate: block.First > 0);
        for (var position = width; position < reached; position++)
        {
            HostRow<TLane, TScalar, TElement>.Clear((TElement*)keyGradient.Pointer + keys + position * sizes.KeyStride, sizes.KeyDim);
            HostRow<TLane, TScalar, TElement>.Clear(
                (TElement*)valueGradient.Pointer + values + position * sizes.ValueStride, sizes.ValueDim);
        }
    }

    /// <summary>Turns a row of scores into weights, exactly as in the forward pass.</summary>
    private void Weights<TLane, TScalar, TElement>(in AttentionBlock block, int row, TElement* line, int width)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var index = block.Index(sizes, row);
        var reach = scores.Prepare<TLane, TScalar, TElement>(block, row, line, out _);
        RowMath<TLane, TScalar, TElement>.StoreExp(line, line, reach, TScalar.Load((TElement*)shift.Pointer + index));
        RowMath<TLane, TScalar, TElement>.Scale(line, reach, TScalar.Load((TElement*)inverse.Pointer + index));
        HostRow<TLane, TScalar, TElement>.Clear(line + reach, width - reach);
    }

    /// <summary>gradients = scale · weights · (gradients − Σ dy·y) for one row.</summary>
    private void ScoreGradients<TLane, TScalar, TElement>(
        in AttentionBlock block, int row, TElement* weights, TElement* gradients, int width)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var place = block.QueryOffset(sizes, sizes.ValueDim) + row * sizes.ValueStride;
        var dot = RowMath<TLane, TScalar, TElement>.Dot(
            (TElement*)outputGradient.Pointer + place, (TElement*)output.Pointer + place, sizes.ValueDim);
        var line = (nint)row * sizes.Values;
        WeighDeviations<TLane, TScalar, TElement>(weights + line, gradients + line, width, dot, TScalar.Create(scale));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WeighDeviations<TLane, TScalar, TElement>(
        TElement* weights, TElement* gradients, long count, TScalar center, TScalar scale)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var centers = RowMath<TLane, TScalar, TElement>.Broadcast(center);
        var scales = RowMath<TLane, TScalar, TElement>.Broadcast(scale);
        var i = 0L;
        for (; i + TLane.Count <= count; i += TLane.Count)
            (TLane.Load(weights + i) * scales * (TLane.Load(gradients + i) - centers)).Store(gradients + i);
        for (; i < count; i++)
            (TScalar.Load(weights + i) * scale * (TScalar.Load(gradients + i) - center)).Store(gradients + i);
    }

    private static void Multiply<TLane, TElement>(
        StridedMatrix<TElement> a, StridedMatrix<TElement> b, TElement* c, nint cStride, int m, int n, int k, bool accumulate = false)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        MatrixProduct<TLane, TElement>.Multiply(a, b, c, cStride, m, n, k, null, accumulate, default(Identity));
}
