using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean cross-entropy of class numbers with predictions.</summary>
/// <remarks>The mean over samples of <see cref="Losses.SparseCategoricalCrossentropy"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
/// <param name="fromLogits">Whether predictions are logits; otherwise they are probabilities.</param>
/// <param name="ignoreClass">A class whose entries have the value 0; with sample weights they do not count either.</param>
/// <param name="axis">The axis of the classes.</param>
[KerasClass("SparseCategoricalCrossentropy")]
public sealed class SparseCategoricalCrossentropyMetric(
    string? name = "sparse_categorical_crossentropy", bool fromLogits = false, int? ignoreClass = null, int axis = -1)
    : LossMetric(new Losses.SparseCategoricalCrossentropy(fromLogits, ignoreClass, axis: axis), name)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>The class whose entries have the value 0.</summary>
    public int? IgnoreClass { get; } = ignoreClass;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;
}
