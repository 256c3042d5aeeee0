namespace GpuKeras.Optimizers;

/// <summary>One learning rate after the other: the first up to and including the first boundary, and so on.</summary>
public sealed class PiecewiseConstantDecay : LearningRateSchedule
{
    /// <summary>A schedule of constants.</summary>
    /// <param name="boundaries">The last step of each learning rate but the last, rising.</param>
    /// <param name="values">The learning rates, one more than boundaries.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public PiecewiseConstantDecay(IReadOnlyList<double> boundaries, IReadOnlyList<double> values, string name = "PiecewiseConstant")
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        if (boundaries.Count != values.Count - 1)
            throw new ArgumentException(
                $"PiecewiseConstantDecay: there must be one boundary less than values; " +
                $"got {boundaries.Count} boundaries, {values.Count} values");
        (Boundaries, Values, Name) = (boundaries, values, name);
    }

    /// <summary>The last step of each learning rate but the last.</summary>
    public IReadOnlyList<double> Boundaries { get; }

    /// <summary>The learning rates.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        for (var i = 0; i < Boundaries.Count; i++)
            if (step <= Boundaries[i])
                return Values[i];
        return Values[^1];
    }
}
