using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>An optimizer's learning rate as its constructor takes it: a number or a schedule. Both convert to it.</summary>
public sealed class LearningRate : IConfigValue
{
    private LearningRate(double value, LearningRateSchedule? schedule) => (Value, Schedule) = (value, schedule);

    /// <summary>The number; without meaning if there is a schedule.</summary>
    internal double Value { get; }

    /// <summary>The schedule, or null for a number.</summary>
    internal LearningRateSchedule? Schedule { get; }

    /// <summary>A learning rate that stays as it is until it is set.</summary>
    public static implicit operator LearningRate(double value) => new(value, null);

    /// <summary>A learning rate that follows the number of steps.</summary>
    public static implicit operator LearningRate(LearningRateSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return new(0, schedule);
    }

    /// <summary>The number, or the schedule with its type, as Keras writes it.</summary>
    public JsonNode ToJson() => Schedule is null ? Value : KerasConfig.Serialize(Schedule);

    /// <summary>Reads <see cref="ToJson"/>'s form.</summary>
    /// <exception cref="ArgumentException">It is neither a number nor a schedule.</exception>
    public static LearningRate FromJson(JsonNode value) => value is JsonObject serialized
        ? KerasConfig.Deserialize(serialized) as LearningRateSchedule
            ?? throw new ArgumentException($"learning rate: must be a number or a schedule; got a {serialized["class_name"]}")
        : (double)value;
}
