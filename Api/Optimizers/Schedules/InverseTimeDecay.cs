namespace GpuKeras.Optimizers;

/// <summary>initialLearningRate / (1 + decayRate · step / decaySteps).</summary>
/// <param name="initialLearningRate">The learning rate at step 0.</param>
/// <param name="decaySteps">After how many steps the decay rate has been added once; positive.</param>
/// <param name="decayRate">What is added to the divisor.</param>
/// <param name="staircase">Whether it falls at multiples of <paramref name="decaySteps"/> only.</param>
/// <param name="name">The name.</param>
public sealed class InverseTimeDecay(
    double initialLearningRate, double decaySteps, double decayRate, bool staircase = false, string name = "InverseTimeDecay")
    : LearningRateSchedule
{
    /// <summary>The learning rate at step 0.</summary>
    public double InitialLearningRate { get; } = initialLearningRate;

    /// <summary>After how many steps the decay rate has been added once.</summary>
    public double DecaySteps { get; } = Positive(decaySteps, nameof(InverseTimeDecay), nameof(decaySteps));

    /// <summary>What is added to the divisor.</summary>
    public double DecayRate { get; } = decayRate;

    /// <summary>Whether it falls at multiples of <see cref="DecaySteps"/> only.</summary>
    public bool Staircase { get; } = staircase;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override double At(long step)
    {
        var periods = step / DecaySteps;
        return InitialLearningRate / (1 + DecayRate * (Staircase ? Math.Floor(periods) : periods));
    }
}
