using GpuKeras.Kernels;
using GpuKeras.Kernels.Attention;
using GpuKeras.Kernels.Random;

namespace GpuKeras;

/// <summary>
/// dropout(softmax(scale · q · kᵀ)) · v: inputs q <c>[batch, queries, heads, keyDim]</c>, k <c>[batch, values, heads, keyDim]</c>,
/// v <c>[batch, values, heads, valueDim]</c> and, if there is one, a mask of 0 and 1 that broadcasts to
/// <c>[batch, heads, queries, values]</c>; output <c>[batch, queries, heads, valueDim]</c>.
/// </summary>
/// <param name="scale">What the scores are multiplied by; null for 1 / √keyDim.</param>
/// <param name="causal">Whether a query sees only values up to its own position.</param>
/// <param name="key">The random numbers of the dropout.</param>
/// <param name="rate">The share of the weights that is dropped.</param>
internal sealed class AttentionOp(double? scale, bool causal, PhiloxKey key, double rate) : FusedGradientOp
{
    /// <inheritdoc/>
    public override string Name => "attention";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var (q, k, v) = (inputs[0], inputs[1], inputs[2]);
        if (q.Rank != 4 || k.Rank != 4 || v.Rank != 4)
            throw new ShapeException(Name, "query, key and value need the axes [batch, positions, heads, dim]", Got(inputs));
        if (k[0] != q[0] || v[0] != q[0] || k[2] != q[2] || v[2] != q[2])
            throw new ShapeException(Name, "query, key and value must have the same batch and heads", Got(inputs));
        if (k[3] != q[3])
            throw new ShapeException(Name, "query and key must have the same dim", Got(inputs));
        if (k[1] != v[1])
            throw new ShapeException(Name, "key and value must have the same positions", Got(inputs));
        var weights = new Shape(q[0], q[2], q[1], k[1]);
        if (inputs.Length > 3 && !Broadcasts(inputs[3], weights))
            throw new ShapeException(
                Name, $"the mask must broadcast to [batch, heads, queries, values] {weights}", $"{Got(inputs)}, mask {inputs[3]}");
        return new(q[0], q[1], q[2], v[3]);
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var sizes = SizesOf(inputs);
        // What the gradient needs of each row: its largest score and the inverse of its sum.
        var rows = sizes.Pairs * sizes.Queries;
        var statistics = default(ArrayView<T>);
        if (GradientTape.FollowsAny(inputs, output))
        {
            output.Saved = [Tensor.Empty(new(2, sizes.Batch, sizes.Heads, sizes.Queries), output.DType, output.Device)];
            statistics = output.Saved[0].View<T>();
        }
        var (shift, inverse) = statistics.Length == 0 ? default : (statistics.SubView(0, rows), statistics.SubView(rows, rows));
        output.Device.Run(new AttentionKernel<T>(
            inputs[0].View<T>(), inputs[1].View<T>(), inputs[2].View<T>(), MaskOf<T>(inputs), new DropoutMask(key, rate), output.View<T>(),
            shift, inverse, sizes, ScaleOf(sizes)));
    }

    /// <inheritdoc/>
    protected override void BackwardFused<T>(BackwardContext context)
    {
        var (inputs, sizes) = (context.Inputs, SizesOf(context.Inputs));
        var (rows, statistics) = (sizes.Pairs * sizes.Queries, context.Saved[0].View<T>());
        for (var i = 0; i < 3; i++)
            context[i] = Tensor.Empty(inputs[i].Shape, inputs[i].DType, inputs[i].Device);
        context.Output.Device.Run(new AttentionGradientKernel<T>(
            inputs[0].View<T>(), inputs[1].View<T>(), inputs[2].View<T>(), MaskOf<T>(inputs), new DropoutMask(key, rate),
            context.Output.View<T>(), statistics.SubView(0, rows), statistics.SubView(rows, rows), context.Gradient.View<T>(),
            context[0]!.View<T>(), context[1]!.View<T>(), context[2]!.View<T>(), sizes, ScaleOf(sizes)));
    }

    /// <inheritdoc/>
    protected override void BackwardRecorded(BackwardContext context)
    {
        var (q, k, v) = (context.Inputs[0].ExchangeHeads(), context.Inputs[1].ExchangeHeads(), context.Inputs[2].ExchangeHeads());
        var (dy, mask) = (context.Gradient.ExchangeHeads(), context.Inputs.Length > 3 ? context.Inputs[3].Cast(DType.Bool) : null);
        var (dropout, factor) = (new DropoutOp(key, rate), ScaleOf(SizesOf(context.Inputs)));
        var weights = AttentionWeights.Of(q, k, mask, factor, causal);
        var upstream = dropout.Apply(dy.MatMul(v, transposeB: true));
        var scores = weights * (upstream - (weights * upstream).Sum(-1, keepDims: true)) * factor;
        context[0] = scores.MatMul(k).ExchangeHeads();
        context[1] = scores.MatMul(q, transposeA: true).ExchangeHeads();
        context[2] = dropout.Apply(weights).MatMul(dy, transposeA: true).ExchangeHeads();
    }

    private static AttentionSizes SizesOf(ReadOnlySpan<Tensor> inputs)
    {
        var (q, v) = (inputs[0].Shape, inputs[2].Shape);
        return new(q[0], q[2], q[1], v[1], q[3], v[3]);
    }

    private static string Got(ReadOnlySpan<Shape> inputs) => $"query {inputs[0]}, key {inputs[1]}, value {inputs[2]}";

    private static bool Broadcasts(in Shape mask, in Shape weights)
    {
        var fits = mask.Rank <= weights.Rank;
        for (var fromEnd = 1; fits && fromEnd <= mask.Rank; fromEnd++)
            fits = mask[^fromEnd] == 1 || mask[^fromEnd] == weights[^fromEnd];
        return fits;
    }

    private double ScaleOf(in AttentionSizes sizes) => scale ?? 1 / Math.Sqrt(sizes.KeyDim);

    private AttentionMask<T> MaskOf<T>(ReadOnlySpan<Tensor> inputs)
        where T : unmanaged
    {
        if (inputs.Length == 3)
            return new(default, default, causal);
        var (shape, own) = (inputs[3].Shape, Strides.Of(inputs[3].Shape));
        var strides = new Extents([0, 0, 0, 0]);
        for (var axis = 0; axis < shape.Rank; axis++)
            strides[4 - shape.Rank + axis] = shape[axis] == 1 ? 0 : own[axis];
        return new(inputs[3].View<T>(), strides, causal);
    }
}

