namespace GpuKeras;

// Activations of whole rows, composed from other operations. Softmax and log-softmax have kernels of their own.
public partial class Tensor
{
    /// <summary>The first half along an axis, gated by the second: a · sigmoid(b) (Dauphin 2016, arXiv:1612.08083).</summary>
    /// <param name="axis">The axis that is split in two, of even size; a negative one counts from the end.</param>
    /// <remarks><c>[…, 2·n]</c> → <c>[…, n]</c> for the last axis.</remarks>
    /// <exception cref="ShapeException">There is no such axis, or its size is odd.</exception>
    public Tensor Glu(int axis = -1)
    {
        if (Shape[AxisList.Resolve("glu", Shape, axis)] % 2 != 0)
            throw new ShapeException("glu", "the axis must have an even size", $"axis {axis}, input {Shape}");
        var halves = ToFloatingPoint().Split(2, axis);
        return halves[0] * halves[1].Sigmoid();
    }

    /// <summary>Keras' sparsemax along an axis: max(x − τ, 0), with the row's smaller numbers becoming exactly 0.</summary>
    /// <param name="axis">The axis of the rows; a negative one counts from the end.</param>
    /// <remarks>
    /// With z the row in descending order and s its running sums, the support is where zₖ &gt; (sₖ − 1) / k, as in Martins 2016
    /// (arXiv:1602.02068). There τ is (sₖ − 1) / k for the largest such k; Keras 3.15 takes (Σ sₖ − 1) / k, the sum over the support,
    /// and so does this. Both agree where one number is positive; elsewhere Keras' result does not sum to 1. In a row that holds NaN
    /// or +∞ nothing compares as larger, and all of it becomes NaN or +∞.
    /// </remarks>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public Tensor Sparsemax(int axis = -1) => AlongLast("sparsemax", axis, static x => x.ToFloatingPoint().SparsemaxOfRows());

    private Tensor SparsemaxOfRows()
    {
        var sorted = Sort(descending: true);
        var sums = sorted.CumulativeSum(-1);
        var support = sorted > (sums - 1) / Range(1, Shape[^1] + 1, dtype: DType);
        var count = support.Cast(DType).Sum(-1, keepDims: true);
        var threshold = (Where(support, sums, 0).Sum(-1, keepDims: true) - 1) / count;
        return (this - threshold).Relu();
    }
}
