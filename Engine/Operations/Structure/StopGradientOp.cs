namespace GpuKeras;

/// <summary>The same values, kept off every tape; shares memory with the input.</summary>
internal sealed class StopGradientOp : TensorOp
{
    /// <summary>The operation has no parameters.</summary>
    public static StopGradientOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "stop_gradient";

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    protected override Tensor CreateOutput(ReadOnlySpan<Tensor> inputs, in Shape shape, DType dtype) => inputs[0].Alias(shape);

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        // The output is a view.
    }
}

public partial class Tensor
{
    /// <summary>The same values as a constant: no gradient flows through the result.</summary>
    public Tensor StopGradient() => StopGradientOp.Instance.Apply(this);
}
