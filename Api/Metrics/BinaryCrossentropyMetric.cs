using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean cross-entropy of yes-or-no targets with predictions.</summary>
/// <remarks>The mean over samples of <see cref="Losses.BinaryCrossentropy"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
/// <param name="fromLogits">Whether predictions are logits; otherwise they are probabilities.</param>
/// <param name="labelSmoothing">How far targets move towards ½.</param>
[KerasClass("BinaryCrossentropy")]
public sealed class BinaryCrossentropyMetric(string? name = "binary_crossentropy", bool fromLogits = false, double labelSmoothing = 0)
    : LossMetric(new Losses.BinaryCrossentropy(fromLogits, labelSmoothing), name)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets move towards ½.</summary>
    public double LabelSmoothing { get; } = labelSmoothing;
}
