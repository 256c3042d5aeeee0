using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The largest or the smallest number over axes. Equal winners share the gradient equally, as in TensorFlow.</summary>
/// <typeparam name="TReduction">The maximum or the minimum of two numbers.</typeparam>
internal abstract class ExtremumOp<TReduction>(int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
    where TReduction : struct, IReduction
{
    private readonly int[] axes = axes;

    /// <inheritdoc/>
    protected sealed override bool AllowsEmpty => false;

    /// <inheritdoc/>
    protected sealed override void Pass<T>(Tensor source, Tensor target, long outer, long reduced, long inner) =>
        target.Device.Run(new ReduceKernel<TReduction, T>(source.View<T>(), target.View<T>(), outer, reduced, inner));

    /// <inheritdoc/>
    protected internal sealed override void Backward(BackwardContext context)
    {
        var x = context.Inputs[0];
        var winners = x.Equal(Restore(context.Output, x.Shape)).Cast(x.DType);
        context[0] = winners * (Restore(context.Gradient, x.Shape) / winners.Sum(axes, keepDims: true));
    }
}
