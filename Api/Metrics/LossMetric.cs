using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>The mean of a loss over samples.</summary>
/// <param name="loss">The loss.</param>
/// <param name="name">The name in logs.</param>
public abstract class LossMetric(Loss loss, string? name) : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? HigherIsBetter => false;

    /// <inheritdoc/>
    protected sealed override Tensor Values(Tensor yTrue, Tensor yPred) => loss.Values(yTrue, yPred);
}
