namespace GpuKeras.Initializers;

/// <summary>The identity matrix, times a gain.</summary>
/// <param name="gain">The value on the diagonal.</param>
public sealed class Identity(double gain = 1) : Initializer
{
    /// <summary>The value on the diagonal.</summary>
    public double Gain { get; } = gain;

    /// <summary>A matrix <c>[rows, columns]</c> with the gain on its diagonal and zeros elsewhere.</summary>
    /// <exception cref="ShapeException">The shape is not a matrix's.</exception>
    public override Tensor Create(Shape shape, DType dtype = DType.Float32)
    {
        if (shape.Rank != 2)
            throw new ShapeException("Identity initializer", "can only be used for 2D matrices", $"shape {shape} of rank {shape.Rank}");
        return Tensor.Eye(shape[0], shape[1], dtype) * Gain;
    }
}
