namespace GpuKeras;

/// <summary>Batches from a <see cref="Dataset"/> or any sequence of batches.</summary>
internal sealed class SequenceSource(IEnumerable<Batch> batches, IReadOnlyDictionary<int, double>? classWeight) : BatchSource
{
    private readonly Dataset dataset = Dataset.FromEnumerable(batches);

    /// <inheritdoc/>
    public override int? Steps => dataset.Cardinality;

    /// <inheritdoc/>
    public override bool IsInfinite => dataset.IsInfinite;

    /// <inheritdoc/>
    public override IEnumerable<Batch> Pass() =>
        classWeight is null ? dataset : dataset.Select(batch => ClassWeights.Apply(batch, classWeight));
}
