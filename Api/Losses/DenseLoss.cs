namespace GpuKeras.Losses;

/// <summary>A loss that compares predictions with targets of their own shape.</summary>
/// <remarks>
/// A trailing axis of size 1 is added or dropped where the ranks differ by one, so that targets <c>[batch]</c> fit predictions
/// <c>[batch, 1]</c>.
/// </remarks>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public abstract class DenseLoss(LossReduction reduction, string name) : Loss(reduction, name)
{
    /// <summary>Whether the shapes must be the same; otherwise they must broadcast, as in Keras.</summary>
    private protected virtual bool RequiresSameShape => false;

    /// <inheritdoc/>
    protected sealed override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        var (targets, predictions) = Ranks.Align(yTrue, yPred);
        if (RequiresSameShape)
            LossShapes.RequireSame(Name, targets.Shape, predictions.Shape);
        else
            LossShapes.RequireBroadcast(Name, targets.Shape, predictions.Shape);
        return Compute(targets, predictions);
    }

    /// <summary>The loss of each sample.</summary>
    /// <param name="yTrue">The targets, of the predictions' dtype.</param>
    /// <param name="yPred">The predictions.</param>
    protected abstract Tensor Compute(Tensor yTrue, Tensor yPred);
}
