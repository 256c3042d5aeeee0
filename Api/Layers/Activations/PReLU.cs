using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>Parametric rectified linear unit: x above 0, <c>alpha · x</c> below, with a learned alpha.</summary>
/// <remarks>
/// Output shape = input shape. Weight: alpha, of the input's shape without the batch axis, 1 along the shared axes.
/// He et al. 2015, <c>arxiv.org/abs/1502.01852</c>.
/// </remarks>
public sealed class PReLU : Layer
{
    /// <summary>A parametric rectified linear unit.</summary>
    /// <param name="alphaInitializer">The first slopes; zeros by default.</param>
    /// <param name="alphaRegularizer">A penalty on the slopes.</param>
    /// <param name="alphaConstraint">A rule for the slopes.</param>
    /// <param name="sharedAxes">Axes along which one slope serves all: <c>[1, 2]</c> for one slope per channel of an image.</param>
    /// <param name="name">The layer's name.</param>
    public PReLU(
        Initializer? alphaInitializer = null,
        Regularizer? alphaRegularizer = null,
        Constraint? alphaConstraint = null,
        int[]? sharedAxes = null,
        string? name = null)
        : base(name)
    {
        (AlphaInitializer, AlphaRegularizer, AlphaConstraint) = (alphaInitializer ?? new Zeros(), alphaRegularizer, alphaConstraint);
        SharedAxes = sharedAxes;
        SupportsMasking = true;
    }

    /// <summary>The first slopes.</summary>
    public Initializer AlphaInitializer { get; }

    /// <summary>A penalty on the slopes, or null.</summary>
    public Regularizer? AlphaRegularizer { get; }

    /// <summary>A rule for the slopes, or null.</summary>
    public Constraint? AlphaConstraint { get; }

    /// <summary>Axes along which one slope serves all, or null.</summary>
    public IReadOnlyList<int>? SharedAxes { get; }

    /// <summary>The slopes; made by the first call.</summary>
    public Variable Alpha { get; private set; } = null!;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input;

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var shape = input[1..];
        foreach (var axis in SharedAxes ?? [])
            shape = axis >= 1 && axis < input.Rank
                ? shape.With(axis - 1, 1)
                : throw new ShapeException(
                    $"layer '{Name}'", "shared_axes must be axes of the input, without the batch axis",
                    $"axis {axis}, input shape {input.ToKerasString()}");
        var sizes = new Dictionary<int, int>();
        for (var axis = 1; axis < input.Rank; axis++)
            if (!(SharedAxes?.Contains(axis) ?? false))
                sizes[axis] = this.KnownSize(input, axis);
        Alpha = AddWeight("alpha", shape, AlphaInitializer, regularizer: AlphaRegularizer, constraint: AlphaConstraint);
        InputSpec = new() { Rank = input.Rank, Axes = sizes };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        var x = inputs.AsFloatingPoint(DType);
        return x.Relu() - Alpha * (-x).Relu();
    }
}
