using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>What layers with one kernel, a bias and an activation share.</summary>
public abstract class KernelLayer : BiasedLayer
{
    private protected KernelLayer(
        ActivationFunction? activation,
        bool useBias,
        Initializer? kernelInitializer,
        Initializer? biasInitializer,
        Regularizer? kernelRegularizer,
        Regularizer? biasRegularizer,
        Regularizer? activityRegularizer,
        Constraint? kernelConstraint,
        Constraint? biasConstraint,
        string? name)
        : base(activation, useBias, biasInitializer, biasRegularizer, activityRegularizer, biasConstraint, name)
    {
        KernelInitializer = kernelInitializer ?? new GlorotUniform();
        (KernelRegularizer, KernelConstraint) = (kernelRegularizer, kernelConstraint);
    }

    /// <summary>The first values of the kernel.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>A penalty on the kernel, or null.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>A rule for the kernel, or null.</summary>
    public Constraint? KernelConstraint { get; }

    /// <summary>The kernel; made by the first call.</summary>
    public Variable Kernel { get; private set; } = null!;

    private protected void AddKernel(Shape shape) =>
        Kernel = AddWeight("kernel", shape, KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
}
