using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>How often the largest prediction is that of the target's class.</summary>
/// <remarks>
/// Predictions <c>[batch, …, classes]</c>, probabilities or logits; targets are class numbers <c>[batch, …]</c> or <c>[batch, …,
/// 1]</c>.
/// </remarks>
/// <param name="name">The name in logs.</param>
public sealed class SparseCategoricalAccuracy(string? name = "sparse_categorical_accuracy") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    protected override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        var labels = yTrue.Rank == yPred.Rank && yTrue.Shape[^1] == 1 ? yTrue.Squeeze(-1) : yTrue;
        LossShapes.RequireLabels(Name, labels.Shape, yPred.Shape, axis: -1);
        return labels.Cast(DType.Float32).Equal(yPred.ArgMax(-1).Cast(DType.Float32));
    }
}
