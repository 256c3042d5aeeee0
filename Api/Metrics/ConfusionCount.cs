namespace GpuKeras.Metrics;

/// <summary>How many entries are in one cell of the confusion matrix, or the sum of their weights.</summary>
public abstract class ConfusionCount : ThresholdMetric
{
    private Variable? accumulator;

    private protected ConfusionCount(double[]? thresholds, string? name)
        : base(ThresholdCounter.For(thresholds), name) => Thresholds = thresholds;

    /// <summary>What a prediction of class 1 lies above, one for each result; null for 0.5.</summary>
    public IReadOnlyList<double>? Thresholds { get; }

    /// <inheritdoc/>
    public override double[] Results() => Array.ConvertAll(Read(accumulator), static count => (double)count);

    private protected abstract Tensor Cell(in ConfusionCounts counts);

    private protected sealed override void Accumulate(in ConfusionCounts counts) => Add(ref accumulator, "accumulator", Cell(counts));
}
