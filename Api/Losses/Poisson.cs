namespace GpuKeras.Losses;

/// <summary>The negative log likelihood of counts under Poisson distributions with the predicted rates, without its constant.</summary>
/// <remarks>
/// mean(p − y · log(p + 1e-7)) over the last axis. Targets and predictions <c>[batch, …, n]</c>; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class Poisson(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "poisson") : DenseLoss(reduction, name)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred) => (yPred - yTrue * (yPred + Keras.Epsilon).Log()).Mean(-1);
}
