using System.Text.Json.Nodes;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>Normalises each channel to mean 0 and variance 1, then scales and shifts it.</summary>
/// <remarks>
/// Output shape = input shape. In training the batch's own mean and population variance are used, and the moving ones follow:
/// <c>moving · momentum + batch · (1 − momentum)</c>. Otherwise, and in a frozen layer (<see cref="Layer.Trainable"/> false), the moving
/// ones are used. Masked steps do not count. Weights <c>[channels]</c>: gamma, beta; not trained: moving_mean, moving_variance.
/// Ioffe and Szegedy 2015, <c>arxiv.org/abs/1502.03167</c>.
/// </remarks>
public sealed class BatchNormalization : Layer, IReluFusion
{
    private int[] reduced = [];
    private readonly FusedUpdates movingAverages = new();
    private Tensor? unitGamma;
    private Tensor? zeroBeta;

    /// <summary>A batch normalization.</summary>
    /// <param name="axis">The channels' axis.</param>
    /// <param name="momentum">The share of the old value in a step of the moving mean and variance.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="center">Whether there is a beta.</param>
    /// <param name="scale">Whether there is a gamma.</param>
    /// <param name="betaInitializer">The first beta; zeros by default.</param>
    /// <param name="gammaInitializer">The first gamma; ones by default.</param>
    /// <param name="movingMeanInitializer">The first moving mean; zeros by default.</param>
    /// <param name="movingVarianceInitializer">The first moving variance; ones by default.</param>
    /// <param name="betaRegularizer">A penalty on beta.</param>
    /// <param name="gammaRegularizer">A penalty on gamma.</param>
    /// <param name="betaConstraint">A rule for beta.</param>
    /// <param name="gammaConstraint">A rule for gamma.</param>
    /// <param name="name">The layer's name.</param>
    public BatchNormalization(
        int axis = -1,
        double momentum = 0.99,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Initializer? movingMeanInitializer = null,
        Initializer? movingVarianceInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null)
        : base(name)
    {
        (Axis, Momentum, Epsilon, Center, Scale) = (axis, momentum, epsilon, center, scale);
        (BetaInitializer, GammaInitializer) = (betaInitializer ?? new Zeros(), gammaInitializer ?? new Ones());
        MovingMeanInitializer = movingMeanInitializer ?? new Zeros();
        MovingVarianceInitializer = movingVarianceInitializer ?? new Ones();
        (BetaRegularizer, GammaRegularizer) = (betaRegularizer, gammaRegularizer);
        (BetaConstraint, GammaConstraint) = (betaConstraint, gammaConstraint);
        SupportsMasking = true;
    }

    /// <summary>The channels' axis.</summary>
    public int Axis { get; }

    /// <summary>The share of the old value in a step of the moving mean and variance.</summary>
    public double Momentum { get; }

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

    /// <summary>The first moving mean.</summary>
    public Initializer MovingMeanInitializer { get; }

    /// <summary>The first moving variance.</summary>
    public Initializer MovingVarianceInitializer { get; }

    /// <summary>A penalty on beta, or null.</summary>
    public Regularizer? BetaRegularizer { get; }

    /// <summary>A penalty on gamma, or null.</summary>
    public Regularizer? GammaRegularizer { get; }

    /// <summary>A rule for beta, or null.</summary>
    public Constraint? BetaConstraint { get; }

    /// <summary>A rule for gamma, or null.</summary>
    public Constraint? GammaConstraint { get; }

    /// <summary>The scale of each channel, or null.</summary>
    public Variable? Gamma { get; private set; }

    /// <summary>The offset of each channel, or null.</summary>
    public Variable? Beta { get; private set; }

    /// <summary>The moving mean of each channel.</summary>
    public Variable MovingMean { get; private set; } = null!;

    /// <summary>The moving population variance of each channel.</summary>
    public Variable MovingVariance { get; private set; } = null!;

    internal override (string Key, JsonNode? Value)[] FixedConfig =>
        [("synchronized", false), ("renorm", false), ("renorm_clipping", null), ("renorm_momentum", 0.99)];

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input;

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var axis = ((Axes)Axis).Of(input, Name)[0];
        Shape shape = [this.KnownSize(input, axis)];
        if (Scale)
            Gamma = AddWeight("gamma", shape, GammaInitializer, regularizer: GammaRegularizer, constraint: GammaConstraint);
        else
            unitGamma = MakeConstant(shape, 1);
        if (Center)
            Beta = AddWeight("beta", shape, BetaInitializer, regularizer: BetaRegularizer, constraint: BetaConstraint);
        else
            zeroBeta = MakeConstant(shape, 0);
        MovingMean = AddWeight("moving_mean", shape, MovingMeanInitializer, trainable: false);
        MovingVariance = AddWeight("moving_variance", shape, MovingVarianceInitializer, trainable: false);
        reduced = [.. Enumerable.Range(0, input.Rank).Where(other => other != axis)];
        InputSpec = new() { Rank = input.Rank, Axes = new Dictionary<int, int> { [Axis] = shape[0] } };
    }

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        var x = inputs.Single.AsFloatingPoint(DType);
        if (context.Mask is { } mask && mask.Rank != x.Rank - 1)
            throw new ShapeException(
                $"layer '{Name}': The mask provided should be one dimension less than the inputs. " +
                $"Received: mask.shape={mask.Shape.ToKerasString()}, inputs.shape={x.Shape.ToKerasString()}");
        var relu = context.Arguments is FollowedByRelu;
        if (!context.Training || !Trainable)
            return Normalize(x, MovingMean, MovingVariance, relu);
        if (context.Mask is not null)
            return NormalizeUnmasked(x, context.Mask, relu);
        return x.BatchNorm(Gamma ?? unitGamma!, Beta ?? zeroBeta!, MovingMean, MovingVariance, Momentum, Epsilon, Axis, relu);
    }

    private void Follow(Tensor mean, Tensor variance)
    {
        // While shapes are traced there are no values.
        if (mean.IsSymbolic)
            return;
        movingAverages.Follow(MovingMean, mean, Momentum);
        movingAverages.Follow(MovingVariance, variance, Momentum);
        movingAverages.Run();
    }

    private Tensor Normalize(Tensor x, Tensor mean, Tensor variance, bool relu) =>
        x.BatchNormWith(Gamma ?? unitGamma!, Beta ?? zeroBeta!, mean, variance, Epsilon, Axis, relu);

    private Tensor NormalizeUnmasked(Tensor x, Tensor mask, bool relu)
    {
        var real = mask.Cast(DType.Bool).ExpandDims(-1).BroadcastTo(x.Shape);
        var count = real.Cast(x.DType).Sum(reduced) + Keras.Epsilon;
        var mean = Tensor.Where(real, x, 0).Sum(reduced) / count;
        var variance = Tensor.Where(real, x - AlongAxis(mean, x.Rank), 0).Square().Sum(reduced) / count;
        Follow(mean.StopGradient(), variance.StopGradient());
        return Normalize(x, mean, variance, relu);
    }

    // [channels] as [channels, 1, …], so that it broadcasts along the axes behind the channels.
    private Tensor AlongAxis(Tensor vector, int rank)
    {
        var behind = Axis < 0 ? -1 - Axis : rank - 1 - Axis;
        var shape = vector.Shape;
        for (var i = 0; i < behind; i++)
            shape = shape.Insert(-1, 1);
        return behind == 0 ? vector : vector.Reshape(shape);
    }
}
