namespace GpuKeras.Callbacks;

/// <summary>Is told of every step of training, evaluation and prediction.</summary>
/// <remarks>Override what is needed. Logs hold the values so far; reading one waits for the device.</remarks>
public abstract class Callback
{
    /// <summary>The model that is being trained or evaluated.</summary>
    protected internal Model Model { get; internal set; } = null!;

    /// <summary>How the run was started.</summary>
    protected internal RunParameters Parameters { get; internal set; } = new(1, null, 1);

    /// <summary>Training starts.</summary>
    public virtual void OnTrainBegin()
    {
    }

    /// <summary>Training has ended.</summary>
    public virtual void OnTrainEnd(Logs logs)
    {
    }

    /// <summary>An epoch starts.</summary>
    public virtual void OnEpochBegin(int epoch)
    {
    }

    /// <summary>An epoch has ended, with <c>val_…</c> values if there is validation data.</summary>
    public virtual void OnEpochEnd(int epoch, Logs logs)
    {
    }

    /// <summary>A training batch starts.</summary>
    public virtual void OnTrainBatchBegin(int batch)
    {
    }

    /// <summary>A training batch has ended.</summary>
    public virtual void OnTrainBatchEnd(int batch, Logs logs)
    {
    }

    /// <summary>Evaluation, or validation within training, starts.</summary>
    public virtual void OnTestBegin()
    {
    }

    /// <summary>Evaluation, or validation within training, has ended.</summary>
    public virtual void OnTestEnd(Logs logs)
    {
    }

    /// <summary>A test batch starts.</summary>
    public virtual void OnTestBatchBegin(int batch)
    {
    }

    /// <summary>A test batch has ended.</summary>
    public virtual void OnTestBatchEnd(int batch, Logs logs)
    {
    }

    /// <summary>Prediction starts.</summary>
    public virtual void OnPredictBegin()
    {
    }

    /// <summary>Prediction has ended.</summary>
    public virtual void OnPredictEnd()
    {
    }

    /// <summary>A prediction batch starts.</summary>
    public virtual void OnPredictBatchBegin(int batch)
    {
    }

    /// <summary>A prediction batch has ended.</summary>
    public virtual void OnPredictBatchEnd(int batch)
    {
    }
}
