using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>How often the largest prediction is that of the target's class.</summary>
/// <remarks>Targets one-hot and predictions <c>[batch, …, classes]</c>, probabilities or logits.</remarks>
/// <param name="name">The name in logs.</param>
public sealed class CategoricalAccuracy(string? name = "categorical_accuracy") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    protected override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        var (targets, predictions) = Ranks.Align(yTrue.ArgMax(-1), yPred.ArgMax(-1));
        LossShapes.RequireBroadcast(Name, targets.Shape, predictions.Shape);
        return targets.Equal(predictions);
    }
}
