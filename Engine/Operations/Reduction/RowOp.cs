namespace GpuKeras;

/// <summary>An operation on each row along the last axis.</summary>
internal abstract class RowOp : FloatingPointOp
{
    /// <inheritdoc/>
    /// <exception cref="ShapeException">The inputs' shapes differ, or are scalars.</exception>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs[0].Rank == 0)
            throw new ShapeException(Name, "needs at least one axis", $"input {inputs[0]}");
        for (var i = 1; i < inputs.Length; i++)
            if (inputs[i] != inputs[0])
                throw new ShapeException(Name, "inputs must have one shape", $"{inputs[0]} and {inputs[i]}");
        return inputs[0];
    }

    /// <summary>The number of rows and their length.</summary>
    protected static (long Rows, long Columns) RowsOf(Tensor x)
    {
        var columns = x.Shape[^1];
        return (Strides.Product(x.Shape, 0, x.Rank - 1), columns);
    }
}
