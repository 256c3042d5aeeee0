using System.Globalization;

namespace GpuKeras.Callbacks;

/// <summary>Sets the learning rate at the start of each epoch, and adds <c>learning_rate</c> to the logs of each.</summary>
/// <param name="schedule">From the epoch's index and the current learning rate, the new one.</param>
/// <param name="verbose">1 prints each new rate.</param>
public sealed class LearningRateScheduler(Func<int, double, double> schedule, int verbose = 0) : Callback
{
    private readonly Func<int, double, double> schedule = schedule ?? throw new ArgumentNullException(nameof(schedule));

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        var rate = schedule(epoch, Model.Optimizer.LearningRate);
        Model.Optimizer.LearningRate = rate;
        if (verbose > 0)
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"\nEpoch {epoch + 1}: LearningRateScheduler setting learning rate to {rate}."));
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        logs["learning_rate"] = Model.Optimizer.LearningRate;
    }
}
