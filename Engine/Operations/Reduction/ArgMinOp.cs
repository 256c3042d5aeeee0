using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The position of the smallest number along an axis.</summary>
internal sealed class ArgMinOp(int axis) : ArgReduceOp<ArgMinComparison>(axis)
{
    /// <inheritdoc/>
    public override string Name => "arg_min";
}

public partial class Tensor
{
    /// <summary>The position of the smallest element along an axis, int32. The first of equal ones; the first NaN before all.</summary>
    /// <param name="axis">The axis, which disappears; a negative one counts from the end.</param>
    /// <exception cref="ShapeException">There is no such axis, or it is empty.</exception>
    public Tensor ArgMin(int axis = -1) => new ArgMinOp(axis).Apply(ToArithmetic());
}
