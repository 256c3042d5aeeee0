// Longer than most: the layer has four tensors to be called with, in four ways.
using System.Text.Json.Nodes;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;
using GpuKeras.Saving;
using GpuKeras.Utilities;

namespace GpuKeras.Layers;

/// <summary>Attention with several heads: for each query a mean of the values, weighted by how well their keys fit the query.</summary>
/// <remarks>
/// <para>
/// Query <c>[batch, …queries, queryDim]</c>, value <c>[batch, …values, valueDim]</c>, key <c>[batch, …values, keyDim]</c> (the value by
/// default); output <c>[batch, …queries, outputShape]</c>, by default queryDim wide. Per head softmax(q · kᵀ / √keyDim) · v, over all axes between the first and
/// the last. Weights, each with kernel and bias: query, key <c>[dim, heads, keyDim]</c>, value <c>[dim, heads, valueDim]</c>, attention_output
/// <c>[heads, valueDim, …outputShape]</c>. Vaswani et al. 2017, <c>arxiv.org/abs/1706.03762</c>.
/// </para>
/// <para>Also called as <c>Apply([query, value])</c>, <c>Apply([query, value, key])</c> or <c>Apply([query, value, key, attentionMask])</c>.</para>
/// </remarks>
[KerasKeys("num_heads", "key_dim", "value_dim", "dropout", "use_bias", "use_gate", "output_shape", "attention_axes", "sliding_window")]
public sealed class MultiHeadAttention : Layer
{
    private static readonly AttentionArguments NoArguments = new(false, false);

    [KerasName("query_dense")]
    private readonly HeadProjection query = new("query");

    [KerasName("key_dense")]
    private readonly HeadProjection key = new("key");

    [KerasName("value_dense")]
    private readonly HeadProjection value = new("value");

    [KerasName("output_dense")]
    private readonly HeadProjection output = new("attention_output");
    private readonly RandomGenerator random;

    /// <summary>Attention with several heads.</summary>
    /// <param name="numHeads">How many heads.</param>
    /// <param name="keyDim">The size of a head's queries and keys.</param>
    /// <param name="valueDim">The size of a head's values; <paramref name="keyDim"/> by default.</param>
    /// <param name="dropout">The share of the scores that is dropped in training.</param>
    /// <param name="useBias">Whether the projections have biases.</param>
    /// <param name="outputShape">The last axes of the output; by default the last of the query.</param>
    /// <param name="attentionAxes">The axes attended over; only all between the first and the last, which is the default.</param>
    /// <param name="kernelInitializer">The first kernels; Glorot uniform by default.</param>
    /// <param name="biasInitializer">The first biases; zeros by default.</param>
    /// <param name="kernelRegularizer">A penalty on each kernel.</param>
    /// <param name="biasRegularizer">A penalty on each bias.</param>
    /// <param name="activityRegularizer">A penalty on the output.</param>
    /// <param name="kernelConstraint">A rule for each kernel.</param>
    /// <param name="biasConstraint">A rule for each bias.</param>
    /// <param name="seed">Fixes the dropout masks.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the dropout rate is out of range.</exception>
    public MultiHeadAttention(
        int numHeads,
        int keyDim,
        int? valueDim = null,
        double dropout = 0,
        bool useBias = true,
        Shape? outputShape = null,
        IReadOnlyList<int>? attentionAxes = null,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        long? seed = null,
        string? name = null)
        : base(name)
    {
        NumHeads = SizeRules.Positive(numHeads, "num_heads");
        KeyDim = SizeRules.Positive(keyDim, "key_dim");
        ValueDim = SizeRules.Positive(valueDim ?? keyDim, "value_dim");
        Dropout = DropoutRules.Checked(dropout);
        (UseBias, OutputShape, AttentionAxes) = (useBias, outputShape, attentionAxes);
        (KernelInitializer, BiasInitializer) = (kernelInitializer ?? new GlorotUniform(), biasInitializer ?? new Zeros());
        (KernelRegularizer, BiasRegularizer, ActivityRegularizer) = (kernelRegularizer, biasRegularizer, activityRegularizer);
        (KernelConstraint, BiasConstraint, Seed) = (kernelConstraint, biasConstraint, seed);
        random = new RandomGenerator(seed ?? GlobalSeed.Next());
        SupportsMasking = true;
    }

