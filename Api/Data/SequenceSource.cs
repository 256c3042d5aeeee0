namespace GpuKeras;

/// <summary>Batches from a <see cref="Dataset"/> or any sequence of batches.</summary>
internal sealed class SequenceSource(IEnumerable<Batch> batches, IReadOnlyDictionary<int, double>? classWeight) : BatchSource
{
    /// <inheritdoc/>
    public override int? Steps => batches is Dataset dataset ? dataset.Cardinality : batches is ICollection<Batch> list ? list.Count : null;

    /// <inheritdoc/>
    public override IEnumerable<Batch> Pass() =>
        classWeight is null ? batches : batches.Select(batch => ClassWeights.Apply(batch, classWeight));
}
