namespace GpuKeras.Losses;

/// <summary>
/// Circle loss: embeddings of one class come together, those of different classes apart, each pair as much as it still needs.
/// </summary>
/// <remarks>
/// softplus(log Σ⁺ exp(−γ·α⁺·(m − d)) + log Σ⁻ exp(γ·α⁻·(1 − m − d))) with the cosine distances d = max(1 − p·pᵀ, 0) to the
/// samples of the same class (+) and of others (−), α⁺ = max(m + d, 0), α⁻ = max(1 + m − d, 0) (Sun et al. 2020).
/// Predictions are embeddings of length 1 <c>[batch, dimensions]</c>; targets are class numbers <c>[batch]</c> or <c>[batch, 1]</c>;
/// values <c>[batch]</c>. Samples without a loss, such as those with no partner, are masked.
/// </remarks>
/// <param name="gamma">γ, a scale.</param>
/// <param name="margin">m, the relaxation of the decision boundary.</param>
/// <param name="removeDiagonal">Whether a sample is no partner of itself.</param>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class Circle(
    double gamma = 80,
    double margin = 0.4,
    bool removeDiagonal = true,
    LossReduction reduction = LossReduction.SumOverBatchSize,
    string name = "circle") : Loss(reduction, name)
{
    // Stands for −∞ where a pair is left out: exp gives 0, and no ∞ − ∞ enters the gradient.
    private const double LeftOut = -1e30;

    /// <summary>γ, a scale.</summary>
    public double Gamma { get; } = gamma;

    /// <summary>m, the relaxation of the decision boundary.</summary>
    public double Margin { get; } = margin;

    /// <summary>Whether a sample is no partner of itself.</summary>
    public bool RemoveDiagonal { get; } = removeDiagonal;

    private protected override bool TakesClassNumbers => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        var labels = yTrue.Rank == 2 && yTrue.Shape[1] == 1 ? yTrue.Squeeze(-1) : yTrue;
        LossShapes.RequireLabels(Name, labels.Shape, yPred.Shape, axis: -1);
        var (same, other) = Pairs(labels.Cast(DType.Int32));
        var distances = (1 - yPred.MatMul(yPred, transposeB: true)).Maximum(0);
        var towards = (distances + Margin).Maximum(0) * (distances - Margin) * Gamma;
        var apart = (1 + Margin - distances).Maximum(0) * (1 - Margin - distances) * Gamma;
        var values = (LogSum(same, towards) + LogSum(other, apart)).Softplus();
        values.Mask = values > 0;
        return values;
    }

    private static Tensor LogSum(Tensor pairs, Tensor terms) => Tensor.Where(pairs, terms, LeftOut).LogSumExp(1);

    private (Tensor Same, Tensor Other) Pairs(Tensor labels)
    {
        var same = labels.ExpandDims(1).Equal(labels.ExpandDims(0));
        var other = same.LogicalNot();
        if (RemoveDiagonal)
            same = same.LogicalAnd(Tensor.Eye(labels.Shape[0], dtype: DType.Bool).LogicalNot());
        return (same, other);
    }
}