public partial class Tensor
{
    /// <summary>
    /// Attention: for each query a mean of the values, weighted by how well their keys fit the query,
    /// softmax(scale · q · kᵀ) · v for each head by itself.
    /// </summary>
    /// <param name="key">
    /// The keys <c>[batch, values, heads, keyDim]</c>; this tensor is the queries <c>[batch, queries, heads, keyDim]</c>.
    /// </param>
    /// <param name="value">The values <c>[batch, values, heads, valueDim]</c>.</param>
    /// <param name="mask">
    /// True where a query sees a value; broadcasts to <c>[batch, heads, queries, values]</c>. A query that sees nothing gets zeros.
    /// </param>
    /// <param name="scale">What the scores are multiplied by; 1 / √keyDim by default.</param>
    /// <param name="isCausal">Whether a query sees only values up to its own position.</param>
    /// <param name="dropout">The share of the weights that is set to 0; the others are scaled by 1 / (1 − dropout).</param>
    /// <param name="random">Where the dropout's random numbers come from; one draw is used. Needed if there is dropout.</param>
    /// <returns>The output <c>[batch, queries, heads, valueDim]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <remarks>
    /// Vaswani et al. 2017. The weights are never in memory as a whole (Dao et al. 2022): the gradient computes them again. A query whose
    /// scores hold NaN or +∞ gets NaN.
    /// </remarks>
    public Tensor DotProductAttention(
        Tensor key, Tensor value, Tensor? mask = null, double? scale = null, bool isCausal = false, double dropout = 0,
        RandomGenerator? random = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (!(dropout is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "attention: the dropout rate must lie in 0 to 1");
        if (dropout > 0)
            ArgumentNullException.ThrowIfNull(random);
        // A trace has no values to drop: it must not use up a draw.
        var draw = dropout > 0 && !IsSymbolic ? random!.NextKey() : default;
        var operation = new AttentionOp(scale, isCausal, draw, dropout);
        return mask is null
            ? operation.Apply(this, key, value)
            : operation.Apply(this, key, value, mask.Cast(DType.Bool).Cast(DType));
    }
}
