using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Normalization;

namespace GpuKeras;

/// <summary>
/// f((x − mean) · gamma / √(variance + epsilon) + beta) over the last axis' channels: inputs x <c>[…, channels]</c>; gamma, beta, mean and
/// variance <c>[channels]</c>.
/// </summary>
/// <typeparam name="TActivation">f, whose derivative must be the same at x and at f(x): the identity or relu.</typeparam>
/// <param name="epsilon">Keeps the denominator from 0.</param>
internal sealed class BatchNormWithOp<TActivation>(double epsilon) : FloatingPointOp
    where TActivation : struct, IDifferentiableFunction
{
    /// <inheritdoc/>
    public override string Name => "batch_norm_with";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var channels = new Shape(inputs[0][^1]);
        foreach (var vector in inputs[1..])
            if (vector != channels)
                throw new ShapeException(
                    Name, "gamma, beta, mean and variance must have one element for each channel",
                    $"input {inputs[0]}, gamma {inputs[1]}, beta {inputs[2]}, mean {inputs[3]}, variance {inputs[4]}");
        return inputs[0];
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        output.Device.Run(new BatchNormalizeKernel<TActivation, T>(
            inputs[0].View<T>(), inputs[3].View<T>(), inputs[4].View<T>(), inputs[1].View<T>(), inputs[2].View<T>(), output.View<T>(),
            Strides.Product(output.Shape, 0, output.Rank - 1), output.Shape[^1], epsilon));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (x, gamma, mean, variance) = (context.Inputs[0], context.Inputs[1], context.Inputs[3], context.Inputs[4]);
        var gradient = FusedActivation<TActivation>.Gradient(context);
        var inverse = (variance + epsilon).Rsqrt();
        if (context.Needs(0))
            context[0] = gradient * (gamma * inverse);
        if (context.Needs(2) || context.Needs(3))
        {
            context[2] = gradient.SumTo(gamma.Shape);
            context[3] = -context[2]! * gamma * inverse;
        }
        if (context.Needs(1) || context.Needs(4))
        {
            context[1] = (gradient * (x - mean)).SumTo(gamma.Shape) * inverse;
            context[4] = context[1]! * gamma * inverse.Square() * -0.5;
        }
    }
}
