namespace GpuKeras.Losses;

/// <summary>Cross-entropy of yes-or-no targets with predicted probabilities or logits.</summary>
/// <remarks>
/// mean(−(y·log p + (1 − y)·log(1 − p))) along the axis, with p clipped to [1e-7, 1 − 1e-7]; from logits it is computed without
/// forming p. Targets and predictions <c>[batch, …, n]</c>; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="fromLogits">Whether predictions are logits; otherwise they are probabilities.</param>
/// <param name="labelSmoothing">How far targets move towards ½: y·(1 − s) + s/2.</param>
/// <param name="axis">The axis over which the mean is taken.</param>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class BinaryCrossentropy(
    bool fromLogits = false,
    double labelSmoothing = 0,
    int axis = -1,
    LossReduction reduction = LossReduction.SumOverBatchSize,
    string name = "binary_crossentropy") : DenseLoss(reduction, name)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets move towards ½.</summary>
    public double LabelSmoothing { get; } = labelSmoothing;

    /// <summary>The axis over which the mean is taken.</summary>
    public int Axis { get; } = axis;

    private protected override bool RequiresSameShape => true;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred)
    {
        var targets = BinaryCrossentropyFormula.Smooth(yTrue, LabelSmoothing);
        var values = FromLogits
            ? BinaryCrossentropyFormula.OfLogits(targets, yPred)
            : BinaryCrossentropyFormula.OfProbabilities(targets, yPred);
        return values.Mean(Axis);
    }
}
