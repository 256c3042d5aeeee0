namespace GpuKeras.Metrics;

/// <summary>A metric of yes-or-no predictions that has one number for each of its thresholds.</summary>
/// <remarks>Targets 0 or 1 and predictions of one shape, such as <c>[batch]</c>, <c>[batch, 1]</c> or <c>[batch, classes]</c>.</remarks>
public abstract class ThresholdMetric : SupervisedMetric
{
    private readonly ThresholdCounter counter;

    private protected ThresholdMetric(ThresholdCounter counter, string? name)
        : base(name) => this.counter = counter;

    /// <inheritdoc/>
    public override double Result()
    {
        var results = Results();
        return (float)(results.Sum() / results.Length);
    }

    /// <inheritdoc/>
    protected sealed override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight) =>
        Accumulate(counter.Count(yTrue, yPred, sampleWeight));

    private protected abstract void Accumulate(in ConfusionCounts counts);

    private protected void Add(ref Variable? state, string variableName, Tensor counts)
    {
        state ??= AddVariable(variableName, [counter.Length]);
        state.AssignAdd(counts);
    }

    private protected float[] Read(Variable? state) => state?.ToArray<float>() ?? new float[counter.Length];

    /// <summary>part / (part + rest) for each threshold; 0 where both are 0.</summary>
    private protected double[] Shares(Variable? part, Variable? rest)
    {
        var (parts, rests) = (Read(part), Read(rest));
        var shares = new double[parts.Length];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = parts[i] + rests[i] == 0 ? 0 : parts[i] / (parts[i] + rests[i]);
        return shares;
    }
}
