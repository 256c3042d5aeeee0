using System.Globalization;

namespace GpuKeras.Callbacks;

/// <summary>Lowers the learning rate when a value has stopped improving.</summary>
/// <remarks>It also adds <c>learning_rate</c> to the logs of each epoch.</remarks>
public sealed class ReduceLROnPlateau : Callback
{
    private readonly Monitor followed;
    private readonly double factor;
    private readonly int patience;
    private readonly int verbose;
    private readonly int cooldown;
    private readonly double minLr;
    private int cooldownLeft;
    private int wait;

    /// <summary>Lowers the learning rate when a value has stopped improving.</summary>
    /// <param name="monitor">The name of the value in the logs.</param>
    /// <param name="factor">What the learning rate is multiplied by; below 1.</param>
    /// <param name="patience">How many epochs without improvement are allowed.</param>
    /// <param name="verbose">1 says when the rate is lowered.</param>
    /// <param name="mode"><c>min</c>, <c>max</c>, or <c>auto</c> to infer the direction from the metric.</param>
    /// <param name="minDelta">A smaller change is no improvement.</param>
    /// <param name="cooldown">How many epochs to wait after lowering the rate before counting again.</param>
    /// <param name="minLr">The lowest learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor would not lower the rate.</exception>
    public ReduceLROnPlateau(
        string monitor = "val_loss",
        double factor = 0.1,
        int patience = 10,
        int verbose = 0,
        string mode = "auto",
        double minDelta = 1e-4,
        int cooldown = 0,
        double minLr = 0)
    {
        if (!(factor < 1))
            throw new ArgumentOutOfRangeException(
                nameof(factor), string.Create(CultureInfo.InvariantCulture, $"ReduceLROnPlateau: factor must be below 1; got {factor}"));
        followed = new Monitor(nameof(ReduceLROnPlateau), monitor, mode, minDelta);
        (this.factor, this.patience, this.verbose, this.cooldown, this.minLr) = (factor, patience, verbose, cooldown, minLr);
    }

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        followed.Best = null;
        (cooldownLeft, wait) = (0, 0);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        logs["learning_rate"] = Model.Optimizer.LearningRate;
        if (followed.Read(logs, "Learning rate reduction is conditioned on metric") is not { } current)
            return;
        if (cooldownLeft > 0)
        {
            cooldownLeft--;
            wait = 0;
        }
        if (followed.IsImprovement(Model, current, followed.Best))
            (followed.Best, wait) = (current, 0);
        else if (cooldownLeft == 0 && ++wait >= patience)
            Reduce(epoch);
    }

    private void Reduce(int epoch)
    {
        var old = Model.Optimizer.LearningRate;
        if (old <= (float)minLr)
            return;
        var lower = Math.Max(old * factor, minLr);
        Model.Optimizer.LearningRate = lower;
        if (verbose > 0)
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"\nEpoch {epoch + 1}: ReduceLROnPlateau reducing learning rate to {lower}."));
        (cooldownLeft, wait) = (cooldown, 0);
    }
}
