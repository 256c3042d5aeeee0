namespace GpuKeras.Callbacks;

/// <summary>When a checkpoint is written: <c>"epoch"</c>, after each epoch, or a number of batches.</summary>
public readonly record struct SaveFrequency
{
    private SaveFrequency(int? batches) => Batches = batches;

    /// <summary>The number of batches between checkpoints; null for one per epoch.</summary>
    public int? Batches { get; }

    /// <summary>After each epoch.</summary>
    /// <exception cref="ArgumentException">The word is not <c>epoch</c>.</exception>
    public static implicit operator SaveFrequency(string frequency) => frequency == "epoch"
        ? default
        : throw new ArgumentException($"saveFreq: must be \"epoch\" or a number of batches; got '{frequency}'", nameof(frequency));

    /// <summary>After every so many batches.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public static implicit operator SaveFrequency(int batches) => batches > 0
        ? new SaveFrequency(batches)
        : throw new ArgumentOutOfRangeException(nameof(batches), $"saveFreq: must be \"epoch\" or a positive number of batches; got {batches}");

    /// <summary>After every so many batches.</summary>
    public static SaveFrequency FromInt32(int batches) => batches;

    /// <summary>After each epoch.</summary>
    public static SaveFrequency FromString(string frequency) => frequency;
}
