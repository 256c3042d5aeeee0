namespace GpuKeras;

public partial class Tensor
{
    /// <summary>One slice along the first axis, which disappears: <c>x[0]</c>, <c>x[^1]</c>. Shares memory with this tensor.</summary>
    /// <exception cref="ShapeException">The index is out of range, or the tensor is a scalar.</exception>
    public Tensor this[Index index] => Slice(0, From(index)).Squeeze(0);

    /// <summary>A range of the first axis: <c>x[..5]</c>, <c>x[2..^1]</c>. Shares memory with this tensor.</summary>
    /// <exception cref="ShapeException">The range is out of bounds, or the tensor is a scalar.</exception>
    public Tensor this[Range range] => Slice(0, range);

    /// <summary>A range of each of the first axes: <c>x[.., 1..3]</c>. Axes that are not named are whole.</summary>
    /// <exception cref="ShapeException">A range is out of bounds, or there are more ranges than axes.</exception>
    public Tensor this[params ReadOnlySpan<Range> ranges]
    {
        get
        {
            if (ranges.Length > Rank)
                throw new ShapeException("slice", "there must not be more ranges than axes", $"{ranges.Length} ranges, input {Shape}");
            var result = this;
            for (var axis = 0; axis < ranges.Length; axis++)
            {
                if (!ranges[axis].Equals(System.Range.All))
                    result = result.Slice(axis, ranges[axis]);
            }
            return result;
        }
    }

    /// <summary>A range of one axis, taking every <paramref name="step"/>-th element.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="range">Which part of the axis.</param>
    /// <param name="step">Every how many-th; a negative step starts at the range's end and runs backwards.</param>
    /// <exception cref="ShapeException">The range is out of bounds.</exception>
    public Tensor Slice(int axis, Range range, int step = 1)
    {
        ArgumentOutOfRangeException.ThrowIfZero(step);
        return new SliceOp(axis, range, step).Apply(this);
    }

    /// <summary>The elements along axes in reverse order.</summary>
    /// <param name="axes">The axes; none stands for all.</param>
    public Tensor Flip(params int[] axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        var bits = AxisList.Resolve("flip", Shape, axes);
        var result = this;
        for (var axis = 0; axis < Rank; axis++)
        {
            if (AxisList.Contains(bits, axis))
                result = result.Slice(axis, System.Range.All, step: -1);
        }
        return result;
    }

    private static Range From(Index index) => new(index, index.IsFromEnd ? Index.FromEnd(index.Value - 1) : index.Value + 1);
}
