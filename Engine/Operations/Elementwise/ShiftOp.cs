using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>y = f(x) with f(x) = x + c or c − x for some c: the gradient is ∂y or −∂y.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <param name="function">The function with its parameters.</param>
/// <param name="negates">Whether x is subtracted.</param>
internal sealed class ShiftOp<TFunction>(TFunction function, bool negates) : MapOp<TFunction>(function)
    where TFunction : struct, IDifferentiableFunction
{
    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = negates ? -context.Gradient : context.Gradient;
}
