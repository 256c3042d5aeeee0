namespace GpuKeras.Losses;

/// <summary>
/// The negative cosine of the angle between target and prediction: −1 for the same direction, 0 for orthogonal ones, 1 for opposite
/// ones.
/// </summary>
/// <remarks>
/// −Σ y/‖y‖ · p/‖p‖ along the axis; a zero vector gives 0, and so does its gradient. Targets and predictions
/// <c>[batch, …, n]</c>; the values lack the axis.
/// </remarks>
/// <param name="axis">The axis of the vectors.</param>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public sealed class CosineSimilarity(
    int axis = -1, LossReduction reduction = LossReduction.SumOverBatchSize, string name = "cosine_similarity") : DenseLoss(reduction, name)
{
    /// <summary>The axis of the vectors.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor yTrue, Tensor yPred) => -(Normalized(yTrue) * Normalized(yPred)).Sum(Axis);

    private Tensor Normalized(Tensor x)
    {
        // The length is bounded before the root, not after: the root's derivative at 0 is infinite.
        var squared = x.Square().Sum(Axis, keepDims: true).Maximum(Keras.Epsilon * Keras.Epsilon);
        return x * squared.Rsqrt();
    }
}
