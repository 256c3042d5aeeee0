using GpuKeras.Kernels.Reduction;

namespace GpuKeras;

/// <summary>The product over axes.</summary>
internal sealed class ProdOp(int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    private readonly int[] axes = axes;

    /// <inheritdoc/>
    public override string Name => "prod";

    /// <inheritdoc/>
    protected override void Pass<T>(Tensor source, Tensor target, long outer, long reduced, long inner) =>
        target.Device.Run(new ReduceKernel<ProductReduction, T>(source.View<T>(), target.View<T>(), outer, reduced, inner));

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        // The reduced axes go to the end and become one, where each element meets the product of the others.
        var x = context.Inputs[0];
        if (x.Size == 0)
        {
            context[0] = x * 0;
            return;
        }
        var bits = AxisList.Resolve(Name, x.Shape, axes);
        var (order, back) = (new int[x.Rank], new int[x.Rank]);
        var next = 0;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var axis = 0; axis < x.Rank; axis++)
            {
                if (AxisList.Contains(bits, axis) == (pass == 1))
                    (order[next], back[axis]) = (axis, next++);
            }
        }
        var moved = x.Transpose(order);
        var count = (int)Count(x.Shape);
        var others = ProductOfOthersOp.Instance.Apply(moved.Reshape([(int)(x.Size / count), count])).Reshape(moved.Shape).Transpose(back);
        context[0] = others * Restore(context.Gradient, x.Shape);
    }
}

public partial class Tensor
{
    /// <summary>The product of all elements, a scalar. The product of none is 1.</summary>
    public Tensor Prod() => Prod([]);

    /// <summary>The product along one axis.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    public Tensor Prod(int axis, bool keepDims = false) => Prod([axis], keepDims);

    /// <summary>The product along several axes.</summary>
    /// <param name="axes">The axes; an empty list stands for all.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    /// <remarks>
    /// Booleans and uint8 are cast to int32 first. The gradient is right where elements are 0. There is no third derivative.
    /// </remarks>
    public Tensor Prod(int[] axes, bool keepDims = false) => new ProdOp(axes, keepDims).Apply(ToArithmetic());
}
