using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>A linear map whose kernel has several input or output axes, as the projections of attention heads have.</summary>
internal sealed class HeadProjection(string name) : Layer(name)
{
    public Variable Kernel { get; private set; } = null!;

    public Variable? Bias { get; private set; }

    /// <summary>Makes the weights.</summary>
    /// <param name="owner">The layer that the projection is in.</param>
    /// <param name="inputs">The kernel's input axes.</param>
    /// <param name="outputs">The kernel's output axes, which are the bias' axes.</param>
    public void Make(MultiHeadAttention owner, in Shape inputs, in Shape outputs)
    {
        Kernel = Add(owner, "kernel", inputs.Concat(outputs), owner.KernelInitializer, owner.KernelRegularizer, owner.KernelConstraint);
        Bias = owner.UseBias ? Add(owner, "bias", outputs, owner.BiasInitializer, owner.BiasRegularizer, owner.BiasConstraint) : null;
        MarkBuilt();
    }

    /// <summary>x <c>[…, inputs]</c> → <c>[…, outputs]</c>, with the axes of inputs and outputs joined.</summary>
    public Tensor Project(Tensor x)
    {
        var width = x.Shape[^1];
        return x.Affine(Kernel.ReshapeNow([width, (int)(Kernel.Size / width)]), Bias?.ReshapeNow([(int)Bias.Size]));
    }

    private Variable Add(
        MultiHeadAttention owner, string weight, in Shape shape, Initializer initializer, Regularizer? regularizer, Constraint? constraint) =>
        AddWeight(weight, shape, initializer, regularizer: regularizer, constraint: constraint, dtype: owner.DType);
}
