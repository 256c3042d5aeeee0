namespace GpuKeras.Optimizers;

/// <summary>(initial − end) · (1 − step / decaySteps)^power + end, then the end value.</summary>
/// <param name="initialLearningRate">The learning rate at step 0.</param>
/// <param name="decaySteps">How many steps it falls; positive.</param>
/// <param name="endLearningRate">The learning rate from then on.</param>
/// <param name="power">The exponent; 1 falls along a line.</param>
/// <param name="cycle">Whether it starts again each time it has fallen, each time from a lower value over a longer time.</param>
/// <param name="name">The name.</param>
public sealed class PolynomialDecay(
    double initialLearningRate,
    double decaySteps,
    double endLearningRate = 0.0001,
    double power = 1,
    bool cycle = false,
    string name = "PolynomialDecay") : LearningRateSchedule
{
    /// <summary>The learning rate at step 0.</summary>
    public double InitialLearningRate { get; } = initialLearningRate;

    /// <summary>How many steps it falls.</summary>
    public double DecaySteps { get; } = Positive(decaySteps, nameof(PolynomialDecay), nameof(decaySteps));

    /// <summary>The learning rate at the end.</summary>
    public double EndLearningRate { get; } = endLearningRate;

    /// <summary>The exponent.</summary>
    public double Power { get; } = power;

    /// <summary>Whether it starts again each time it has fallen.</summary>
    public bool Cycle { get; } = cycle;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override double At(long step)
    {
        // With cycles, the next multiple of decaySteps is the time over which it falls.
        var length = Cycle && step != 0 ? DecaySteps * Math.Ceiling(step / DecaySteps) : DecaySteps;
        var done = Math.Min(step, length) / length;
        return (InitialLearningRate - EndLearningRate) * Math.Pow(1 - done, Power) + EndLearningRate;
    }
}
