using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>Changes variables along their gradients.</summary>
public abstract partial class Optimizer : IKerasObject
{
    /// <summary>Updates each variable by its gradient, in Keras' order: accumulate, clip, decay, step, average, constrain.</summary>
    /// <param name="gradients">A gradient for each variable, of its shape; null leaves the variable as it is.</param>
    /// <param name="variables">The variables.</param>
    public void ApplyGradients(IReadOnlyList<Tensor?> gradients, IReadOnlyList<Variable> variables) =>
        throw new NotSupportedException();
}
