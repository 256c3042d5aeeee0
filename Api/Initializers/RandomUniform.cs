namespace GpuKeras.Initializers;

/// <summary>Values spread evenly over an interval.</summary>
/// <param name="minval">The lower end, included.</param>
/// <param name="maxval">The upper end, excluded.</param>
/// <param name="seed">The seed; by default drawn from the global one.</param>
public sealed class RandomUniform(double minval = -0.05, double maxval = 0.05, long? seed = null) : RandomInitializer(seed)
{
    /// <summary>The lower end.</summary>
    public double Minval { get; } = minval;

    /// <summary>The upper end.</summary>
    public double Maxval { get; } = maxval;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype = DType.Float32) => Generator().Uniform(shape, Minval, Maxval, dtype);
}