    /// <summary>How many heads.</summary>
    public int NumHeads { get; }

    /// <summary>The size of a head's queries and keys.</summary>
    public int KeyDim { get; }

    /// <summary>The size of a head's values.</summary>
    public int ValueDim { get; }

    /// <summary>The share of the scores that is dropped in training.</summary>
    public double Dropout { get; }

    /// <summary>Whether the projections have biases.</summary>
    public bool UseBias { get; }

    /// <summary>The last axes of the output, or null for the last of the query.</summary>
    public Shape? OutputShape { get; }

    /// <summary>The axes attended over, or null for all between the first and the last.</summary>
    public IReadOnlyList<int>? AttentionAxes { get; }

    /// <summary>The first kernels.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>The first biases.</summary>
    public Initializer BiasInitializer { get; }

    /// <summary>A penalty on each kernel, or null.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>A penalty on each bias, or null.</summary>
    public Regularizer? BiasRegularizer { get; }

    /// <summary>A rule for each kernel, or null.</summary>
    public Constraint? KernelConstraint { get; }

    /// <summary>A rule for each bias, or null.</summary>
    public Constraint? BiasConstraint { get; }

    /// <summary>The seed of the dropout masks, or null.</summary>
    public long? Seed { get; }

    /// <summary>Calls the layer.</summary>
    /// <param name="query">The query <c>[batch, …queries, queryDim]</c>.</param>
    /// <param name="value">The value <c>[batch, …values, valueDim]</c>.</param>
    /// <param name="key">The key <c>[batch, …values, keyDim]</c>; the value by default.</param>
    /// <param name="attentionMask">
    /// Which query may see which value, <c>[batch, queries, values]</c> or <c>[batch, heads, queries, values]</c>; a batch or heads axis of 1 repeats.
    /// </param>
    /// <param name="useCausalMask">Whether a query sees only values up to its own position.</param>
    /// <param name="training">Whether this is training.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    public Tensor Apply(
        Tensor query, Tensor value, Tensor? key = null, Tensor? attentionMask = null, bool useCausalMask = false, bool? training = null) =>
        ApplyAll(query, value, key, attentionMask, useCausalMask, returnAttentionScores: false, training)[0];

    /// <summary>Calls the layer and returns the output, and if asked for the scores <c>[batch, heads, queries, values]</c>.</summary>
    /// <inheritdoc cref="Apply(Tensor, Tensor, Tensor?, Tensor?, bool, bool?)"/>
    /// <param name="returnAttentionScores">Whether the scores are returned too.</param>
    public TensorStructure ApplyAll(
        Tensor query,
        Tensor value,
        Tensor? key = null,
        Tensor? attentionMask = null,
        bool useCausalMask = false,
        bool returnAttentionScores = false,
        bool? training = null)
    {
        TensorStructure inputs = attentionMask is not null
            ? [query, value, key ?? value, attentionMask]
            : key is not null ? [query, value, key] : [query, value];
        return ApplyWith(inputs, training, masks: null, new AttentionArguments(useCausalMask, returnAttentionScores));
    }

    internal override (string Key, JsonNode? Value)[] FixedConfig => [("use_gate", false), ("sliding_window", null)];

    internal override IEnumerable<(string Attribute, string Name)> StatelessParts =>
        Dropout > 0 ? [("_dropout_layer", "dropout"), ("_softmax", "softmax")] : [("_softmax", "softmax")];

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var (queryShape, valueShape, keyShape) = CheckShapes(inputs);
        this.query.Make(this, [queryShape[^1]], [NumHeads, KeyDim]);
        this.key.Make(this, [keyShape[^1]], [NumHeads, KeyDim]);
        this.value.Make(this, [valueShape[^1]], [NumHeads, ValueDim]);
        output.Make(this, [NumHeads, ValueDim], OutputShape ?? [queryShape[^1]]);
    }

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        CheckShapes([.. inputs.Select(static tensor => tensor.Shape)]);
        var arguments = context.Arguments as AttentionArguments ?? NoArguments;
        var (queries, values, keys) = (inputs[0], inputs[1], inputs.Count > 2 ? inputs[2] : inputs[1]);
        var mask = Mask(inputs, context.Masks);
        var dropout = context.Training ? Dropout : 0;

        // [batch, positions, heads, dim] each
        var q = Heads(this.query.Project(queries), KeyDim);
        var k = Heads(this.key.Project(keys), KeyDim);
        var v = Heads(this.value.Project(values), ValueDim);
        if (!arguments.ReturnAttentionScores)
            return Output(q.DotProductAttention(k, v, mask, isCausal: arguments.UseCausalMask, dropout: dropout, random: random), queries);

        var scores = AttentionWeights.Of(
            q.ExchangeHeads(), k.ExchangeHeads(), mask, 1 / Math.Sqrt(KeyDim), arguments.UseCausalMask);
        var seen = dropout > 0 ? scores.Dropout(dropout, random) : scores;
        return [Output(seen.MatMul(v.ExchangeHeads()).ExchangeHeads(), queries), scores];
    }

    private Tensor Heads(Tensor projected, int size) =>
        projected.Reshape([projected.Shape[0], Positions(projected.Shape), NumHeads, size]);

    private Tensor Output(Tensor heads, Tensor queries)
    {
        var projected = output.Project(heads.Reshape([.. queries.Shape[..^1], NumHeads * ValueDim]));
        var shape = OutputShape ?? [projected.Shape[^1]];
        return shape.Rank == 1 ? projected : projected.Reshape(projected.Shape[..^1].Concat(shape));
    }

    /// <summary>Which query sees which value, bool, of a shape that broadcasts to <c>[batch, heads, queries, values]</c>; null for all.</summary>
    private static Tensor? Mask(TensorStructure inputs, IReadOnlyList<Tensor?> masks)
    {
        var (queries, values) = (Positions(inputs[0].Shape), Positions(inputs[1].Shape));
        Tensor? mask = null;
        if (inputs.Count > 3)
        {
            mask = inputs[3].Cast(DType.Bool);
            mask = mask.Rank == 4 ? mask : mask.Reshape([mask.Shape[0], 1, queries, values]);
        }
        if (MaskOf(masks, 0) is { } queryMask)
            mask = And(mask, queryMask.Reshape([queryMask.Shape[0], 1, queries, 1]));
        if (MaskOf(masks, 1) is { } valueMask)
            mask = And(mask, valueMask.Reshape([valueMask.Shape[0], 1, 1, values]));
        if (inputs.Count > 2 && MaskOf(masks, 2) is { } keyMask)
            mask = And(mask, keyMask.Reshape([keyMask.Shape[0], 1, 1, values]));
        return mask;
    }

    private static Tensor? MaskOf(IReadOnlyList<Tensor?> masks, int input) => input < masks.Count ? masks[input]?.Cast(DType.Bool) : null;

    private static Tensor And(Tensor? mask, Tensor other) => mask is null ? other : mask.LogicalAnd(other);

    private static int Positions(in Shape shape)
    {
        var positions = 1;
        for (var axis = 1; axis < shape.Rank - 1; axis++)
            positions *= shape[axis];
        return positions;
    }

    private (Shape Query, Shape Value, Shape Key) CheckShapes(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count is < 2 or > 4)
            throw new ArgumentException(
                $"layer '{Name}': needs [query, value], [query, value, key] or [query, value, key, attentionMask]; got {inputs.Count} tensors");
        var (queryShape, valueShape, keyShape) = (inputs[0], inputs[1], inputs.Count > 2 ? inputs[2] : inputs[1]);
        if (queryShape.Rank < 3 || valueShape.Rank < 3)
            throw new ShapeException(
                $"layer '{Name}'", "query and value need at least three axes [batch, positions, features]",
                $"query {queryShape.ToKerasString()}, value {valueShape.ToKerasString()}");
        if (valueShape.Rank != keyShape.Rank || valueShape[1..^1] != keyShape[1..^1])
            throw new ShapeException(
                $"layer '{Name}'", "all dimensions of value and key, except the last one, must be equal",
                $"value {valueShape.ToKerasString()}, key {keyShape.ToKerasString()}");
        if (AttentionAxes is { } axes
            && !axes.Select(axis => axis < 0 ? axis + queryShape.Rank : axis).SequenceEqual(Enumerable.Range(1, queryShape.Rank - 2)))
            throw new ArgumentException(
                $"layer '{Name}': attentionAxes must be all axes between the first and the last; got [{string.Join(", ", axes)}] " +
                $"for query {queryShape}. Hint: leave it out, and reshape the other axes into the batch.");
        return (queryShape, valueShape, keyShape);
    }
}
