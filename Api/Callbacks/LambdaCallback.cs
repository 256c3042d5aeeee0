namespace GpuKeras.Callbacks;

/// <summary>A callback made of functions.</summary>
/// <param name="onEpochBegin">Given the epoch's index.</param>
/// <param name="onEpochEnd">Given the epoch's index and values.</param>
/// <param name="onTrainBegin">Called when training starts.</param>
/// <param name="onTrainEnd">Given the last epoch's values.</param>
/// <param name="onTrainBatchBegin">Given the batch's index in its epoch.</param>
/// <param name="onTrainBatchEnd">Given the batch's index and the values so far; reading one waits for the device.</param>
public sealed class LambdaCallback(
    Action<int>? onEpochBegin = null,
    Action<int, Logs>? onEpochEnd = null,
    Action? onTrainBegin = null,
    Action<Logs>? onTrainEnd = null,
    Action<int>? onTrainBatchBegin = null,
    Action<int, Logs>? onTrainBatchEnd = null) : Callback
{
    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => onEpochBegin?.Invoke(epoch);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs) => onEpochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnTrainBegin() => onTrainBegin?.Invoke();

    /// <inheritdoc/>
    public override void OnTrainEnd(Logs logs) => onTrainEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch) => onTrainBatchBegin?.Invoke(batch);

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs) => onTrainBatchEnd?.Invoke(batch, logs);
}
