namespace GpuKeras.Callbacks;

/// <summary>Passes each event to the callbacks in Keras' order: the user's, then the history, then the progress bar.</summary>
internal sealed class CallbackList
{
    private readonly List<Callback> callbacks;

    public CallbackList(Model model, RunParameters parameters, IEnumerable<Callback> callbacks)
    {
        this.callbacks = [.. callbacks];
        foreach (var callback in this.callbacks)
            (callback.Model, callback.Parameters) = (model, parameters);
    }

    public void ForEach(Action<Callback> tell)
    {
        foreach (var callback in callbacks)
            tell(callback);
    }

    public void TrainBatchBegin(int batch)
    {
        foreach (var callback in callbacks)
            callback.OnTrainBatchBegin(batch);
    }

    public void TrainBatchEnd(int batch, Logs logs)
    {
        foreach (var callback in callbacks)
            callback.OnTrainBatchEnd(batch, logs);
    }

    public void TestBatchBegin(int batch)
    {
        foreach (var callback in callbacks)
            callback.OnTestBatchBegin(batch);
    }

    public void TestBatchEnd(int batch, Logs logs)
    {
        foreach (var callback in callbacks)
            callback.OnTestBatchEnd(batch, logs);
    }
}
