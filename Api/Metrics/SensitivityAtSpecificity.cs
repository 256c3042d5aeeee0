using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The best sensitivity (recall) at thresholds with the required specificity.</summary>
/// <remarks>Targets 0 or 1 and predictions in [0, 1] of one shape. 0 where no threshold is good enough.</remarks>
/// <param name="specificity">The required specificity, in [0, 1].</param>
/// <param name="numThresholds">How many thresholds, evenly spaced over [0, 1].</param>
/// <param name="classId">Only this class counts, a position along the last axis.</param>
/// <param name="name">The name in logs; numbered by default.</param>
[KerasKeys("class_id", "num_thresholds")]
public sealed class SensitivityAtSpecificity(double specificity, int numThresholds = 200, int? classId = null, string? name = null)
    : SensitivitySpecificity("specificity", specificity, numThresholds, classId, name)
{
    /// <summary>The required specificity.</summary>
    public double Specificity { get; } = specificity;

    private protected override double Constrained(in ConfusionPoint point) => point.Specificity;

    private protected override double Measured(in ConfusionPoint point) => point.Recall;
}
