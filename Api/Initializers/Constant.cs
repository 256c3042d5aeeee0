namespace GpuKeras.Initializers;

/// <summary>One value in every element.</summary>
/// <param name="value">The value.</param>
public sealed class Constant(double value = 0) : Initializer
{
    /// <summary>The value of every element.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype = DType.Float32) => Tensor.Full(shape, Value, dtype);
}
