namespace GpuKeras.Optimizers;

/// <summary>initialLearningRate · decayRate^(step / decaySteps).</summary>
/// <param name="initialLearningRate">The learning rate at step 0.</param>
/// <param name="decaySteps">In how many steps it is multiplied with the decay rate; positive.</param>
/// <param name="decayRate">The factor.</param>
/// <param name="staircase">Whether it falls at multiples of <paramref name="decaySteps"/> only.</param>
/// <param name="name">The name.</param>
public sealed class ExponentialDecay(
    double initialLearningRate, double decaySteps, double decayRate, bool staircase = false, string name = "ExponentialDecay")
    : LearningRateSchedule
{
    /// <summary>The learning rate at step 0.</summary>
    public double InitialLearningRate { get; } = initialLearningRate;

    /// <summary>In how many steps it is multiplied with the decay rate.</summary>
    public double DecaySteps { get; } = Positive(decaySteps, nameof(ExponentialDecay), nameof(decaySteps));

    /// <summary>The factor.</summary>
    public double DecayRate { get; } = decayRate;

    /// <summary>Whether it falls at multiples of <see cref="DecaySteps"/> only.</summary>
    public bool Staircase { get; } = staircase;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override double At(long step)
    {
        var periods = step / DecaySteps;
        return InitialLearningRate * Math.Pow(DecayRate, Staircase ? Math.Floor(periods) : periods);
    }
}
