using System.Globalization;
using GpuKeras.Saving;

namespace GpuKeras.Callbacks;

/// <summary>Writes the model or its weights to a file as training goes on.</summary>
public sealed class ModelCheckpoint : Callback
{
    private readonly PathTemplate path;
    private readonly Monitor followed;
    private readonly int verbose;
    private readonly bool saveBestOnly;
    private readonly bool saveWeightsOnly;
    private readonly int? batchesBetween;
    private int batchesSinceSaving;
    private int epoch;

    /// <summary>Writes the model or its weights to a file as training goes on.</summary>
    /// <param name="filepath">
    /// The file, ending in <c>.keras</c>, or for weights in <c>.weights.h5</c> or <c>.safetensors</c>. It may have places for <c>{epoch:02d}</c> and values of the logs, such as <c>{val_loss:.2f}</c>, in Python's format.
    /// </param>
    /// <param name="monitor">The name of the value in the logs that says which state is best.</param>
    /// <param name="verbose">1 says when a file is written.</param>
    /// <param name="saveBestOnly">Whether only improvements of the monitored value are written.</param>
    /// <param name="saveWeightsOnly">Whether only the weights are saved, rather than the whole model.</param>
    /// <param name="mode"><c>min</c>, <c>max</c>, or <c>auto</c> to infer the direction from the metric.</param>
    /// <param name="saveFreq"><c>"epoch"</c>, or a number of batches.</param>
    /// <param name="initialValueThreshold">A value that has to be beaten before anything is written.</param>
    /// <exception cref="ArgumentException">The path has another ending, or a place in it is not understood.</exception>
    public ModelCheckpoint(
        string filepath,
        string monitor = "val_loss",
        int verbose = 0,
        bool saveBestOnly = false,
        bool saveWeightsOnly = false,
        string mode = "auto",
        SaveFrequency saveFreq = default,
        double? initialValueThreshold = null)
    {
        path = new PathTemplate(filepath);
        CheckEnding(filepath, saveWeightsOnly);
        followed = new Monitor(nameof(ModelCheckpoint), monitor, mode, 0) { Best = initialValueThreshold };
        (this.verbose, this.saveBestOnly, this.saveWeightsOnly, batchesBetween) = (verbose, saveBestOnly, saveWeightsOnly, saveFreq.Batches);
    }

    /// <summary>The best value so far; null before the first.</summary>
    public double? Best => followed.Best;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => this.epoch = epoch;

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        if (batchesBetween is not { } interval || ++batchesSinceSaving < interval)
            return;
        batchesSinceSaving = 0;
        Save(batch + 1, logs);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        if (batchesBetween is null)
            Save(batch: null, logs);
    }

    private static void CheckEnding(string filepath, bool weightsOnly)
    {
        if (weightsOnly && !FileEnding.Is(filepath, FileEnding.WeightsH5) && !FileEnding.Is(filepath, FileEnding.Safetensors))
            throw new ArgumentException(
                $"When using `saveWeightsOnly: true` in `ModelCheckpoint`, the filepath provided must end in `{FileEnding.WeightsH5}` " +
                $"(Keras weights format) or `{FileEnding.Safetensors}`. Received: filepath={filepath}",
                nameof(filepath));
        if (!weightsOnly && !FileEnding.Is(filepath, FileEnding.Keras))
            throw new ArgumentException(
                $"The filepath provided must end in `{FileEnding.Keras}` (Keras model format). Received: filepath={filepath}", nameof(filepath));
    }

    private void Save(int? batch, Logs logs)
    {
        var file = path.Fill(epoch + 1, batch, logs);
        if (saveBestOnly && !IsBest(logs, file))
            return;
        if (!saveBestOnly)
            Say($"saving model to {file}");
        if (Directory.Exists(file))
            throw new IOException($"ModelCheckpoint: needs a file to write to; '{file}' is a directory");
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        if (saveWeightsOnly)
            Model.SaveWeights(file);
        else
            Model.Save(file);
        Say($"finished saving model to {file}");
    }

    private bool IsBest(Logs logs, string file)
    {
        // As in Keras: without the value every state is saved, rather than none.
        if (followed.Read(logs, "Can save best model only with") is not { } current)
            return true;
        var before = followed.Best;
        var best = before?.ToString("F5", CultureInfo.InvariantCulture) ?? "None";
        if (!followed.IsImprovement(Model, current, before))
        {
            Say($"{followed.Name} did not improve from {best}");
            return false;
        }
        followed.Best = current;
        Say(string.Create(CultureInfo.InvariantCulture, $"{followed.Name} improved from {best} to {current:F5}, saving model to {file}"));
        return true;
    }

    private void Say(string message)
    {
        if (verbose > 0)
            Console.Out.WriteLine($"\nEpoch {epoch + 1}: {message}");
    }
}
