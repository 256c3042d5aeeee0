namespace GpuKeras.Layers;

/// <summary>Joins its inputs along an axis.</summary>
/// <remarks>
/// Inputs of the same shape but for the axis, such as <c>[batch, a]</c> and <c>[batch, b]</c>; output <c>[batch, a + b]</c>. Masks are joined,
/// or, along the last axis, united.
/// </remarks>
public sealed class Concatenate : Layer
{
    /// <summary>A layer that joins.</summary>
    /// <param name="axis">The axis along which the inputs are joined; negative ones count from the end.</param>
    /// <param name="name">The layer's name.</param>
    public Concatenate(int axis = -1, string? name = null)
        : base(name)
    {
        Axis = axis;
        SupportsMasking = true;
    }

    /// <summary>The axis along which the inputs are joined.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        var fits = true;
        for (var i = 0; i < inputs.Count && fits; i++)
            fits = inputs[i].Rank == inputs[0].Rank && Axis >= -inputs[i].Rank && Axis < inputs[i].Rank;
        for (var axis = 0; fits && axis < inputs[0].Rank; axis++)
            if (axis != inputs[0].Axis(Axis))
                fits = inputs.Select(shape => shape[axis]).Where(static size => size != Shape.Unknown).Distinct().Count() <= 1;
        if (!fits)
            throw new ShapeException(
                $"layer '{Name}': A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. " +
                $"Received: input_shape={MergeShapes.List(inputs)}, axis={Axis}");
    }

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        if (inputs.IsSingle)
            throw new ArgumentException(
                $"layer '{Name}': A `Concatenate` layer should be called on a list of inputs. Received: inputs={inputs} (not a list of tensors). " +
                "Hint: layer.Apply([a, b])");
        var tensors = new Tensor[inputs.Count];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = inputs[i].AsFloatingPoint(DType);
        return Tensor.Concat(tensors, Axis);
    }

    /// <inheritdoc/>
    protected override Tensor? ComputeMask(TensorStructure inputs, CallContext context)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (context.Masks.All(static mask => mask is null))
            return null;
        var spread = new Tensor[inputs.Count];
        for (var i = 0; i < spread.Length; i++)
            spread[i] = context.Masks[i] switch
            {
                null => Tensor.Ones(inputs[i].Shape, DType.Bool),
                var mask when mask.Rank < inputs[i].Rank => mask.Cast(DType.Bool).ExpandDims(-1).BroadcastTo(inputs[i].Shape),
                var mask => mask.Cast(DType.Bool),
            };
        return Tensor.Concat(spread, Axis).Any([-1]);
    }
}
