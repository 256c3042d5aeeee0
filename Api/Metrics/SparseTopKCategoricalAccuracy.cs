using System.Text.Json.Nodes;
using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>How often the target's class is among the k largest predictions.</summary>
/// <remarks>
/// Predictions <c>[batch, …, classes]</c>, probabilities or logits; targets are class numbers <c>[batch, …]</c> or
/// <c>[batch, …, 1]</c>. Ties with the k-th prediction count. With <paramref name="fromSortedIds"/> predictions are class numbers,
/// the most probable first.
/// </remarks>
/// <param name="k">How many predictions count.</param>
/// <param name="name">The name in logs.</param>
/// <param name="fromSortedIds">Whether predictions are class numbers, sorted.</param>
public sealed class SparseTopKCategoricalAccuracy(int k = 5, string? name = "sparse_top_k_categorical_accuracy", bool fromSortedIds = false)
    : MeanMetric(name)
{
    /// <summary>How many predictions count.</summary>
    public int K { get; } = k;

    /// <summary>Whether predictions are class numbers, sorted.</summary>
    public bool FromSortedIds { get; } = fromSortedIds;

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        var config = base.GetConfig();
        // Keras writes it only where it is set, for readers that do not know it.
        if (!FromSortedIds)
            config.Remove("from_sorted_ids");
        return config;
    }

    /// <inheritdoc/>
    protected override Tensor Values(Tensor yTrue, Tensor yPred)
    {
        var labels = yTrue.Rank == yPred.Rank && yTrue.Shape[^1] == 1 ? yTrue.Squeeze(-1) : yTrue;
        LossShapes.RequireLabels(Name, labels.Shape, yPred.Shape, axis: -1);
        if (FromSortedIds)
            return yPred.Slice(-1, ..Math.Min(K, yPred.Shape[^1])).Equal(labels.ExpandDims(-1).Cast(yPred.DType)).Any([-1]);
        labels = Labels.AsInt32(labels);
        Labels.Check(Name, labels, yPred.Shape[^1]);
        return TopMatches.InTopK(labels, yPred, K);
    }
}
