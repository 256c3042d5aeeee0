namespace GpuKeras.Optimizers;

/// <summary>Half a cosine again and again, each time longer and from a lower start. Loshchilov and Hutter 2017.</summary>
/// <param name="initialLearningRate">The learning rate at step 0.</param>
/// <param name="firstDecaySteps">The length of the first period; positive.</param>
/// <param name="tMul">How much longer each period is than the one before.</param>
/// <param name="mMul">The factor of each period's start.</param>
/// <param name="alpha">The part of the initial learning rate that is always left.</param>
/// <param name="name">The name.</param>
public sealed class CosineDecayRestarts(
    double initialLearningRate,
    double firstDecaySteps,
    double tMul = 2,
    double mMul = 1,
    double alpha = 0,
    string name = "SGDRDecay") : LearningRateSchedule
{
    /// <summary>The learning rate at step 0.</summary>
    public double InitialLearningRate { get; } = initialLearningRate;

    /// <summary>The length of the first period.</summary>
    public double FirstDecaySteps { get; } = Positive(firstDecaySteps, nameof(CosineDecayRestarts), nameof(firstDecaySteps));

    /// <summary>How much longer each period is than the one before.</summary>
    public double TMul { get; } = tMul;

    /// <summary>The factor of each period's start.</summary>
    public double MMul { get; } = mMul;

    /// <summary>The part of the initial learning rate that is always left.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override double At(long step)
    {
        var periods = step / FirstDecaySteps;
        double restarts, done;
        if (TMul == 1)
        {
            restarts = Math.Floor(periods);
            done = periods - restarts;
        }
        else
        {
            // Periods of lengths 1, t, t², … sum to (1 − tⁿ) / (1 − t).
            restarts = Math.Floor(Math.Log(1 - periods * (1 - TMul)) / Math.Log(TMul));
            var length = Math.Pow(TMul, restarts);
            done = (periods - (1 - length) / (1 - TMul)) / length;
        }
        var cosine = 0.5 * Math.Pow(MMul, restarts) * (1 + Math.Cos(Math.PI * done));
        return InitialLearningRate * ((1 - Alpha) * cosine + Alpha);
    }
}
