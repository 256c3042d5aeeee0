using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The sum over axes.</summary>
internal sealed class SumOp(int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    /// <inheritdoc/>
    public override string Name => "sum";

    /// <inheritdoc/>
    protected override void Pass<T>(Tensor source, Tensor target, long outer, long reduced, long inner) =>
        target.Device.Run(new ReduceKernel<SumReduction, T>(source.View<T>(), target.View<T>(), outer, reduced, inner));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var shape = context.Inputs[0].Shape;
        context[0] = Restore(context.Gradient, shape).BroadcastTo(shape);
    }
}

public partial class Tensor
{
    /// <summary>The sum of all elements, a scalar. The sum of none is 0.</summary>
    public Tensor Sum() => Sum([]);

    /// <summary>The sum along one axis.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    public Tensor Sum(int axis, bool keepDims = false) => Sum([axis], keepDims);

    /// <summary>The sum along several axes.</summary>
    /// <param name="axes">The axes; an empty list stands for all.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    /// <remarks>
    /// Booleans and uint8 are cast to int32 first. Added in a tree: the rounding error grows with the logarithm of the length, and the
    /// result is the same for any number of threads.
    /// </remarks>
    public Tensor Sum(int[] axes, bool keepDims = false) => new SumOp(axes, keepDims).Apply(ToArithmetic());
}
