using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The best precision at thresholds with the required recall.</summary>
/// <remarks>Targets 0 or 1 and predictions in [0, 1] of one shape. 0 where no threshold is good enough.</remarks>
/// <param name="recall">The required recall, in [0, 1].</param>
/// <param name="numThresholds">How many thresholds, evenly spaced over [0, 1].</param>
/// <param name="classId">Only this class counts, a position along the last axis.</param>
/// <param name="name">The name in logs; numbered by default.</param>
[KerasKeys("class_id", "num_thresholds")]
public sealed class PrecisionAtRecall(double recall, int numThresholds = 200, int? classId = null, string? name = null)
    : SensitivitySpecificity("recall", recall, numThresholds, classId, name)
{
    /// <summary>The required recall.</summary>
    public double Recall { get; } = recall;

    private protected override double Constrained(in ConfusionPoint point) => point.Recall;

    private protected override double Measured(in ConfusionPoint point) => point.Precision;
}
