namespace GpuKeras.Initializers;

/// <summary>Zeros, Keras' default for biases.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype = DType.Float32) => Tensor.Zeros(shape, dtype);
}
