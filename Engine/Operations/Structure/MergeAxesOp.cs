namespace GpuKeras;

/// <summary>An axis and the next one as one; shares memory with the input.</summary>
/// <param name="axis">The first of the two.</param>
internal sealed class MergeAxesOp(int axis) : ViewOp
{
    /// <inheritdoc/>
    public override string Name => "merge_axes";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) =>
        inputs[0].Remove(axis + 1).With(axis, inputs[0][axis] * inputs[0][axis + 1]);
}
