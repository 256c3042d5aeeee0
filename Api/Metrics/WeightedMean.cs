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

    /// <summary>Adds a number that stands for <paramref name="weight"/> samples.</summary>
    public void Add(Tensor scalar, double weight)
    {
        var (total, count) = MakeState();
        FusedUpdates.WeightedMean(total, count, scalar.Cast(DType.Float32).To(total.Device), weight);
    }

    public void Add(Tensor values, Tensor? sampleWeight)
    {
        var (total, count) = MakeState();
        var (samples, weights) = SampleValues.Reduce(values, sampleWeight, mean: true);
        total.AssignAdd(samples.Rank == 0 ? samples : samples.Sum());
        count.AssignAdd(weights?.Sum() ?? Tensor.Scalar(samples.Rank == 0 ? 1 : samples.Shape[0]));
    }

    private (Variable Total, Variable Count) MakeState() =>
        (total ??= owner.AddVariable("total", []), count ??= owner.AddVariable("count", []));
}
