using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>How often predictions are on the side of a threshold that the targets say.</summary>
/// <remarks>A prediction above the threshold is 1, another is 0. Targets and predictions of one shape <c>[batch, …]</c>.</remarks>
/// <param name="name">The name in logs.</param>
/// <param name="threshold">What a prediction of class 1 lies above.</param>
public sealed class BinaryAccuracy(string? name = "binary_accuracy", double threshold = 0.5) : MeanMetric(name)
{
    /// <summary>What a prediction of class 1 lies above.</summary>
    public double Threshold { get; } = threshold;

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    protected override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        var (targets, predictions) = Ranks.Align(yTrue, yPred);
        LossShapes.RequireBroadcast(Name, targets.Shape, predictions.Shape);
        return (predictions > Threshold).Cast(targets.DType).Equal(targets);
    }
}
