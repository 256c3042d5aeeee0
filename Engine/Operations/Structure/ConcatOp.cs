namespace GpuKeras;

/// <summary>Tensors one behind the other along an axis.</summary>
internal sealed class ConcatOp(int axis) : MovementOp
{
    /// <inheritdoc/>
    public override string Name => "concat";

    internal override object?[] Parameters => [axis];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var first = inputs[0];
        var at = AxisList.Resolve(Name, first, axis);
        var size = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Rank != first.Rank || inputs[i].With(at, first[at]) != first)
                throw new ShapeException(Name, $"shapes must agree except along axis {axis}", $"input 0 {first}, input {i} {inputs[i]}");
            size += inputs[i][at];
        }
        return first.With(at, size);
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (at, strides) = (output.Shape.Axis(axis), Strides.Of(output.Shape));
        var offset = 0L;
        foreach (var input in inputs)
        {
            Strides.Copy<T>(input, output, input.Shape, Strides.Of(input.Shape), strides, targetOffset: offset);
            offset += (long)input.Shape[at] * strides[at];
        }
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var at = context.Output.Shape.Axis(axis);
        var start = 0;
        for (var i = 0; i < context.Inputs.Length; i++)
        {
            var end = start + context.Inputs[i].Shape[at];
            if (context.Needs(i))
                context[i] = context.Gradient.Slice(at, start..end);
            start = end;
        }
    }
}

public partial class Tensor
{
    /// <summary>Tensors one behind the other along an axis.</summary>
    /// <param name="tensors">At least one; their shapes agree except along the axis.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <exception cref="ShapeException">The shapes do not agree.</exception>
    public static Tensor Concat(ReadOnlySpan<Tensor> tensors, int axis = 0)
    {
        if (tensors.IsEmpty)
            throw new ArgumentException("concat: needs at least one tensor", nameof(tensors));
        return new ConcatOp(axis).Apply(tensors);
    }

    /// <summary>Tensors of one shape side by side along a new axis.</summary>
    /// <param name="tensors">At least one.</param>
    /// <param name="axis">Where the new axis goes; a negative one counts from the end of the result.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int axis = 0)
    {
        var expanded = new Tensor[tensors.Length];
        for (var i = 0; i < expanded.Length; i++)
        {
            if (tensors[i].Shape != tensors[0].Shape)
                throw new ShapeException("stack", "shapes must agree", $"input 0 {tensors[0].Shape}, input {i} {tensors[i].Shape}");
            expanded[i] = tensors[i].ExpandDims(axis);
        }
        return Concat(expanded, axis);
    }

    /// <summary>The slices along an axis, which disappears: the inverse of <see cref="Stack"/>.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    public Tensor[] Unstack(int axis = 0)
    {
        var at = AxisList.Resolve("unstack", Shape, axis);
        var parts = new Tensor[Shape[at]];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = Slice(at, i..(i + 1)).Squeeze(at);
        return parts;
    }

    /// <summary>Equal parts along an axis.</summary>
    /// <param name="parts">How many; the axis' size must be a multiple.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <exception cref="ShapeException">The axis cannot be cut into equal parts.</exception>
    public Tensor[] Split(int parts, int axis = 0)
    {
        var at = AxisList.Resolve("split", Shape, axis);
        if (parts <= 0 || Shape[at] % parts != 0)
            throw new ShapeException(
                "split", "the axis must be a multiple of the number of parts", $"{parts} parts, axis {axis}, input {Shape}");
        var sizes = new int[parts];
        Array.Fill(sizes, Shape[at] / parts);
        return Split(sizes, axis);
    }

    /// <summary>Parts of the given sizes along an axis.</summary>
    /// <param name="sizes">The sizes, which add up to the axis.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <exception cref="ShapeException">The sizes do not add up.</exception>
    public Tensor[] Split(int[] sizes, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        var at = AxisList.Resolve("split", Shape, axis);
        var total = 0;
        foreach (var size in sizes)
            total += size;
        if (total != Shape[at])
            throw new ShapeException(
                "split", "the sizes must add up to the axis", $"sizes [{string.Join(", ", sizes)}], axis {axis}, input {Shape}");
        var parts = new Tensor[sizes.Length];
        for (var (i, start) = (0, 0); i < parts.Length; start += sizes[i], i++)
            parts[i] = Slice(at, start..(start + sizes[i]));
        return parts;
    }
}
