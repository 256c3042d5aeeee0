namespace GpuKeras.Losses;

/// <summary>The hinge loss of a maximum-margin classifier.</summary>
/// <remarks>
/// mean(max(1 − y·p, 0)) over the last axis, with y −1 or 1; targets that are all 0 or 1 are taken as −1 and 1. Targets and predictions
/// <c>[batch, …, n]</c>; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class Hinge(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "hinge") : DenseLoss(reduction, name)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred) =>
        (1 - HingeTargets.Signed(yTrue) * yPred).Relu().Mean(-1);
}
