namespace GpuKeras.Losses;

/// <summary>The mean of absolute differences.</summary>
/// <remarks>
/// mean(|y − p|) over the last axis; the derivative at y = p is 0. Targets and predictions <c>[batch, …, n]</c>; values <c>[batch,
/// …]</c>.
/// </remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class MeanAbsoluteError(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "mean_absolute_error")
    : DenseLoss(reduction, name)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred) => (yTrue - yPred).Abs().Mean(-1);
}
