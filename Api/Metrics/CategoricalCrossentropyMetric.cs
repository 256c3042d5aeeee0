using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean cross-entropy of one-hot targets with predictions.</summary>
/// <remarks>The mean over samples of <see cref="Losses.CategoricalCrossentropy"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
/// <param name="fromLogits">Whether predictions are logits; otherwise they are probabilities.</param>
/// <param name="labelSmoothing">How far targets move towards equal probabilities.</param>
/// <param name="axis">The axis of the classes.</param>
[KerasClass("CategoricalCrossentropy")]
public sealed class CategoricalCrossentropyMetric(
    string? name = "categorical_crossentropy", bool fromLogits = false, double labelSmoothing = 0, int axis = -1)
    : LossMetric(new Losses.CategoricalCrossentropy(fromLogits, labelSmoothing, axis), name)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets move towards equal probabilities.</summary>
    public double LabelSmoothing { get; } = labelSmoothing;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;
}
