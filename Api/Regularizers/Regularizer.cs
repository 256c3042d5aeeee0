using GpuKeras.Saving;

namespace GpuKeras.Regularizers;

/// <summary>A penalty on a weight or an activation, added to the loss.</summary>
public abstract partial class Regularizer : IKerasObject
{
    /// <summary>The penalty, a scalar.</summary>
    public abstract Tensor Penalty(Tensor tensor);
}
