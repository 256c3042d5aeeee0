namespace GpuKeras.Layers;

/// <summary>Rectified linear unit: <c>max(x, 0)</c>, with an optional slope below, upper limit and threshold.</summary>
/// <remarks>
/// Output shape = input shape. <c>maxValue</c> where x ≥ maxValue; x where threshold &lt; x &lt; maxValue;
/// <c>negativeSlope · (x − threshold)</c> elsewhere.
/// </remarks>
public sealed class ReLU : Layer
{
    /// <summary>A rectified linear unit.</summary>
    /// <param name="maxValue">The largest output; none by default.</param>
    /// <param name="negativeSlope">The slope below the threshold.</param>
    /// <param name="threshold">Where the function starts to rise.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    public ReLU(double? maxValue = null, double negativeSlope = 0, double threshold = 0, string? name = null)
        : base(name)
    {
        if (maxValue < 0)
            throw new ArgumentException(
                $"max_value of a ReLU layer cannot be a negative value. Received: max_value={maxValue}", nameof(maxValue));
        if (!(negativeSlope >= 0))
            throw new ArgumentException(
                $"negative_slope of a ReLU layer cannot be a negative value. Received: negative_slope={negativeSlope}", nameof(negativeSlope));
        if (!(threshold >= 0))
            throw new ArgumentException(
                $"threshold of a ReLU layer cannot be a negative value. Received: threshold={threshold}", nameof(threshold));
        (MaxValue, NegativeSlope, Threshold) = (maxValue, negativeSlope, threshold);
        SupportsMasking = true;
    }

    /// <summary>The largest output, or null for no limit.</summary>
    public double? MaxValue { get; }

    /// <summary>The slope below the threshold.</summary>
    public double NegativeSlope { get; }

    /// <summary>Where the function starts to rise.</summary>
    public double Threshold { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => inputs.AsFloatingPoint(DType).Relu(NegativeSlope, MaxValue, Threshold);
}
