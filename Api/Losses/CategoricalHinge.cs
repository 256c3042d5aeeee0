namespace GpuKeras.Losses;

/// <summary>The hinge loss for several classes: how far the best wrong class comes within 1 of the right one.</summary>
/// <remarks>
/// max(neg − pos + 1, 0) with pos = Σ y·p and neg = max((1 − y)·p) over the last axis; targets one-hot. Targets and predictions
/// <c>[batch, …, n]</c>; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class CategoricalHinge(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "categorical_hinge")
    : DenseLoss(reduction, name)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred)
    {
        var positive = (yTrue * yPred).Sum(-1);
        var negative = ((1 - yTrue) * yPred).Max(-1);
        return (negative - positive + 1).Relu();
    }
}
