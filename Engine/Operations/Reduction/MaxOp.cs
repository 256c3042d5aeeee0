using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The largest number over axes.</summary>
internal sealed class MaxOp(int[] axes, bool keepDims) : ExtremumOp<MaxReduction>(axes, keepDims)
{
    /// <inheritdoc/>
    public override string Name => "max";
}

public partial class Tensor
{
    /// <summary>The largest element, a scalar; NaN if any element is NaN.</summary>
    public Tensor Max() => Max([]);

    /// <summary>The largest element along one axis; NaN if any is NaN.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    public Tensor Max(int axis, bool keepDims = false) => Max([axis], keepDims);

    /// <summary>The largest element along several axes; NaN if any is NaN.</summary>
    /// <param name="axes">The axes; an empty list stands for all.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <exception cref="ShapeException">There is no such axis, or an axis is empty.</exception>
    /// <remarks>Equal winners share the gradient equally.</remarks>
    public Tensor Max(int[] axes, bool keepDims = false) => DType is DType.UInt8 or DType.Bool
        ? new MaxOp(axes, keepDims).Apply(ToArithmetic()).Cast(DType)
        : new MaxOp(axes, keepDims).Apply(this);
}
