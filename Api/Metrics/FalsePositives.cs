namespace GpuKeras.Metrics;

/// <summary>How many negative entries whose prediction lies above the threshold, or the sum of their weights.</summary>
/// <remarks>Targets 0 or 1 and predictions of one shape.</remarks>
/// <param name="thresholds">In [0, 1], one for each result; 0.5 by default.</param>
/// <param name="name">The name in logs; numbered by default.</param>
public sealed class FalsePositives(double[]? thresholds = null, string? name = null) : ConfusionCount(thresholds, name)
{
    private protected override Tensor Cell(in ConfusionCounts counts) => counts.FalsePositives;
}
