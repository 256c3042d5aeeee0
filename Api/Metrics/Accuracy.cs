using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>How often predictions equal targets.</summary>
/// <remarks>Targets and predictions of one shape <c>[batch, …]</c>.</remarks>
/// <param name="name">The name in logs.</param>
public sealed class Accuracy(string? name = "accuracy") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    protected override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        var (targets, predictions) = Ranks.Align(yTrue, yPred);
        LossShapes.RequireBroadcast(Name, targets.Shape, predictions.Shape);
        return targets.Cast(predictions.DType).Equal(predictions);
    }
}
