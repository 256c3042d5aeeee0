namespace GpuKeras;

// One batch of training, evaluation or prediction. Subclasses override these for training algorithms of their own.
public partial class Model
{
    /// <summary>Trains on one batch: forward pass, loss, gradients, update, metrics.</summary>
    /// <remarks>Runs within a <see cref="TensorScope"/>: a tensor that is to outlive the step needs <see cref="Tensor.Keep"/>.</remarks>
    /// <returns>The loss and the metrics so far in this epoch.</returns>
    protected virtual Logs TrainStep(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var tape = new GradientTape();
        var predictions = ApplyAll(batch.Inputs, training: true);
        var loss = ComputeLoss(batch.Inputs, batch.Targets, predictions, batch.SampleWeights);
        var variables = TrainableVariables;
        Optimizer.ApplyGradients(tape.Gradient(Optimizer.ScaleLoss(loss), variables), variables);
        return ComputeMetrics(batch.Inputs, batch.Targets, predictions, batch.SampleWeights);
    }

    /// <summary>Evaluates one batch.</summary>
    /// <returns>The loss and the metrics so far.</returns>
    protected virtual Logs TestStep(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var predictions = ApplyAll(batch.Inputs, training: false);
        ComputeLoss(batch.Inputs, batch.Targets, predictions, batch.SampleWeights);
        return ComputeMetrics(batch.Inputs, batch.Targets, predictions, batch.SampleWeights);
    }

    /// <summary>Predicts one batch.</summary>
    protected virtual TensorStructure PredictStep(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return ApplyAll(batch.Inputs, training: false);
    }

    /// <summary>The compiled loss of a batch plus the model's own <see cref="Layers.Layer.Losses"/>, a scalar; it also enters the <c>loss</c> of the logs.</summary>
    /// <param name="x">The inputs; not used here, for overrides.</param>
    /// <param name="y">The targets.</param>
    /// <param name="predictions">What the model returned.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <exception cref="InvalidOperationException">There is nothing to minimise.</exception>
    public virtual Tensor ComputeLoss(TensorStructure x, TensorStructure? y, TensorStructure predictions, TensorStructure? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(predictions);
        Tensor? loss = null;
        if (compiledLoss is not null && y is not null)
            loss = compiledLoss.Apply(y, predictions, sampleWeight, OutputNames(predictions));
        foreach (var penalty in Losses)
            loss = loss is null ? penalty : loss + penalty;
        if (loss is null)
            throw new InvalidOperationException("No loss to compute. Provide a `loss` argument in `Compile()`, and targets.");
        lossTracker.UpdateState(loss, x[0].Shape[0]);
        return loss;
    }

    /// <summary>Accumulates the compiled metrics of a batch.</summary>
    /// <returns>The loss and the metrics so far.</returns>
    public virtual Logs ComputeMetrics(TensorStructure x, TensorStructure? y, TensorStructure predictions, TensorStructure? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (y is not null)
            compiledMetrics.Update(y, predictions, sampleWeight, OutputNames(predictions));
        return CurrentLogs();
    }

    /// <summary>Trains on one batch outside <c>Fit</c>.</summary>
    /// <returns>The loss and the metrics since the last reset.</returns>
    public Logs TrainOnBatch(TensorStructure x, TensorStructure? y = null, TensorStructure? sampleWeight = null, IReadOnlyDictionary<int, double>? classWeight = null)
    {
        CheckCompiled();
        using var scope = new TensorScope();
        return Frozen(TrainStep(Single(x, y, sampleWeight, classWeight)));
    }

    /// <summary>Evaluates one batch.</summary>
    /// <returns>The loss and the metrics since the last reset.</returns>
    public Logs TestOnBatch(TensorStructure x, TensorStructure? y = null, TensorStructure? sampleWeight = null)
    {
        CheckCompiled();
        using var scope = new TensorScope();
        return Frozen(TestStep(Single(x, y, sampleWeight, null)));
    }

    /// <summary>Predicts one batch.</summary>
    public TensorStructure PredictOnBatch(TensorStructure x) => PredictStep(new Batch(x));

    /// <summary>Starts the loss and all metrics anew.</summary>
    public void ResetMetrics()
    {
        lossTracker.ResetState();
        foreach (var tracker in compiledLoss?.Trackers ?? [])
            tracker.ResetState();
        compiledMetrics.Reset();
    }

    private static Batch Single(TensorStructure x, TensorStructure? y, TensorStructure? sampleWeight, IReadOnlyDictionary<int, double>? classWeight)
    {
        ArraySource.CheckCardinality(x, y, sampleWeight);
        return ClassWeights.Apply(new Batch(x, y, sampleWeight), classWeight);
    }

    /// <summary>Reads all values now, while the metrics still hold them.</summary>
    private static Logs Frozen(Logs logs)
    {
        foreach (var _ in logs)
        {
        }
        return logs;
    }

    private IReadOnlyList<string> OutputNames(TensorStructure predictions) => outputNames ??= NameOutputs(predictions);

    private Logs CurrentLogs()
    {
        var logs = new Logs();
        logs.AddLazily("loss", lossTracker.Result);
        foreach (var tracker in compiledLoss?.Trackers ?? [])
            logs.AddLazily(tracker.Name, tracker.Result);
        foreach (var (name, metric, _, _) in compiledMetrics.Entries)
            logs.AddLazily(name, metric.Result);
        return logs;
    }

    private void CheckCompiled()
    {
        if (!IsCompiled)
            throw NotCompiled();
    }
}
