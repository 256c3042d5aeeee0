namespace GpuKeras;

/// <summary>A function with a gradient given by its author.</summary>
/// <param name="forward">Computes the output; what it does is not recorded.</param>
/// <param name="backward">Given the inputs, the output and its gradient, the gradient of each input, null for none.</param>
internal sealed class CustomGradientOp(
    Func<Tensor[], Tensor> forward, Func<Tensor[], Tensor, Tensor, Tensor?[]> backward) : TensorOp
{
    private Tensor? result;

    /// <inheritdoc/>
    public override string Name => "custom_gradient";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => result!.Shape;

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs) => result!.DType;

    /// <summary>Computes the output off all tapes and records it as one step.</summary>
    public Tensor Run(Tensor[] inputs)
    {
        using (GradientTape.StopAll())
            result = forward(inputs);
        return Apply(inputs);
    }

    /// <inheritdoc/>
    protected override Tensor CreateOutput(ReadOnlySpan<Tensor> inputs, in Shape shape, DType dtype) => result!.Alias(shape);

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        // Run has computed the output.
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var gradients = backward(context.Inputs, context.Output, context.Gradient);
        if (gradients.Length != context.Inputs.Length)
            throw new InvalidOperationException(
                $"custom gradient: must give one gradient per input, null for none; got {gradients.Length} for {context.Inputs.Length} " +
                "inputs");
        for (var i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } gradient && gradient.Shape != context.Inputs[i].Shape)
                throw new ShapeException(
                    "custom gradient", "a gradient has its input's shape",
                    $"input {i} {context.Inputs[i].Shape}, gradient {gradient.Shape}");
            context[i] = gradients[i];
        }
    }
}

public partial class Tensor
{
    /// <summary>Computes a function whose gradient is given, not derived.</summary>
    /// <param name="inputs">The function's arguments.</param>
    /// <param name="forward">Computes the output from the inputs; what it does is not recorded.</param>
    /// <param name="backward">From the inputs, the output and its gradient, the gradient of each input; null for none.</param>
    /// <example><code>Tensor.CustomGradient([x], i => i[0].Log1P(), (i, y, dy) => [dy * (1 - …)])</code></example>
    public static Tensor CustomGradient(
        Tensor[] inputs, Func<Tensor[], Tensor> forward, Func<Tensor[], Tensor, Tensor, Tensor?[]> backward) =>
        new CustomGradientOp(forward, backward).Run(inputs);
}
