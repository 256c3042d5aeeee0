namespace GpuKeras.Losses;

/// <summary>Generalised cross-entropy: between cross-entropy (q → 0) and mean absolute error (q → 1), robust to wrong labels.</summary>
/// <remarks>
/// (1 − p[label]^q) / q (Zhang and Sabuncu 2018). Predictions are probabilities <c>[batch, …, classes]</c>; targets are class
/// numbers <c>[batch, …]</c>; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="q">Between 0 and 1, exclusive.</param>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is not between 0 and 1.</exception>
public sealed class CategoricalGeneralizedCrossEntropy(
    double q = 0.5, LossReduction reduction = LossReduction.SumOverBatchSize, string name = "categorical_generalized_cross_entropy")
    : Loss(reduction, name)
{
    /// <summary>Between 0 (cross-entropy) and 1 (mean absolute error).</summary>
    public double Q { get; } = q is > 0 and < 1
        ? q
        : throw new ArgumentOutOfRangeException(
            nameof(q), $"categorical_generalized_cross_entropy: q must lie between 0 and 1, exclusive; got {q}");

    private protected override bool TakesClassNumbers => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        LossShapes.RequireLabels(Name, yTrue.Shape, yPred.Shape, axis: -1);
        var labels = Labels.AsInt32(yTrue);
        Labels.Check(Name, labels, yPred.Shape[^1]);
        var given = yPred.TakeAlongAxis(labels.ExpandDims(-1), -1).Squeeze(-1);
        return (1 - given.Pow(Q)) / Q;
    }
}
