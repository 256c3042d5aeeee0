using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>y = f(x) with f(x) = c · x for some c: the gradient is the function itself, applied to ∂y.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <param name="function">The function with its parameters.</param>
internal sealed class LinearMapOp<TFunction>(TFunction function) : MapOp<TFunction>(function)
    where TFunction : struct, IDifferentiableFunction
{
    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context) => context[0] = Apply(context.Gradient);
}
