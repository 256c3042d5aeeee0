namespace GpuKeras.Losses;

/// <summary>Keras' rules for weighting, masking and reducing per-sample values.</summary>
internal static class WeightedReduction
{
    public static Tensor Apply(Tensor values, Tensor? weight, Tensor? mask, LossReduction reduction)
    {
        var weights = mask is null ? weight?.Cast(values.DType) : Masked(weight, mask, values.DType, reduction);
        if (weights is not null)
        {
            (values, weights) = Ranks.Align(values, weights);
            values = values * weights;
        }
        if (reduction == LossReduction.None || values.Rank == 0)
            return values;
        var sum = values.Sum();
        return reduction switch
        {
            LossReduction.Sum => sum,
            LossReduction.MeanWithSampleWeight when weights is not null => DivideOrZero(sum, weights.Sum()),
            _ => values.Size == 0 ? sum : sum / values.Size,
        };
    }

    private static Tensor Masked(Tensor? weight, Tensor mask, DType dtype, LossReduction reduction)
    {
        var valid = mask.Cast(dtype);
        // Masked entries must not lower the mean: valid ones are scaled up by total / valid.
        if (reduction is LossReduction.SumOverBatchSize or LossReduction.Mean)
            valid = valid * (DivideOrZero(Tensor.Scalar(valid.Size, dtype), valid.Sum()));
        if (weight is null)
            return valid;
        var (weights, aligned) = Ranks.Align(weight.Cast(dtype), valid);
        return weights * aligned;
    }

    private static Tensor DivideOrZero(Tensor numerator, Tensor denominator) =>
        Tensor.Where(denominator.Equal(0), Tensor.Zeros(denominator.Shape, denominator.DType), numerator / denominator);
}
