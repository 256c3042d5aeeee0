namespace GpuKeras.Optimizers;

/// <summary>Half a cosine from the initial learning rate down to a part of it, after a linear warm-up if asked for.</summary>
/// <remarks>With a warm-up it rises to <c>warmupTarget</c> first and falls from there. Loshchilov and Hutter 2017.</remarks>
/// <param name="initialLearningRate">The learning rate at step 0.</param>
/// <param name="decaySteps">How many steps it falls; positive.</param>
/// <param name="alpha">The part of the highest learning rate that is left at the end.</param>
/// <param name="name">The name.</param>
/// <param name="warmupTarget">Where the warm-up ends; null for none.</param>
/// <param name="warmupSteps">How many steps the warm-up takes.</param>
public sealed class CosineDecay(
    double initialLearningRate,
    double decaySteps,
    double alpha = 0,
    string name = "CosineDecay",
    double? warmupTarget = null,
    double warmupSteps = 0) : LearningRateSchedule
{
    /// <summary>The learning rate at step 0.</summary>
    public double InitialLearningRate { get; } = initialLearningRate;

    /// <summary>How many steps it falls.</summary>
    public double DecaySteps { get; } = Positive(decaySteps, nameof(CosineDecay), nameof(decaySteps));

    /// <summary>The part of the highest learning rate that is left at the end.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>Where the warm-up ends; null for none.</summary>
    public double? WarmupTarget { get; } = warmupTarget;

    /// <summary>How many steps the warm-up takes.</summary>
    public double WarmupSteps { get; } = warmupSteps;

    /// <inheritdoc/>
    public override double At(long step)
    {
        if (WarmupTarget is not { } target)
            return Falling(step, InitialLearningRate);
        return step < WarmupSteps
            ? (target - InitialLearningRate) * (step / WarmupSteps) + InitialLearningRate
            : Falling(step - WarmupSteps, target);
    }

    private double Falling(double step, double from)
    {
        var done = Math.Min(step, DecaySteps) / DecaySteps;
        return from * ((1 - Alpha) * 0.5 * (1 + Math.Cos(Math.PI * done)) + Alpha);
    }
}
