namespace GpuKeras.Losses;

/// <summary>The mean of squared differences of logarithms.</summary>
/// <remarks>
/// mean((log(max(y, 1e-7) + 1) − log(max(p, 1e-7) + 1))²) over the last axis. Targets and predictions <c>[batch, …, n]</c>; values
/// <c>[batch, …]</c>.
/// </remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class MeanSquaredLogarithmicError(
    LossReduction reduction = LossReduction.SumOverBatchSize, string name = "mean_squared_logarithmic_error") : DenseLoss(reduction, name)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred) =>
        ((yPred.Maximum(Keras.Epsilon) + 1).Log() - (yTrue.Maximum(Keras.Epsilon) + 1).Log()).Square().Mean(-1);
}
