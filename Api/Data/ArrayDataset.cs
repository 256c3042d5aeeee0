namespace GpuKeras;

/// <summary>Samples of arrays: they stay numbers until they are batched, so that no sample is ever copied by itself.</summary>
/// <param name="arrays">The arrays; the first axis is the samples.</param>
/// <param name="indices">Which samples, in which order.</param>
internal sealed class ArrayDataset(Batch arrays, ElementSequence<int> indices) : Dataset
{
    /// <inheritdoc/>
    internal override IEnumerable<Batch> Elements
    {
        get
        {
            foreach (var index in indices.Elements)
                yield return Map(tensor => tensor[index]);
        }
    }

    private protected override long? Count => indices.Count;

    private protected override Dataset Then(ISequenceStep step) => new ArrayDataset(arrays, indices.Then(step));

    private protected override IEnumerable<Batch> Batches(int size, bool dropRemainder)
    {
        var rows = new int[size];
        var count = 0;
        foreach (var index in indices.Elements)
        {
            rows[count++] = index;
            if (count == size)
            {
                yield return Cut(rows);
                count = 0;
            }
        }
        if (count > 0 && !dropRemainder)
            yield return Cut(rows.AsSpan(0, count));
    }

    private Batch Cut(ReadOnlySpan<int> rows)
    {
        // Consecutive samples lie side by side: a view of the array will do.
        var (first, end) = (rows[0], rows[0] + rows.Length);
        if (AreConsecutive(rows))
            return Map(tensor => tensor[first..end]);
        using var chosen = Tensor.From(rows);
        return Map(tensor =>
        {
            var gathered = tensor.Gather(chosen);
            TensorScope.Send(gathered.Storage);
            return gathered;
        });
    }

    private static bool AreConsecutive(ReadOnlySpan<int> rows)
    {
        for (var i = 1; i < rows.Length; i++)
            if (rows[i] != rows[0] + i)
                return false;
        return true;
    }

    private Batch Map(Func<Tensor, Tensor> change) => new(arrays.Inputs.Map(change), arrays.Targets?.Map(change), arrays.SampleWeights?.Map(change));
}
