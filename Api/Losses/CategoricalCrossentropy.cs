namespace GpuKeras.Losses;

/// <summary>Cross-entropy of one-hot targets, or of any class probabilities, with predicted probabilities or logits.</summary>
/// <remarks>
/// −Σ y·log p along the axis. Probabilities are scaled to sum to 1 and clipped to [1e-7, 1 − 1e-7]; from logits
/// log p = x − log Σ exp(x). Targets and predictions <c>[batch, …, classes]</c>; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="fromLogits">Whether predictions are logits; otherwise they are probabilities.</param>
/// <param name="labelSmoothing">How far targets move towards equal probabilities: y·(1 − s) + s/classes.</param>
/// <param name="axis">The axis of the classes.</param>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class CategoricalCrossentropy(
    bool fromLogits = false,
    double labelSmoothing = 0,
    int axis = -1,
    LossReduction reduction = LossReduction.SumOverBatchSize,
    string name = "categorical_crossentropy") : DenseLoss(reduction, name)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets move towards equal probabilities.</summary>
    public double LabelSmoothing { get; } = labelSmoothing;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;

    private protected override bool RequiresSameShape => true;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred)
    {
        var axis = yPred.Shape.Axis(Axis);
        var targets = ClassAxis.Smooth(yTrue, LabelSmoothing, yPred.Shape[axis]);
        return FromLogits
            ? ClassAxis.ToEnd(yPred, axis).CrossEntropy(ClassAxis.ToEnd(targets, axis))
            : -(targets * ClassAxis.Normalized(yPred, axis).Log()).Sum(axis);
    }
}
