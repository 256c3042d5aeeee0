namespace GpuKeras.Metrics;

/// <summary>The weighted sum of values: Σ weight·value.</summary>
/// <param name="name">The name in logs.</param>
public sealed class Sum(string? name = "sum") : Metric(name)
{
    private Variable? total;

    /// <summary>Accumulates values.</summary>
    /// <param name="values">The values, <c>[batch, …]</c> or a scalar.</param>
    /// <param name="sampleWeight">A weight for each value, or for each row of them.</param>
    public void UpdateState(Tensor values, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var untaped = GradientTape.StopAll();
        using var scope = new TensorScope();
        total ??= AddVariable("total", []);
        total.AssignAdd(SampleValues.Reduce(values, sampleWeight, mean: false).Values.Sum());
    }

    /// <inheritdoc/>
    public override double Result() => total?.ToScalar() ?? 0;
}
