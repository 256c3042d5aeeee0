namespace GpuKeras.Metrics;

/// <summary>The weighted mean of values: Σ weight·value / Σ weight; 0 before any came.</summary>
/// <remarks>Values of more than one axis count as one sample for each element of the first axis: the mean over the others.</remarks>
public sealed class Mean : Metric
{
    private readonly WeightedMean state;

    /// <summary>A mean of nothing so far.</summary>
    /// <param name="name">The name in logs.</param>
    public Mean(string? name = "mean")
        : base(name) => state = new(this);

    /// <summary>Accumulates values.</summary>
    /// <param name="values">The values, <c>[batch, …]</c> or a scalar.</param>
    /// <param name="sampleWeight">A weight for each value, or for each row of them.</param>
    public void UpdateState(Tensor values, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var untaped = GradientTape.StopAll();
        using var scope = new TensorScope();
        state.Add(values, sampleWeight);
    }

    /// <summary>Accumulates a number that stands for several samples, in one launch.</summary>
    internal void UpdateState(Tensor scalar, double weight)
    {
        using var untaped = GradientTape.StopAll();
        using var scope = new TensorScope();
        state.Add(scalar, weight);
    }

    /// <inheritdoc/>
    public override double Result() => state.Result;
}
