namespace GpuKeras.Layers;

/// <summary>The dot product of two inputs over one axis of each, sample by sample.</summary>
/// <remarks>
/// Inputs such as <c>[batch, a, n]</c> and <c>[batch, n, b]</c> with axes (2, 1); output <c>[batch, a, b]</c>: the first input's axes
/// without its axis, then the second's without batch and its axis. Two inputs <c>[batch, n]</c> give <c>[batch, 1]</c>.
/// </remarks>
public sealed class Dot : Layer
{
    /// <summary>A layer that takes dot products.</summary>
    /// <param name="axes">The axis of both inputs, or one of each; not the batch axis.</param>
    /// <param name="normalize">
    /// Whether both are first divided by their Euclidean length along the axis: the result is then their cosine.
    /// </param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">There are more than two axes, or one is the batch axis.</exception>
    public Dot(Axes axes, bool normalize = false, string? name = null)
        : base(name)
    {
        if (axes.Count is not (1 or 2))
            throw new ArgumentException(
                $"Invalid format for argument `axes`: it should contain two elements. Received: axes={axes}", nameof(axes));
        if (axes.Span.Contains(0))
            throw new ArgumentException($"Dot: Cannot perform batch_dot over axis 0. Received: axes={axes}", nameof(axes));
        (Axes, Normalize) = (axes, normalize);
        SupportsMasking = true;
    }

    /// <summary>The axis of both inputs, or one of each.</summary>
    public Axes Axes { get; }

    /// <summary>Whether both are first divided by their length.</summary>
    public bool Normalize { get; }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != 2 || inputs[0].Rank < 2 || inputs[1].Rank < 2)
            throw new ShapeException(
                $"layer '{Name}': A `Dot` layer should be called on a list of 2 inputs of rank 2 or more. " +
                $"Received: input_shape={MergeShapes.List(inputs)}");
        var (first, second) = AxesOf(inputs[0], inputs[1]);
        var (a, b) = (inputs[0][first], inputs[1][second]);
        if (a != b && a != Shape.Unknown && b != Shape.Unknown)
            throw new ShapeException(
                $"layer '{Name}': Incompatible input shapes: axis values {a} (at axis {first}) != {b} (at axis {second}). " +
                $"Full input shapes: {inputs[0].ToKerasString()}, {inputs[1].ToKerasString()}");
    }

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        if (inputs.Count != 2)
            throw new ArgumentException($"layer '{Name}': A `Dot` layer should be called on exactly 2 inputs. Received: inputs={inputs}");
        var (x, y) = (inputs[0].AsFloatingPoint(DType), inputs[1].AsFloatingPoint(DType));
        var (first, second) = AxesOf(x.Shape, y.Shape);
        if (Normalize)
            (x, y) = (Normalized(x, first), Normalized(y, second));
        var (left, right) = (x.Shape.Remove(first), y.Shape.Remove(second)[1..]);
        // One batched product of matrices: [batch, others, n] · [batch, n, others].
        var rows = LastAxis(x, first).Reshape([x.Shape[0], Count(left[1..]), x.Shape[first]]);
        var columns = LastAxis(y, second).Reshape([y.Shape[0], Count(right), y.Shape[second]]);
        var output = left.Concat(right);
        return rows.MatMul(columns, transposeB: true).Reshape(output.Rank == 1 ? output.Insert(-1, 1) : output);
    }

    /// <inheritdoc/>
    protected override Tensor? ComputeMask(TensorStructure inputs, CallContext context) => null;

    private (int First, int Second) AxesOf(in Shape first, in Shape second)
    {
        var (a, b) = (first.Axis(Axes.Span[0]), second.Axis(Axes.Span[^1]));
        return a != 0 && b != 0
            ? (a, b)
            : throw new ShapeException(
                $"layer '{Name}'", "the axes must not be the batch axis",
                $"axes {Axes}, inputs {first.ToKerasString()} and {second.ToKerasString()}");
    }

    private static int Count(in Shape shape) => checked((int)shape.Size);

    private static Tensor LastAxis(Tensor tensor, int axis)
    {
        if (axis == tensor.Rank - 1)
            return tensor;
        var order = new int[tensor.Rank];
        for (int i = 0, next = 0; i < order.Length; i++)
            if (i != axis)
                order[next++] = i;
        order[^1] = axis;
        return tensor.Transpose(order);
    }

    // Keras' normalization divides by a length of at least its epsilon.
    private static Tensor Normalized(Tensor tensor, int axis) =>
        tensor * tensor.Square().Sum(axis, keepDims: true).Maximum(Keras.Epsilon * Keras.Epsilon).Rsqrt();
}
