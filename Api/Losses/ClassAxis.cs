namespace GpuKeras.Losses;

/// <summary>The axis of the classes in predictions, which the cross-entropy operations want last.</summary>
internal static class ClassAxis
{
    /// <summary>The tensor with an axis moved to the end.</summary>
    public static Tensor ToEnd(Tensor x, int axis)
    {
        var from = x.Shape.Axis(axis);
        if (from == x.Rank - 1)
            return x;
        var order = new int[x.Rank];
        for (var i = 0; i < order.Length; i++)
            order[i] = i < from ? i : i + 1 < order.Length ? i + 1 : from;
        return x.Transpose(order);
    }

    /// <summary>One-hot targets moved towards equal probabilities.</summary>
    public static Tensor Smooth(Tensor targets, double labelSmoothing, int classes) =>
        labelSmoothing == 0 ? targets : targets * (1 - labelSmoothing) + labelSmoothing / classes;

    /// <summary>Predictions as probabilities that sum to 1, kept off 0 and 1.</summary>
    public static Tensor Normalized(Tensor predictions, int axis) =>
        (predictions / predictions.Sum(axis, keepDims: true)).Clip(Keras.Epsilon, 1 - Keras.Epsilon);
}
