namespace GpuKeras.Metrics;

/// <summary>How many positive entries whose prediction does not lie above the threshold, or the sum of their weights.</summary>
/// <remarks>Targets 0 or 1 and predictions of one shape.</remarks>
/// <param name="thresholds">In [0, 1], one for each result; 0.5 by default.</param>
/// <param name="name">The name in logs; numbered by default.</param>
public sealed class FalseNegatives(double[]? thresholds = null, string? name = null) : ConfusionCount(thresholds, name)
{
    private protected override Tensor Cell(in ConfusionCounts counts) => counts.FalseNegatives;
}
