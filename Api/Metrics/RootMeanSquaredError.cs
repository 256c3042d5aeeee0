using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>The root of the mean of squared differences.</summary>
/// <remarks>Targets and predictions <c>[batch, …]</c>.</remarks>
public sealed class RootMeanSquaredError : SupervisedMetric
{
    private readonly WeightedMean state;

    /// <summary>A root of a mean of nothing so far.</summary>
    /// <param name="name">The name in logs.</param>
    public RootMeanSquaredError(string? name = "root_mean_squared_error")
        : base(name) => state = new(this);

    /// <inheritdoc/>
    public override bool? HigherIsBetter => false;

    /// <inheritdoc/>
    public override double Result() => MathF.Sqrt(state.Result);

    /// <inheritdoc/>
    protected override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight)
    {
        var (targets, predictions) = Ranks.Align(yTrue.Cast(DType.Float32), yPred.Cast(DType.Float32));
        LossShapes.RequireBroadcast(Name, targets.Shape, predictions.Shape);
        state.Add((predictions - targets).Square(), sampleWeight);
    }
}
