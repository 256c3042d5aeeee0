using GpuKeras.Saving;

namespace GpuKeras.Losses;

/// <summary>Binary cross-entropy that counts hard samples more than easy ones.</summary>
/// <remarks>
/// mean((1 − q)^γ · bce) along the axis, with q = y·p + (1 − y)·(1 − p) the probability given to the target; with class balancing
/// also times α for y = 1 and 1 − α for y = 0 (Lin et al. 2017). Targets and predictions <c>[batch, …, n]</c>; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="applyClassBalancing">Whether α weighs the classes.</param>
/// <param name="alpha">α, the weight of class 1.</param>
/// <param name="gamma">γ, how much easy samples lose.</param>
/// <param name="fromLogits">Whether predictions are logits; otherwise they are probabilities.</param>
/// <param name="labelSmoothing">How far targets move towards ½: y·(1 − s) + s/2.</param>
/// <param name="axis">The axis over which the mean is taken.</param>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
[KerasKeys("from_logits", "label_smoothing", "axis")]
public sealed class BinaryFocalCrossentropy(
    bool applyClassBalancing = false,
    double alpha = 0.25,
    double gamma = 2,
    bool fromLogits = false,
    double labelSmoothing = 0,
    int axis = -1,
    LossReduction reduction = LossReduction.SumOverBatchSize,
    string name = "binary_focal_crossentropy") : DenseLoss(reduction, name)
{
    /// <summary>Whether α weighs the classes.</summary>
    public bool ApplyClassBalancing { get; } = applyClassBalancing;

    /// <summary>α, the weight of class 1.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>γ, how much easy samples lose.</summary>
    public double Gamma { get; } = gamma;

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
        var probabilities = FromLogits ? yPred.Sigmoid() : yPred;
        var crossentropy = BinaryCrossentropyFormula.OfProbabilities(targets, probabilities);
        var given = targets * probabilities + (1 - targets) * (1 - probabilities);
        var focal = (1 - given).Pow(Gamma) * crossentropy;
        if (ApplyClassBalancing)
            focal = (targets * Alpha + (1 - targets) * (1 - Alpha)) * focal;
        return focal.Mean(Axis);
    }
}
