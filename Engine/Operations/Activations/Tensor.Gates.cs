namespace GpuKeras;

// Activations that are not elementwise, composed from other operations.
public partial class Tensor
{
    /// <summary>Gated linear unit: the first half along an axis times the sigmoid of the second. Dauphin et al. 2017.</summary>
    /// <param name="axis">The axis that is halved.</param>
    /// <returns>A tensor with half the size in that axis.</returns>
    /// <exception cref="ShapeException">The size is odd.</exception>
    public Tensor Glu(int axis = -1)
    {
        if (Shape[Shape.Axis(axis)] % 2 != 0)
            throw new ShapeException("glu", "the axis must have an even size", $"axis {axis} of {Shape}");
        var halves = Split(2, axis);
        return halves[0] * halves[1].Sigmoid();
    }

    /// <summary>Sparsemax: the nearest probability distribution along an axis. Martins and Astudillo 2016.</summary>
    /// <remarks>max(x − τ, 0) with τ such that the sum is 1; unlike softmax it gives exact zeros.</remarks>
    /// <param name="axis">The axis along which the result sums to 1.</param>
    public Tensor Sparsemax(int axis = -1)
    {
        var along = Shape.Axis(axis);
        var size = Shape[along];
        Span<int> rankSizes = stackalloc int[Rank];
        rankSizes.Fill(1);
        rankSizes[along] = size;
        var ranks = Range(1, size + 1, dtype: DType).Reshape(new Shape(rankSizes));
        // Which entries stay positive is piecewise constant, so the gradient goes through their mean alone.
        var descending = StopGradient().Sort(along, descending: true);
        var isLarge = (descending * ranks > descending.CumulativeSum(along) - 1).Cast(DType);
        var count = isLarge.Sum(along, keepDims: true);
        var smallest = ((descending * isLarge).Sum(along, keepDims: true) - 1) / count;
        var support = (StopGradient() > smallest).Cast(DType);
        var threshold = ((this * support).Sum(along, keepDims: true) - 1) / support.Sum(along, keepDims: true);
        return (this - threshold).Relu();
    }
}
