namespace GpuKeras.Losses;

/// <summary>The Kullback-Leibler divergence of the predicted distribution from the target's.</summary>
/// <remarks>
/// Σ y · log(y / p) over the last axis, with y and p clipped to [1e-7, 1]. Targets and predictions <c>[batch, …, n]</c>; values
/// <c>[batch, …]</c>.
/// </remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class KLDivergence(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "kl_divergence")
    : DenseLoss(reduction, name)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred)
    {
        var targets = yTrue.Clip(Keras.Epsilon, 1);
        return (targets * (targets / yPred.Clip(Keras.Epsilon, 1)).Log()).Sum(-1);
    }
}
