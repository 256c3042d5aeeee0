namespace GpuKeras.Losses;

/// <summary>How a loss reduces its per-sample values to one number.</summary>
public enum LossReduction
{
    /// <summary>The weighted sum divided by the number of values, not by the sum of weights. Keras' default.</summary>
    SumOverBatchSize,

    /// <summary>The weighted sum.</summary>
    Sum,

    /// <summary>The same as <see cref="SumOverBatchSize"/>.</summary>
    Mean,

    /// <summary>The weighted sum divided by the sum of weights.</summary>
    MeanWithSampleWeight,

    /// <summary>No reduction: the weighted values themselves.</summary>
    None,
}
