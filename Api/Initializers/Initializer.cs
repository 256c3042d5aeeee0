using GpuKeras.Saving;

namespace GpuKeras.Initializers;

/// <summary>Makes the first values of a weight.</summary>
public abstract partial class Initializer : IKerasObject
{
    /// <summary>New values of a shape and dtype.</summary>
    public abstract Tensor Create(Shape shape, DType dtype = DType.Float32);
}
