using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The arithmetic mean over axes.</summary>
internal sealed class MeanOp(int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    /// <inheritdoc/>
    public override string Name => "mean";

    /// <inheritdoc/>
    protected override void Pass<T>(Tensor source, Tensor target, long outer, long reduced, long inner) =>
        target.Device.Run(new ReduceKernel<MeanReduction, T>(source.View<T>(), target.View<T>(), outer, reduced, inner));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var shape = context.Inputs[0].Shape;
        context[0] = Restore(context.Gradient / Count(shape), shape).BroadcastTo(shape);
    }
}

public partial class Tensor
{
    /// <summary>The mean of all elements, a scalar. The mean of none is NaN.</summary>
    /// <remarks>Integers and booleans are cast to float32 first, as in Keras.</remarks>
    public Tensor Mean() => Mean([]);

    /// <summary>The mean along one axis.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    public Tensor Mean(int axis, bool keepDims = false) => Mean([axis], keepDims);

    /// <summary>The mean along several axes.</summary>
    /// <param name="axes">The axes; an empty list stands for all.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public Tensor Mean(int[] axes, bool keepDims = false) => new MeanOp(axes, keepDims).Apply(ToFloatingPoint());

    /// <summary>The population variance, the mean of (x − mean)², along axes.</summary>
    /// <param name="axes">The axes; none or an empty list stands for all.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    public Tensor Variance(int[]? axes = null, bool keepDims = false)
    {
        var x = ToFloatingPoint();
        var deviation = x - x.Mean(axes ?? [], keepDims: true);
        return (deviation * deviation).Mean(axes ?? [], keepDims);
    }

    /// <summary>The population standard deviation, √<see cref="Variance"/>, along axes. Its gradient at 0 is not finite.</summary>
    /// <param name="axes">The axes; none or an empty list stands for all.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    public Tensor StandardDeviation(int[]? axes = null, bool keepDims = false) => Variance(axes, keepDims).Sqrt();

    private Tensor ToFloatingPoint() => DType.IsFloatingPoint() ? this : Cast(DType.Float32);

    private Tensor ToArithmetic() => DType is DType.UInt8 or DType.Bool ? Cast(DType.Int32) : this;
}
