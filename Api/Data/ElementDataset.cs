namespace GpuKeras;

/// <summary>Elements that exist one by one: batches, or what a program or a function gave.</summary>
internal sealed class ElementDataset(ElementSequence<Batch> elements) : Dataset
{
    /// <inheritdoc/>
    internal override IEnumerable<Batch> Elements => elements.Elements;

    private protected override long? Count => elements.Count;

    private protected override Dataset Then(ISequenceStep step) => new ElementDataset(elements.Then(step));

    private protected override IEnumerable<Batch> Batches(int size, bool dropRemainder)
    {
        var waiting = new List<Batch>();
        foreach (var element in elements.Elements)
        {
            waiting.Add(element);
            if (waiting.Count == size)
            {
                yield return Stack(waiting);
                waiting.Clear();
            }
        }
        if (waiting.Count > 0 && !dropRemainder)
            yield return Stack(waiting);
    }

    private static Batch Stack(List<Batch> samples)
    {
        var batch = new Batch(
            Stack(samples, static sample => sample.Inputs)!,
            Stack(samples, static sample => sample.Targets),
            Stack(samples, static sample => sample.SampleWeights));
        foreach (var sample in samples)
            sample.Discard();
        return batch;
    }

    private static TensorStructure? Stack(List<Batch> samples, Func<Batch, TensorStructure?> part)
    {
        var first = part(samples[0]);
        foreach (var sample in samples)
            if (part(sample)?.Count != first?.Count)
                throw new ArgumentException(
                    $"Dataset.Batch: all elements must have the same parts; got {Describe(first)} and {Describe(part(sample))}");
        if (first is null)
            return null;
        var stacked = new Tensor[first.Count];
        var tensors = new Tensor[samples.Count];
        for (var i = 0; i < stacked.Length; i++)
        {
            for (var j = 0; j < tensors.Length; j++)
                tensors[j] = part(samples[j])![i];
            stacked[i] = Stack(tensors);
        }
        return first.With(stacked);
    }

    private static Tensor Stack(Tensor[] tensors)
    {
        foreach (var tensor in tensors)
            if (tensor.Shape != tensors[0].Shape || tensor.DType != tensors[0].DType)
                throw new ShapeException(
                    "Dataset.Batch", "elements must have the same shape and dtype",
                    $"{tensors[0].DType.KerasName()} {tensors[0].Shape} and {tensor.DType.KerasName()} {tensor.Shape}", "pad or resize them in Map");
        var stacked = Tensor.Stack(tensors);
        TensorScope.Send(stacked.Storage);
        return stacked;
    }

    private static string Describe(TensorStructure? part) => part?.ToString() ?? "none";
}
