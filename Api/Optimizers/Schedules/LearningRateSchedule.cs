using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>A learning rate that follows the number of steps.</summary>
[KerasModule("keras.optimizers.schedules")]
public abstract class LearningRateSchedule : IKerasObject
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">How many steps have been taken; 0 for the first.</param>
    public abstract double At(long step);

    /// <summary>The configuration under Keras' names.</summary>
    public virtual JsonObject GetConfig() => KerasConfig.OfConstructor(this);

    /// <summary>A number of steps, checked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    private protected static double Positive(double value, string schedule, string parameter) => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(parameter, $"{schedule}: {parameter} must be > 0; got {value}");
}
