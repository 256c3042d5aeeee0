using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean cosine of the angle between targets and predictions: 1 for the same direction. The loss has the other sign.</summary>
/// <remarks>Σ y/‖y‖ · p/‖p‖ along the axis. Targets and predictions <c>[batch, …, n]</c>.</remarks>
/// <param name="name">The name in logs.</param>
/// <param name="axis">The axis of the vectors.</param>
[KerasClass("CosineSimilarity")]
public sealed class CosineSimilarityMetric(string? name = "cosine_similarity", int axis = -1) : MeanMetric(name)
{
    private readonly Losses.CosineSimilarity loss = new(axis);

    /// <summary>The axis of the vectors.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    protected override Tensor Values(Tensor yTrue, Tensor yPred) => -loss.Values(yTrue, yPred);
}
