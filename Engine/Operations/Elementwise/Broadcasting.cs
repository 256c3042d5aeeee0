namespace GpuKeras;

/// <summary>NumPy's broadcasting rule: shapes are aligned at their last axes; sizes are equal, or one of them is 1 and repeats.</summary>
internal static class Broadcasting
{
    /// <summary>The shape that two shapes broadcast to.</summary>
    /// <exception cref="ShapeException">They do not broadcast.</exception>
    public static Shape Combine(string what, in Shape a, in Shape b)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        Span<int> sizes = stackalloc int[rank];
        for (var fromEnd = 1; fromEnd <= rank; fromEnd++)
        {
            var (first, second) = (SizeFromEnd(a, fromEnd), SizeFromEnd(b, fromEnd));
            if (first != second && first != 1 && second != 1)
                throw new ShapeException(
                    what, "shapes must broadcast: counted from the last axis, sizes are equal or one of them is 1",
                    $"A {a}, B {b}", "Reshape or ExpandDims aligns axes");
            sizes[^fromEnd] = first == 1 ? second : first;
        }
        return new Shape(sizes);
    }

    /// <summary>
    /// The sum over the axes that broadcasting <paramref name="shape"/> to the tensor's shape repeats; the gradient of repeating.
    /// </summary>
    /// <remarks>Where all those axes have size 1 there is nothing to add, only a shape to change.</remarks>
    public static Tensor SumTo(this Tensor tensor, in Shape shape)
    {
        if (tensor.Size != shape.Size)
            return new SumToOp(shape).Apply(tensor);
        return tensor.Shape == shape ? tensor : tensor.Reshape(shape);
    }

    private static int SizeFromEnd(in Shape shape, int fromEnd) => fromEnd <= shape.Rank ? shape[^fromEnd] : 1;
}
