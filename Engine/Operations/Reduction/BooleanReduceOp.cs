using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>Whether all, or any, of the booleans along axes are true.</summary>
internal sealed class BooleanReduceOp(int[] axes, bool keepDims, bool all) : TensorOp
{
    /// <inheritdoc/>
    public override string Name => all ? "all" : "any";

    internal override object?[] Parameters => [axes, keepDims];

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Bool
        ? DType.Bool
        : throw new DTypeException(
            Name, "needs booleans", $"{inputs[0].KerasName()}. Hint: a comparison, or Cast(DType.Bool), gives booleans");

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) =>
        AxisList.Reduced(inputs[0], AxisList.Resolve(Name, inputs[0], axes), keepDims);

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (source, shape) = (inputs[0], inputs[0].Shape);
        var bits = AxisList.Resolve(Name, shape, axes);
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
        {
            if (!AxisList.Contains(bits, axis))
                continue;
            var reduced = shape.With(axis, 1);
            var target = Tensor.Empty(reduced, DType.Bool, source.Device);
            source.Device.Run(new BooleanReduceKernel(
                source.View<byte>(), target.View<byte>(), Strides.Product(shape, 0, axis), shape[axis],
                Strides.Product(shape, axis + 1, shape.Rank), all));
            (source, shape) = (target, reduced);
        }
        output.CopyFrom(source);
    }
}

public partial class Tensor
{
    /// <summary>Whether all booleans along axes are true; true of none.</summary>
    /// <param name="axes">The axes; none or an empty list stands for all.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    public Tensor All(int[]? axes = null, bool keepDims = false) => new BooleanReduceOp(axes ?? [], keepDims, all: true).Apply(this);

    /// <summary>Whether any boolean along axes is true; false of none.</summary>
    /// <param name="axes">The axes; none or an empty list stands for all.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    public Tensor Any(int[]? axes = null, bool keepDims = false) => new BooleanReduceOp(axes ?? [], keepDims, all: false).Apply(this);
}
