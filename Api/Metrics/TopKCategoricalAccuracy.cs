using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>How often the target's class is among the k largest predictions.</summary>
/// <remarks>
/// Targets one-hot and predictions <c>[batch, …, classes]</c>, probabilities or logits. Ties with the k-th prediction count.
/// </remarks>
/// <param name="k">How many predictions count.</param>
/// <param name="name">The name in logs.</param>
public sealed class TopKCategoricalAccuracy(int k = 5, string? name = "top_k_categorical_accuracy") : MeanMetric(name)
{
    /// <summary>How many predictions count.</summary>
    public int K { get; } = k;

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    protected override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        LossShapes.RequireSame(Name, yTrue.Shape, yPred.Shape);
        return TopMatches.InTopK(yTrue.ArgMax(-1).Cast(DType.Int32), yPred, K);
    }
}
