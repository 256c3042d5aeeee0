namespace GpuKeras.Layers;

/// <summary><c>x · scale + offset</c>, for example 1 / 255 to bring pixels to [0, 1].</summary>
/// <remarks>
/// Output shape = input shape; integers become the layer's dtype. Lists of numbers apply to the entries of the last axis.
/// </remarks>
public sealed class Rescaling : Layer
{
    private Tensor? scales;
    private Tensor? offsets;

    /// <summary>A layer that scales and shifts.</summary>
    /// <param name="scale">What inputs are multiplied by.</param>
    /// <param name="offset">What is added then.</param>
    /// <param name="name">The layer's name.</param>
    public Rescaling(PerChannel scale, PerChannel offset = default, string? name = null)
        : base(name)
    {
        (Scale, Offset) = (scale, offset);
        SupportsMasking = true;
    }

    /// <summary>What inputs are multiplied by.</summary>
    public PerChannel Scale { get; }

    /// <summary>What is added then.</summary>
    public PerChannel Offset { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input;

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        if (Scale.Single is null)
            scales = Scale.ToTensor(DType);
        if (Offset.Single is null)
            offsets = Offset.ToTensor(DType);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        var x = inputs.AsFloatingPoint(DType);
        var scaled = Scale.Single is { } scale ? x * scale : x * scales!;
        return Offset.Single is not { } offset ? scaled + offsets! : offset == 0 ? scaled : scaled + offset;
    }
}
