namespace GpuKeras.Layers;

/// <summary>Leaky rectified linear unit: x above 0, <c>negativeSlope · x</c> below.</summary>
/// <remarks>Output shape = input shape. The derivative at 0 is the slope.</remarks>
public sealed class LeakyReLU : Layer
{
    /// <summary>A leaky rectified linear unit.</summary>
    /// <param name="negativeSlope">The slope below 0. The function <c>leaky_relu</c> has another default, 0.2.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">The slope is negative.</exception>
    public LeakyReLU(double negativeSlope = 0.3, string? name = null)
        : base(name)
    {
        if (!(negativeSlope >= 0))
            throw new ArgumentException(
                $"The negative_slope value of a Leaky ReLU layer cannot be a negative value. Received: negative_slope={negativeSlope}",
                nameof(negativeSlope));
        NegativeSlope = negativeSlope;
        SupportsMasking = true;
    }

    /// <summary>The slope below 0.</summary>
    public double NegativeSlope { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => inputs.AsFloatingPoint(DType).LeakyRelu(NegativeSlope);
}
