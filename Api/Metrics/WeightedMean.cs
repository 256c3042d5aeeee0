namespace GpuKeras.Metrics;

/// <summary>The state of a metric that is a weighted mean over samples: <c>total</c> and <c>count</c>.</summary>
internal sealed class WeightedMean(Metric owner)
{
    private Variable? total;
    private Variable? count;

    /// <summary>total / count; 0 before anything came.</summary>
    public float Result
    {
        get
        {
            var weight = count?.ToScalar() ?? 0;
            return weight == 0 ? 0 : (float)(total!.ToScalar() / weight);
        }
    }

    public void Add(Tensor values, Tensor? sampleWeight)
    {
        total ??= owner.AddVariable("total", []);
        count ??= owner.AddVariable("count", []);
        var (samples, weights) = SampleValues.Reduce(values, sampleWeight, mean: true);
        total.AssignAdd(samples.Rank == 0 ? samples : samples.Sum());
        count.AssignAdd(weights?.Sum() ?? Tensor.Scalar(samples.Rank == 0 ? 1 : samples.Shape[0]));
    }
}
