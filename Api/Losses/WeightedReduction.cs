namespace GpuKeras.Losses;

/// <summary>Keras' rules for weighting, masking and reducing per-sample values.</summary>
internal static class WeightedReduction
{
    public static Tensor Apply(Tensor values, Tensor? weight, Tensor? mask, LossReduction reduction)
    {
        var rescaled = reduction is LossReduction.SumOverBatchSize or LossReduction.Mean;
        var weights = ApplyMask(weight, mask, values.DType, rescaled);
        if (weights is not null)
        {
            (values, weights) = Ranks.Align(values, weights);
            LossShapes.RequireBroadcast("sample weights", weights.Shape, values.Shape);
            values = values * weights;
        }
        if (reduction == LossReduction.None || values.Rank == 0)
            return values;
        return reduction switch
        {
            LossReduction.MeanWithSampleWeight when weights is not null => DivideOrZero(values.Sum(), weights.Sum()),
            _ => reduction == LossReduction.Sum || values.Size == 0 ? values.Sum() : values.Mean(),
        };
    }

    /// <summary>Weights that are 0 where the mask is false; null if there is neither.</summary>
    /// <param name="weight">The weights; null for ones.</param>
    /// <param name="mask">Which entries count; null for all.</param>
    /// <param name="dtype">The dtype of the result.</param>
    /// <param name="rescaled">Whether valid entries are scaled up by total / valid, so that masked ones do not lower a mean.</param>
    public static Tensor? ApplyMask(Tensor? weight, Tensor? mask, DType dtype, bool rescaled)
    {
        if (mask is null)
            return weight?.Cast(dtype);
        var valid = mask.Cast(dtype);
        if (rescaled)
            valid = valid * DivideOrZero(Tensor.Scalar(valid.Size, dtype), valid.Sum());
        if (weight is null)
            return valid;
        var (aligned, weights) = Ranks.Align(valid, weight.Cast(dtype));
        return weights * aligned;
    }

    // The quotient is computed with a denominator of 1 where it is 0, so that no 0 / 0 enters the gradient.
    private static Tensor DivideOrZero(Tensor numerator, Tensor denominator)
    {
        var isZero = denominator.Equal(0);
        return Tensor.Where(isZero, 0, numerator / Tensor.Where(isZero, 1, denominator));
    }
}
