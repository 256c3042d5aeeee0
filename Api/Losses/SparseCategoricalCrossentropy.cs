using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Losses;

/// <summary>Cross-entropy of class numbers with predicted probabilities or logits.</summary>
/// <remarks>
/// −log p[label] along the axis. Probabilities are scaled to sum to 1 and clipped to [1e-7, 1 − 1e-7]; from logits
/// log p = x − log Σ exp(x). Predictions <c>[batch, …, classes]</c>; targets <c>[batch, …]</c> or <c>[batch, …, 1]</c>, whole
/// numbers of any dtype; values <c>[batch, …]</c>.
/// </remarks>
/// <param name="fromLogits">Whether predictions are logits; otherwise they are probabilities.</param>
/// <param name="ignoreClass">A class whose entries do not count, such as a void class of −1 in segmentation.</param>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="axis">The axis of the classes.</param>
/// <param name="name">The name in logs.</param>
public sealed class SparseCategoricalCrossentropy(
    bool fromLogits = false,
    int? ignoreClass = null,
    LossReduction reduction = LossReduction.SumOverBatchSize,
    int axis = -1,
    string name = "sparse_categorical_crossentropy") : Loss(reduction, name)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>The class whose entries do not count.</summary>
    public int? IgnoreClass { get; } = ignoreClass;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().WithoutDefault("axis", -1);

    private protected override bool TakesClassNumbers => true;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        var axis = yPred.Shape.Axis(Axis);
        var labels = yTrue.Rank == yPred.Rank && yTrue.Shape[axis] == 1 ? yTrue.Squeeze(axis) : yTrue;
        LossShapes.RequireLabels(Name, labels.Shape, yPred.Shape, axis);
        labels = Labels.AsInt32(labels);
        var predictions = ClassAxis.ToEnd(yPred, axis);
        if (IgnoreClass is not { } ignored)
            return Crossentropy(labels, predictions);

        var counted = labels.NotEqual(ignored);
        // Ignored entries are replaced before the logarithm, so that a NaN or infinity in them cannot spoil the gradient.
        var values = Crossentropy(Tensor.Where(counted, labels, 0), Tensor.Where(counted.ExpandDims(-1), predictions, 1));
        values = Tensor.Where(counted, values, 0);
        values.Mask = counted;
        return values;
    }

    private Tensor Crossentropy(Tensor labels, Tensor predictions)
    {
        var areChecked = Labels.Check(Name, labels, predictions.Shape[^1]);
        if (FromLogits)
            return (areChecked ? SparseCrossEntropyOp.OfChecked : SparseCrossEntropyOp.Instance).Apply(predictions, labels);
        var given = new TakeAlongAxisOp(-1, areChecked).Apply(predictions, labels.ExpandDims(-1)).Squeeze(-1) / predictions.Sum(-1);
        return -given.Clip(Keras.Epsilon, 1 - Keras.Epsilon).Log();
    }
}
