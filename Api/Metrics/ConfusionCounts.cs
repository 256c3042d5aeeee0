namespace GpuKeras.Metrics;

/// <summary>
/// The weights of a batch's entries above each threshold, and of all: <c>[thresholds]</c> or <c>[thresholds, labels]</c>.
/// </summary>
/// <param name="TruePositives">Positive entries whose prediction lies above.</param>
/// <param name="FalsePositives">Negative entries whose prediction lies above.</param>
/// <param name="Positives">All positive entries, <c>[1]</c> or <c>[labels]</c>.</param>
/// <param name="Negatives">All negative entries, <c>[1]</c> or <c>[labels]</c>.</param>
internal readonly record struct ConfusionCounts(Tensor TruePositives, Tensor FalsePositives, Tensor Positives, Tensor Negatives)
{
    /// <summary>Positive entries whose prediction does not lie above.</summary>
    public Tensor FalseNegatives => Positives - TruePositives;

    /// <summary>Negative entries whose prediction does not lie above.</summary>
    public Tensor TrueNegatives => Negatives - FalsePositives;
}
