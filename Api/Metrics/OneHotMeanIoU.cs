using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>
/// Intersection over union with one-hot targets, the mean over all classes that occur. <see cref="IoU"/> has the formula and the
/// shapes.
/// </summary>
/// <param name="numClasses">The number of classes.</param>
/// <param name="name">The name in logs; numbered by default.</param>
/// <param name="ignoreClass">Entries with this target do not count.</param>
/// <param name="sparseYPred">Whether predictions are class numbers; otherwise probabilities or logits.</param>
/// <param name="axis">The axis of the classes.</param>
/// <param name="stateDType">The dtype of the confusion matrix, int32 or float32.</param>
public sealed class OneHotMeanIoU(
    int numClasses,
    string? name = null,
    int? ignoreClass = null,
    bool sparseYPred = false,
    int axis = -1,
    [ConfigKey("dtype")] DType stateDType = DType.Int32)
    : IoU(numClasses, [.. Enumerable.Range(0, numClasses)], name, ignoreClass, sparseYTrue: false, sparseYPred, axis, stateDType);
