namespace GpuKeras.Layers;

/// <summary>Applies one layer to every step of a sequence.</summary>
/// <remarks>Input <c>[batch, steps, …]</c>, each <c>[batch, …]</c> of which the inner layer takes; output <c>[batch, steps, …]</c>.</remarks>
public sealed class TimeDistributed : Layer
{
    private readonly Layer layer;

    /// <summary>Applies one layer to every step of a sequence.</summary>
    /// <param name="layer">The layer; it has one output.</param>
    /// <param name="name">The layer's name.</param>
    public TimeDistributed(Layer layer, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(layer);
        this.layer = layer;
        SupportsMasking = true;
    }

    /// <summary>The layer that is applied to every step.</summary>
    public Layer Layer => layer;

    /// <summary>The inner layer converts the steps itself.</summary>
    protected override bool AutoCast => false;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => layer.ComputeOutputShape(StepShape(input)).Insert(1, input[1]);

    /// <inheritdoc/>
    protected override void Build(Shape input) => layer.BuildFor(StepShape(input));

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var x = inputs.Single;
        StepShape(x.Shape);
        CheckMask(x.Shape, context.Mask);
        // A mask of the steps themselves says nothing about the inside of a step.
        var mask = context.Mask is { Rank: > 2 } inner ? inner : null;
        return context.Training && NormalizesOverBatch() ? StepByStep(x, mask) : AllSteps(x, mask, context.Training);
    }

    /// <summary>Steps are samples to the inner layer, so all of them can be done at once.</summary>
    private Tensor AllSteps(Tensor x, Tensor? mask, bool training)
    {
        var (batch, steps) = (x.Shape[0], x.Shape[1]);
        var output = layer.Apply(
            x.Reshape(x.Shape[2..].Insert(0, batch * steps)), training, mask?.Reshape(mask.Shape[2..].Insert(0, batch * steps)));
        return output.Reshape(new Shape(batch, steps).Concat(output.Shape[1..]));
    }

    /// <summary>Batch statistics are those of one step each, as in Keras.</summary>
    private Tensor StepByStep(Tensor x, Tensor? mask)
    {
        var steps = new Tensor[x.Shape[1]];
        StepSplit.Into(StepsFirst(x), steps);
        var masks = mask is null ? null : StepsFirst(mask);
        for (var i = 0; i < steps.Length; i++)
            steps[i] = layer.Apply(steps[i], training: true, masks?[i]);
        return Tensor.Stack(steps, axis: 1);
    }

    private bool NormalizesOverBatch() => layer.Flatten().Any(static inner => inner is BatchNormalization);

    private static Tensor StepsFirst(Tensor tensor)
    {
        var order = new int[tensor.Rank];
        for (var axis = 0; axis < order.Length; axis++)
            order[axis] = axis;
        (order[0], order[1]) = (1, 0);
        return tensor.Transpose(order);
    }

    private Shape StepShape(Shape input) => input.Rank >= 3
        ? input.Remove(1)
        : throw new ShapeException(
            $"`TimeDistributed` Layer '{Name}' should be passed an input with at least 3 dimensions, received: {input.ToKerasString()}");

    private void CheckMask(in Shape input, Tensor? mask)
    {
        if (mask is not null && (mask.Rank < 2 || mask.Shape[0] != input[0] || mask.Shape[1] != input[1]))
            throw new ShapeException(
                $"layer '{Name}'", "the mask starts with the input's batch and steps", $"input {input}, mask {mask.Shape}");
    }
}
