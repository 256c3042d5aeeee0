namespace GpuKeras.Initializers;

/// <summary>Ones, Keras' default for the scales of normalization layers.</summary>
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype = DType.Float32) => Tensor.Ones(shape, dtype);
}
