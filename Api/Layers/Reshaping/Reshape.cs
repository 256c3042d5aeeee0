namespace GpuKeras.Layers;

/// <summary>Gives each sample another shape with the same number of elements in the same order.</summary>
/// <remarks>Input <c>[batch, …]</c>; output <c>[batch, …targetShape]</c>, of the input's dtype.</remarks>
public sealed class Reshape : Layer
{
    /// <summary>A layer that reshapes.</summary>
    /// <param name="targetShape">
    /// The shape of one sample, without the batch axis; at most one size may be −1, which stands for what is left.
    /// </param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">More than one size is −1.</exception>
    public Reshape(int[] targetShape, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(targetShape);
        if (targetShape.Count(static size => size == -1) > 1 || targetShape.Any(static size => size < -1))
            throw new ArgumentException(
                $"There must be at most one unknown dimension (-1) in target_shape. " +
                $"Received: target_shape=({string.Join(", ", targetShape)})", nameof(targetShape));
        TargetShape = [.. targetShape];
    }

    /// <summary>The shape of one sample; −1 stands for what is left.</summary>
    public IReadOnlyList<int> TargetShape { get; }

    /// <inheritdoc/>
    protected override bool AutoCast => false;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        var sample = inputs.Shape[1..];
        var target = Resolve(sample);
        return inputs.Reshape(target.Insert(0, inputs.Shape[0]));
    }

    private Shape Resolve(in Shape sample)
    {
        var (known, open) = (1L, -1);
        Span<int> sizes = stackalloc int[TargetShape.Count];
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            sizes[axis] = TargetShape[axis];
            if (sizes[axis] < 0)
                open = axis;
            else
                known *= sizes[axis];
        }
        var size = sample.Size;
        if (open < 0 ? known != size : known == 0 || size % known != 0)
            throw new ShapeException(
                $"The total size of the tensor must be unchanged. Received: input_shape={sample.ToKerasString()}, " +
                $"target_shape={Shape.Create([.. TargetShape]).ToKerasString().Replace("None", "-1", StringComparison.Ordinal)}");
        if (open >= 0)
            sizes[open] = (int)(size / known);
        return new Shape(sizes);
    }
}
