namespace GpuKeras.Losses;

/// <summary>The mean of squared differences.</summary>
/// <remarks>mean((y − p)²) over the last axis. Targets and predictions <c>[batch, …, n]</c>; values <c>[batch, …]</c>.</remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class MeanSquaredError(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "mean_squared_error")
    : DenseLoss(reduction, name)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred) => (yTrue - yPred).Square().Mean(-1);
}
