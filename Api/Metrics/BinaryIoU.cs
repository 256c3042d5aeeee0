using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>Intersection over union of two classes that a threshold tells apart. <see cref="IoU"/> has the formula.</summary>
/// <remarks>Targets 0 or 1 and predictions of one shape; a prediction at or above the threshold is 1.</remarks>
/// <param name="targetClassIds">The classes that are measured; 0 and 1 by default.</param>
/// <param name="threshold">The least prediction of class 1.</param>
/// <param name="name">The name in logs; numbered by default.</param>
/// <param name="stateDType">The dtype of the confusion matrix, int32 or float32.</param>
public sealed class BinaryIoU(
    int[]? targetClassIds = null, double threshold = 0.5, string? name = null, [ConfigKey("dtype")] DType stateDType = DType.Int32)
    : IoU(2, targetClassIds ?? [0, 1], name, stateDType: stateDType)
{
    /// <summary>The least prediction of class 1.</summary>
    public double Threshold { get; } = threshold;

    private protected override Tensor Classify(Tensor yPred) => yPred.Cast(DType.Float32) >= Threshold;
}
