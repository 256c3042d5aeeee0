using System.Text.Json.Nodes;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>Normalises each sample to mean 0 and variance 1 over the given axes, then scales and shifts it.</summary>
/// <remarks>
/// Output shape = input shape. Weights: gamma and beta, with the sizes of the normalised axes in their order.
/// Ba, Kiros and Hinton 2016, <c>arxiv.org/abs/1607.06450</c>.
/// </remarks>
[KerasKeys("axis", "epsilon", "center", "scale", "rms_scaling")]
public sealed class LayerNormalization : Layer
{
    private Tensor? unitGamma;
    private Tensor? zeroBeta;
    private int size;
    private int[]? toEnd;
    private int[]? fromEnd;

    /// <summary>A layer normalization.</summary>
    /// <param name="axis">The axes that are normalised together; the last by default.</param>
    /// <param name="epsilon">Added to the population variance.</param>
    /// <param name="center">Whether there is a beta.</param>
    /// <param name="scale">Whether there is a gamma.</param>
    /// <param name="betaInitializer">The first beta; zeros by default.</param>
    /// <param name="gammaInitializer">The first gamma; ones by default.</param>
    /// <param name="betaRegularizer">A penalty on beta.</param>
    /// <param name="gammaRegularizer">A penalty on gamma.</param>
    /// <param name="betaConstraint">A rule for beta.</param>
    /// <param name="gammaConstraint">A rule for gamma.</param>
    /// <param name="name">The layer's name.</param>
    public LayerNormalization(
        Axes axis = default,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null)
        : base(name)
    {
        (Axis, Epsilon, Center, Scale) = (axis, epsilon, center, scale);
        (BetaInitializer, GammaInitializer) = (betaInitializer ?? new Zeros(), gammaInitializer ?? new Ones());
        (BetaRegularizer, GammaRegularizer) = (betaRegularizer, gammaRegularizer);
        (BetaConstraint, GammaConstraint) = (betaConstraint, gammaConstraint);
        SupportsMasking = true;
    }

    /// <summary>The axes that are normalised together.</summary>
    public Axes Axis { get; }

    /// <summary>Added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Whether there is a beta.</summary>
    public bool Center { get; }

    /// <summary>Whether there is a gamma.</summary>
    public bool Scale { get; }

    /// <summary>The first beta.</summary>
    public Initializer BetaInitializer { get; }

    /// <summary>The first gamma.</summary>
    public Initializer GammaInitializer { get; }

    /// <summary>A penalty on beta, or null.</summary>
    public Regularizer? BetaRegularizer { get; }

    /// <summary>A penalty on gamma, or null.</summary>
    public Regularizer? GammaRegularizer { get; }

    /// <summary>A rule for beta, or null.</summary>
    public Constraint? BetaConstraint { get; }

    /// <summary>A rule for gamma, or null.</summary>
    public Constraint? GammaConstraint { get; }

    /// <summary>The scale, or null.</summary>
    public Variable? Gamma { get; private set; }

    /// <summary>The offset, or null.</summary>
    public Variable? Beta { get; private set; }

    internal override (string Key, JsonNode? Value)[] FixedConfig => [("rms_scaling", false)];

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input;

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var axes = Axis.Of(input, Name);
        var sizes = axes.ToDictionary(static axis => axis, axis => this.KnownSize(input, axis));
        Shape shape = [.. axes.Select(axis => sizes[axis])];
        size = checked((int)shape.Size);
        if (Scale)
            Gamma = AddWeight("gamma", shape, GammaInitializer, regularizer: GammaRegularizer, constraint: GammaConstraint);
        else
            unitGamma = MakeConstant([size], 1);
        if (Center)
            Beta = AddWeight("beta", shape, BetaInitializer, regularizer: BetaRegularizer, constraint: BetaConstraint);
        else
            zeroBeta = MakeConstant([size], 0);
        InputSpec = new() { Rank = input.Rank, Axes = sizes };
        int[] order = [.. Enumerable.Range(0, input.Rank).Except(axes), .. axes];
        if (order.Order().SequenceEqual(order))
            return;
        toEnd = order;
        fromEnd = [.. Enumerable.Range(0, input.Rank).Select(axis => Array.IndexOf(order, axis))];
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        var x = inputs.AsFloatingPoint(DType);
        var (gamma, beta) = (Gamma ?? unitGamma!, Beta ?? zeroBeta!);
        if (Axis.Count == 1 && toEnd is null)
            return x.LayerNorm(gamma, beta, Epsilon);
        // Several axes as one, which must be the last.
        var ordered = toEnd is null ? x : x.Transpose(toEnd);
        var rows = ordered.Reshape([checked((int)(ordered.Size / Math.Max(1, size))), size]);
        var normalized = rows.LayerNorm(gamma.Reshape([size]), beta.Reshape([size]), Epsilon).Reshape(ordered.Shape);
        return fromEnd is null ? normalized : normalized.Transpose(fromEnd);
    }
}
