using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>Keras' <c>reduce_to_samplewise_values</c>: one weighted value for each sample, so that each sample counts once.</summary>
internal static class SampleValues
{
    /// <summary>Weights values and reduces all axes but the first.</summary>
    /// <param name="values">The values, <c>[batch, …]</c>.</param>
    /// <param name="sampleWeight">A weight for each of them, or for each row of them.</param>
    /// <param name="mean">Whether axes are reduced by the mean; otherwise by the sum.</param>
    /// <returns>The weighted values and the weights, each <c>[batch]</c> or scalar.</returns>
    public static (Tensor Values, Tensor? Weights) Reduce(Tensor values, Tensor? sampleWeight, bool mean)
    {
        var mask = values.Mask;
        values = values.Cast(DType.Float32);
        if (sampleWeight is null)
            return (ReduceTrailing(values, 1, mean), null);
        var weights = WeightedReduction.ApplyMask(sampleWeight, mask, DType.Float32, rescaled: false)!;
        (values, weights) = Ranks.Align(values, weights);
        values = ReduceTrailing(values, weights.Rank, mean);
        LossShapes.RequireBroadcast("sample weights", weights.Shape, values.Shape);
        weights = weights.BroadcastTo(values.Shape);
        return (ReduceTrailing(values * weights, 1, mean), ReduceTrailing(weights, 1, mean));
    }

    private static Tensor ReduceTrailing(Tensor x, int kept, bool mean)
    {
        if (x.Rank <= kept)
            return x;
        var columns = 1;
        for (var axis = kept; axis < x.Rank; axis++)
            columns *= x.Shape[axis];
        var rows = x.Reshape(x.Shape.Slice(0, kept).Insert(-1, columns));
        return mean ? rows.Mean(-1) : rows.Sum(-1);
    }
}
