namespace GpuKeras.Saving;

/// <summary>Weights of a TensorFlow.js model that lie one after the other in the same binary files.</summary>
/// <param name="Shards">The files; the data goes on from one to the next.</param>
/// <param name="Entries">The weights in the order of the data.</param>
internal sealed record TfjsGroup(IReadOnlyList<TfjsShard> Shards, IReadOnlyList<TfjsEntry> Entries)
{
    private static readonly ElementEncoding Float32 = new(ElementKind.Float, sizeof(float));

    /// <summary>The weights, without those of an optimizer.</summary>
    public IEnumerable<StoredWeight> Stored() => Entries.Where(static entry => !entry.IsOfOptimizer).Select(entry => new StoredWeight(
        entry.Name, entry.Shape, entry.Quantization is null ? entry.Encoding : Float32, () => Read(entry)));

    private Tensor Read(TfjsEntry entry)
    {
        Stream stream = new ShardStream(Shards, entry.Start);
        if (entry.Quantization is { } quantization)
            stream = new DequantizingStream(stream, entry.Encoding.SizeBytes, quantization);
        using (stream)
            return TensorStream.Read(stream, $"{Shards[0].Path}: {entry.Name}", entry.Shape, entry.Quantization is null ? entry.Encoding : Float32);
    }
}
