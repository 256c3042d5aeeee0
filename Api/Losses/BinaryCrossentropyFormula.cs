namespace GpuKeras.Losses;

/// <summary>−(y·log p + (1 − y)·log(1 − p)) for each element.</summary>
internal static class BinaryCrossentropyFormula
{
    public static Tensor OfProbabilities(Tensor targets, Tensor probabilities)
    {
        var p = probabilities.Clip(Keras.Epsilon, 1 - Keras.Epsilon);
        return -(targets * p.Log() + (1 - targets) * (1 - p).Log());
    }

    // log p = −softplus(−x) and log(1 − p) = −softplus(x): no rounding error near p = 1, no overflow, and smooth at 0.
    public static Tensor OfLogits(Tensor targets, Tensor logits) =>
        targets * (-logits).Softplus() + (1 - targets) * logits.Softplus();

    /// <summary>Targets moved towards ½.</summary>
    public static Tensor Smooth(Tensor targets, double labelSmoothing) =>
        labelSmoothing == 0 ? targets : targets * (1 - labelSmoothing) + 0.5 * labelSmoothing;
}
