using GpuKeras.Saving;

namespace GpuKeras.Losses;

/// <summary>Categorical cross-entropy that counts hard samples more than easy ones.</summary>
/// <remarks>
/// Σ α · (1 − p)^γ · (−y·log p) along the axis, with p scaled to sum to 1 and clipped to [1e-7, 1 − 1e-7] (Lin et al. 2017).
/// Targets and predictions <c>[batch, …, classes]</c>; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="alpha">α, a weight for all classes.</param>
/// <param name="gamma">γ, how much easy samples lose.</param>
/// <param name="fromLogits">Whether predictions are logits; otherwise they are probabilities.</param>
/// <param name="labelSmoothing">How far targets move towards equal probabilities: y·(1 − s) + s/classes.</param>
/// <param name="axis">The axis of the classes.</param>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
[KerasKeys("from_logits", "label_smoothing", "axis")]
public sealed class CategoricalFocalCrossentropy(
    double alpha = 0.25,
    double gamma = 2,
    bool fromLogits = false,
    double labelSmoothing = 0,
    int axis = -1,
    LossReduction reduction = LossReduction.SumOverBatchSize,
    string name = "categorical_focal_crossentropy") : DenseLoss(reduction, name)
{
    /// <summary>α, a weight for all classes.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>γ, how much easy samples lose.</summary>
    public double Gamma { get; } = gamma;

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets move towards equal probabilities.</summary>
    public double LabelSmoothing { get; } = labelSmoothing;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred)
    {
        var axis = yPred.Shape.Axis(Axis);
        var targets = ClassAxis.Smooth(yTrue, LabelSmoothing, yPred.Shape[axis]);
        var p = ClassAxis.Normalized(FromLogits ? yPred.Softmax(axis) : yPred, axis);
        return ((1 - p).Pow(Gamma) * Alpha * (-targets * p.Log())).Sum(axis);
    }
}
