namespace GpuKeras.Losses;

/// <summary>The mean of absolute differences in per cent of the target.</summary>
/// <remarks>
/// 100 · mean(|(y − p) / max(|y|, 1e-7)|) over the last axis. Targets and predictions <c>[batch, …, n]</c>; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class MeanAbsolutePercentageError(
    LossReduction reduction = LossReduction.SumOverBatchSize, string name = "mean_absolute_percentage_error") : DenseLoss(reduction, name)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred) =>
        ((yTrue - yPred) / yTrue.Abs().Maximum(Keras.Epsilon)).Abs().Mean(-1) * 100;
}
