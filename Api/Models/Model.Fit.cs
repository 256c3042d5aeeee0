using GpuKeras.Callbacks;

namespace GpuKeras;

// Whole runs over data: Fit, Evaluate, Predict.
public partial class Model
{
    private const int DefaultBatchSize = 32;

    /// <summary>Set by a callback to end training after the current batch and epoch.</summary>
    public bool StopTraining { get; set; }

    /// <summary>Trains on arrays.</summary>
    /// <param name="x">The inputs; the first axis of each is the samples.</param>
    /// <param name="y">The targets.</param>
    /// <param name="batchSize">Samples per step; 32 by default. The last batch of an epoch may be smaller.</param>
    /// <param name="epochs">The index after the last epoch: with <paramref name="initialEpoch"/> 0, how often the data is used.</param>
    /// <param name="verbose">0 silent, 1 a progress bar, 2 a line per epoch.</param>
    /// <param name="callbacks">Told of every step.</param>
    /// <param name="validationSplit">The share of samples, the last ones, that is kept for validation.</param>
    /// <param name="validationData">Evaluated after each epoch; takes precedence over the split.</param>
    /// <param name="shuffle">Whether the samples are put in a new order in each epoch.</param>
    /// <param name="classWeight">How much the samples of each class count.</param>
    /// <param name="sampleWeight">How much each sample counts, <c>[samples]</c>.</param>
    /// <param name="initialEpoch">The index of the first epoch, to continue a training.</param>
    /// <param name="stepsPerEpoch">Batches per epoch, if not one pass over the data.</param>
    /// <param name="validationSteps">Batches per validation, if not all.</param>
    /// <param name="validationBatchSize">Samples per validation batch; <paramref name="batchSize"/> by default.</param>
    /// <param name="validationFrequency">Validate after every so many epochs.</param>
    /// <param name="cancellationToken">Ends training after the current batch; the weights stay as they are then.</param>
    /// <returns>The loss and the metrics of each epoch.</returns>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">The arrays do not fit together.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public History Fit(
        TensorStructure x,
        TensorStructure? y = null,
        int? batchSize = null,
        int epochs = 1,
        int verbose = 1,
        IReadOnlyList<Callback>? callbacks = null,
        double validationSplit = 0,
        ValidationData? validationData = null,
        bool shuffle = true,
        IReadOnlyDictionary<int, double>? classWeight = null,
        TensorStructure? sampleWeight = null,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        int? validationBatchSize = null,
        int validationFrequency = 1,
        CancellationToken cancellationToken = default)
    {
        CheckCompiled();
        BatchSource? validation = null;
        var size = batchSize ?? DefaultBatchSize;
        var samples = ArraySource.CheckCardinality(x, y, sampleWeight);
        if (validationData is null && validationSplit != 0)
        {
            var kept = SplitAt(samples, validationSplit);
            Tensor Last(Tensor tensor) => tensor[kept..];
            Tensor First(Tensor tensor) => tensor[..kept];
            validation = new ArraySource(x.Map(Last), y?.Map(Last), sampleWeight?.Map(Last), validationBatchSize ?? size);
            (x, y, sampleWeight) = (x.Map(First), y?.Map(First), sampleWeight?.Map(First));
        }
        var training = new ArraySource(x, y, sampleWeight, size, shuffle, classWeight);
        var run = new TrainingRun(epochs, initialEpoch, stepsPerEpoch, validationSteps, validationFrequency, verbose, cancellationToken);
        return Train(training, validation ?? Source(validationData, validationBatchSize ?? size), run, callbacks);
    }

    /// <summary>Trains on batches: a <see cref="Dataset"/>, or any sequence that starts anew each time it is enumerated.</summary>
    /// <inheritdoc cref="Fit(TensorStructure, TensorStructure?, int?, int, int, IReadOnlyList{Callback}?, double, ValidationData?, bool, IReadOnlyDictionary{int, double}?, TensorStructure?, int, int?, int?, int?, int, CancellationToken)"/>
    /// <param name="batches">The data.</param>
    public History Fit(
        IEnumerable<Batch> batches,
        int epochs = 1,
        int verbose = 1,
        IReadOnlyList<Callback>? callbacks = null,
        ValidationData? validationData = null,
        IReadOnlyDictionary<int, double>? classWeight = null,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        int validationFrequency = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        CheckCompiled();
        var run = new TrainingRun(epochs, initialEpoch, stepsPerEpoch, validationSteps, validationFrequency, verbose, cancellationToken);
        return Train(new SequenceSource(batches, classWeight), Source(validationData, DefaultBatchSize), run, callbacks);
    }

    /// <summary>The loss and the metrics over arrays.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="batchSize">Samples per batch; 32 by default.</param>
    /// <param name="verbose">0 silent, 1 a progress bar, 2 one line.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <param name="steps">Batches, if not all.</param>
    /// <param name="callbacks">Told of every batch.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public Logs Evaluate(
        TensorStructure x,
        TensorStructure? y = null,
        int? batchSize = null,
        int verbose = 1,
        TensorStructure? sampleWeight = null,
        int? steps = null,
        IReadOnlyList<Callback>? callbacks = null)
    {
        CheckCompiled();
        return Test(new ArraySource(x, y, sampleWeight, batchSize ?? DefaultBatchSize), steps, Callbacks(callbacks, verbose), CancellationToken.None);
    }

    /// <summary>The loss and the metrics over batches.</summary>
    /// <inheritdoc cref="Evaluate(TensorStructure, TensorStructure?, int?, int, TensorStructure?, int?, IReadOnlyList{Callback}?)"/>
    /// <param name="batches">The data.</param>
    public Logs Evaluate(IEnumerable<Batch> batches, int verbose = 1, int? steps = null, IReadOnlyList<Callback>? callbacks = null)
    {
        ArgumentNullException.ThrowIfNull(batches);
        CheckCompiled();
        return Test(new SequenceSource(batches, null), steps, Callbacks(callbacks, verbose), CancellationToken.None);
    }

    /// <summary>The model's output for all samples, <c>[samples, …]</c>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="batchSize">Samples per batch; 32 by default.</param>
    /// <param name="verbose">0 silent (default), 1 a progress bar.</param>
    /// <exception cref="InvalidOperationException">The model has several outputs; pass a <see cref="TensorStructure"/> to get them all.</exception>
    public Tensor Predict(Tensor x, int? batchSize = null, int verbose = 0) => Predict((TensorStructure)x, batchSize, verbose).Single;

    /// <summary>All the model's outputs for all samples.</summary>
    /// <inheritdoc cref="Predict(Tensor, int?, int)"/>
    public TensorStructure Predict(TensorStructure x, int? batchSize = null, int verbose = 0) =>
        PredictBatches(new ArraySource(x, batchSize: batchSize ?? DefaultBatchSize), verbose);

    /// <summary>All the model's outputs for all batches, one after the other.</summary>
    /// <inheritdoc cref="Predict(Tensor, int?, int)"/>
    /// <param name="batches">The data.</param>
    public TensorStructure Predict(IEnumerable<Batch> batches, int verbose = 0)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return PredictBatches(new SequenceSource(batches, null), verbose);
    }

    private static int SplitAt(int samples, double validationSplit)
    {
        if (validationSplit is <= 0 or >= 1)
            throw new ArgumentOutOfRangeException(nameof(validationSplit), $"validationSplit: must be between 0 and 1; got {validationSplit}");
        var kept = (int)Math.Floor(samples * (1 - validationSplit));
        return kept > 0 && kept < samples
            ? kept
            : throw new ArgumentException(
                $"Training data contains {samples} samples, which is not sufficient to split it into a validation and training set as specified by " +
                $"`validationSplit={validationSplit}`. Either provide more data, or a different value for the `validationSplit` argument.");
    }

    private static BatchSource? Source(ValidationData? data, int batchSize) => data switch
    {
        null => null,
        { Batches: { } batches } => new SequenceSource(batches, null),
        _ => new ArraySource(data.X!, data.Y, data.SampleWeight, batchSize),
    };

    private static List<Callback> Callbacks(IReadOnlyList<Callback>? given, int verbose)
    {
        var all = new List<Callback>(given ?? []);
        if (verbose != 0)
            all.Add(new ProgressBar(verbose));
        return all;
    }

    private History Train(BatchSource training, BatchSource? validation, TrainingRun run, IReadOnlyList<Callback>? callbacks)
    {
        var history = callbacks?.OfType<History>().FirstOrDefault() ?? new History();
        var all = new List<Callback>(callbacks ?? []);
        if (!all.Contains(history))
            all.Add(history);
        if (run.Verbose != 0)
            all.Add(new ProgressBar(run.Verbose));
        var list = new CallbackList(this, new RunParameters(run.Epochs, run.StepsPerEpoch ?? training.Steps, run.Verbose), all);

        StopTraining = false;
        using var iterator = new EpochIterator(training, run.StepsPerEpoch);
        list.ForEach(static callback => callback.OnTrainBegin());
        var logs = new Logs();
        for (var epoch = run.InitialEpoch; epoch < run.Epochs && !StopTraining && !run.Cancellation.IsCancellationRequested; epoch++)
        {
            ResetMetrics();
            list.ForEach(callback => callback.OnEpochBegin(epoch));
            logs = TrainEpoch(iterator, list, run.Cancellation);
            if (run.Cancellation.IsCancellationRequested)
                break;
            if (validation is not null && (epoch + 1 - run.InitialEpoch) % run.ValidationFrequency == 0)
                foreach (var (name, value) in Test(validation, run.ValidationSteps, list, run.Cancellation))
                    logs[$"val_{name}"] = value;
            list.ForEach(callback => callback.OnEpochEnd(epoch, logs));
        }
        Optimizer.FinalizeVariables(TrainableVariables);
        list.ForEach(callback => callback.OnTrainEnd(logs));
        run.Cancellation.ThrowIfCancellationRequested();
        return history;
    }

    private Logs TrainEpoch(EpochIterator iterator, CallbackList callbacks, CancellationToken cancellation)
    {
        var logs = new Logs();
        iterator.StartEpoch();
        for (var step = 0; !StopTraining && !cancellation.IsCancellationRequested; step++)
        {
            using var scope = new TensorScope();
            if (!iterator.TryNext(out var batch))
            {
                if (step == 0)
                    throw new ArgumentException("data: the sequence of batches is empty");
                break;
            }
            callbacks.TrainBatchBegin(step);
            logs = TrainStep(batch);
            callbacks.TrainBatchEnd(step, logs);
        }
        return Frozen(logs);
    }

    private Logs Test(BatchSource source, int? steps, IReadOnlyList<Callback> callbacks, CancellationToken cancellation) =>
        Test(source, steps, new CallbackList(this, new RunParameters(1, steps ?? source.Steps, 1), callbacks), cancellation);

    private Logs Test(BatchSource source, int? steps, CallbackList callbacks, CancellationToken cancellation)
    {
        ResetMetrics();
        callbacks.ForEach(static callback => callback.OnTestBegin());
        var logs = new Logs();
        using var iterator = new EpochIterator(source, steps);
        iterator.StartEpoch();
        for (var step = 0; !cancellation.IsCancellationRequested; step++)
        {
            using var scope = new TensorScope();
            if (!iterator.TryNext(out var batch))
                break;
            callbacks.TestBatchBegin(step);
            logs = TestStep(batch);
            callbacks.TestBatchEnd(step, logs);
        }
        Frozen(logs);
        callbacks.ForEach(callback => callback.OnTestEnd(logs));
        return logs;
    }

    private TensorStructure PredictBatches(BatchSource source, int verbose)
    {
        if (source.IsInfinite)
            throw new ArgumentException("data: it repeats without end, so that there is no whole prediction. Hint: repeat it a number of times, or Take some");
        var callbacks = new CallbackList(this, new RunParameters(1, source.Steps, verbose), Callbacks(null, verbose));
        var parts = new List<TensorStructure>();
        callbacks.ForEach(static callback => callback.OnPredictBegin());
        foreach (var batch in source.Pass())
        {
            var index = parts.Count;
            callbacks.ForEach(callback => callback.OnPredictBatchBegin(index));
            using (new TensorScope())
                parts.Add(PredictStep(batch).Map(static tensor => tensor.Keep()));
            callbacks.ForEach(callback => callback.OnPredictBatchEnd(index));
        }
        callbacks.ForEach(static callback => callback.OnPredictEnd());
        if (parts.Count == 0)
            throw new ArgumentException("data: the sequence of batches is empty");
        var outputs = new Tensor[parts[0].Count];
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = parts.Count == 1 ? parts[0][i] : Tensor.Concat([.. parts.Select(part => part[i])], axis: 0);
        return parts[0].With(outputs);
    }
}
