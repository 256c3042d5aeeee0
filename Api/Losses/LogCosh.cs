namespace GpuKeras.Losses;

/// <summary>
/// The mean logarithm of the hyperbolic cosine of the differences: about half the square for small ones, the distance less log 2 for
/// large ones.
/// </summary>
/// <remarks>
/// mean(e + log(1 + exp(−2e)) − log 2) with e = p − y, over the last axis. Targets and predictions <c>[batch, …, n]</c>; values
/// <c>[batch, …]</c>.
/// </remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class LogCosh(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "log_cosh") : DenseLoss(reduction, name)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred)
    {
        var error = yPred - yTrue;
        return (error + (error * -2).Softplus() - Math.Log(2)).Mean(-1);
    }
}
