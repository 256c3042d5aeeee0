namespace GpuKeras.Losses;

/// <summary>
/// 1 less the Tversky index of target and predicted regions: the Dice loss with weights for what is missed and what is added.
/// </summary>
/// <remarks>
/// 1 − Σ y·p / (Σ y·p + α·Σ y·(1 − p) + β·Σ (1 − y)·p + 1e-7) over the axes (Salehi et al. 2017). So α weighs the target's parts that
/// are missed, as in Keras 3.15; in the paper, and in Keras from 3.16, it weighs the parts that are added.
/// Targets and predictions of one shape, such as <c>[batch, height, width, classes]</c>; the values lack the axes.
/// </remarks>
/// <param name="alpha">α, the weight of the target's parts that the prediction lacks.</param>
/// <param name="beta">β, the weight of the prediction's parts that the target lacks.</param>
/// <param name="reduction">How the values become one number.</param>
/// <param name="name">The name in logs.</param>
/// <param name="axis">The axes of the sums; all by default, which gives one value for the whole batch.</param>
public sealed class Tversky(
    double alpha = 0.5,
    double beta = 0.5,
    LossReduction reduction = LossReduction.SumOverBatchSize,
    string name = "tversky",
    int[]? axis = null) : DenseLoss(reduction, name)
{
    /// <summary>α, the weight of the target's parts that the prediction lacks.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>β, the weight of the prediction's parts that the target lacks.</summary>
    public double Beta { get; } = beta;

    /// <summary>The axes of the sums; null for all.</summary>
    public IReadOnlyList<int>? Axis { get; } = axis;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred)
    {
        var axes = axis ?? [];
        var common = (yTrue * yPred).Sum(axes);
        var missed = (yTrue * (1 - yPred)).Sum(axes);
        var added = ((1 - yTrue) * yPred).Sum(axes);
        return 1 - common / (common + missed * Alpha + added * Beta + Keras.Epsilon);
    }
}
