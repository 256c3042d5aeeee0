using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The smallest number over axes.</summary>
internal sealed class MinOp(int[] axes, bool keepDims) : ExtremumOp<MinReduction>(axes, keepDims)
{
    /// <inheritdoc/>
    public override string Name => "min";
}

public partial class Tensor
{
    /// <summary>The smallest element, a scalar; NaN if any element is NaN.</summary>
    public Tensor Min() => Min([]);

    /// <summary>The smallest element along one axis; NaN if any is NaN.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    public Tensor Min(int axis, bool keepDims = false) => Min([axis], keepDims);

    /// <summary>The smallest element along several axes; NaN if any is NaN.</summary>
    /// <param name="axes">The axes; an empty list stands for all.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <exception cref="ShapeException">There is no such axis, or an axis is empty.</exception>
    /// <remarks>Equal winners share the gradient equally.</remarks>
    public Tensor Min(int[] axes, bool keepDims = false) => DType is DType.UInt8 or DType.Bool
        ? new MinOp(axes, keepDims).Apply(ToArithmetic()).Cast(DType)
        : new MinOp(axes, keepDims).Apply(this);
}
