namespace GpuKeras.Callbacks;

/// <summary>Ends training when a value has stopped improving.</summary>
/// <param name="monitor">The name of the value in the logs.</param>
/// <param name="minDelta">A smaller change is no improvement.</param>
/// <param name="patience">How many epochs without improvement are allowed.</param>
/// <param name="verbose">1 says when training is stopped and weights are restored.</param>
/// <param name="mode"><c>min</c>, <c>max</c>, or <c>auto</c> to infer the direction from the metric.</param>
/// <param name="baseline">A value that has to be reached: epochs that do not beat it count as without improvement.</param>
/// <param name="restoreBestWeights">Whether the weights of the best epoch are restored when training ends, early or not.</param>
/// <param name="startFromEpoch">How many epochs are left out at the start.</param>
public sealed class EarlyStopping(
    string monitor = "val_loss",
    double minDelta = 0,
    int patience = 0,
    int verbose = 0,
    string mode = "auto",
    double? baseline = null,
    bool restoreBestWeights = false,
    int startFromEpoch = 0) : Callback
{
    private readonly Monitor followed = new(nameof(EarlyStopping), monitor, mode, minDelta);
    private IReadOnlyList<Tensor>? bestWeights;
    private int wait;
    private int bestEpoch;

    /// <summary>The index of the epoch after which training was stopped; 0 if it was not.</summary>
    public int StoppedEpoch { get; private set; }

    /// <summary>The best value seen; null before the first.</summary>
    public double? Best => followed.Best;

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        // One instance may serve several trainings.
        (wait, bestEpoch, StoppedEpoch) = (0, 0, 0);
        followed.Best = null;
        ForgetWeights();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (followed.Read(logs, "Early stopping conditioned on metric") is not { } current || epoch < startFromEpoch)
            return;
        if (restoreBestWeights && bestWeights is null)
            KeepWeights(epoch);
        wait++;
        if (followed.IsImprovement(Model, current, followed.Best))
        {
            followed.Best = current;
            if (restoreBestWeights && bestEpoch != epoch)
                KeepWeights(epoch);
            bestEpoch = epoch;
            // Patience starts anew only if the baseline is beaten too.
            if (baseline is null || followed.IsImprovement(Model, current, baseline))
                wait = 0;
            return;
        }
        if (wait >= patience && epoch > 0)
        {
            StoppedEpoch = epoch;
            Model.StopTraining = true;
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(Logs logs)
    {
        if (StoppedEpoch > 0 && verbose > 0)
            Console.Out.WriteLine($"Epoch {StoppedEpoch + 1}: early stopping");
        if (bestWeights is null)
            return;
        if (verbose > 0)
            Console.Out.WriteLine($"Restoring model weights from the end of the best epoch: {bestEpoch + 1}.");
        Model.SetWeights(bestWeights);
        ForgetWeights();
    }

    private void KeepWeights(int epoch)
    {
        ForgetWeights();
        using (TensorScope.Suspend())
            bestWeights = Model.GetWeights();
        bestEpoch = epoch;
    }

    private void ForgetWeights()
    {
        foreach (var weight in bestWeights ?? [])
            weight.Dispose();
        bestWeights = null;
    }
}
