namespace GpuKeras.Initializers;

/// <summary>Values of a normal distribution.</summary>
/// <param name="mean">The mean.</param>
/// <param name="stddev">The standard deviation.</param>
/// <param name="seed">The seed; by default drawn from the global one.</param>
public sealed class RandomNormal(double mean = 0, double stddev = 0.05, long? seed = null) : RandomInitializer(seed)
{
    /// <summary>The mean.</summary>
    public double Mean { get; } = mean;

    /// <summary>The standard deviation.</summary>
    public double Stddev { get; } = stddev;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype = DType.Float32) => Generator().Normal(shape, Mean, Stddev, dtype);
}
