namespace GpuKeras.Losses;

/// <summary>1 less the Dice coefficient of target and predicted regions.</summary>
/// <remarks>
/// 1 − 2·Σ y·p / (Σ y + Σ p + 1e-7) over the axes. Targets and predictions of one shape, such as
/// <c>[batch, height, width, classes]</c>; the values lack the axes.
/// </remarks>
/// <param name="reduction">How the values become one number.</param>
/// <param name="name">The name in logs.</param>
/// <param name="axis">The axes of the sums; all by default, which gives one value for the whole batch.</param>
public sealed class Dice(
    LossReduction reduction = LossReduction.SumOverBatchSize, string name = "dice", int[]? axis = null) : DenseLoss(reduction, name)
{
    /// <summary>The axes of the sums; null for all.</summary>
    public IReadOnlyList<int>? Axis { get; } = axis;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred)
    {
        var axes = axis ?? [];
        var common = (yTrue * yPred).Sum(axes);
        return 1 - common * 2 / (yTrue.Sum(axes) + yPred.Sum(axes) + Keras.Epsilon);
    }
}
