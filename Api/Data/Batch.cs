namespace GpuKeras;

/// <summary>Some samples of a data set: inputs, and possibly targets and weights. The first axis of every tensor is the batch.</summary>
/// <param name="inputs">What the model is given.</param>
/// <param name="targets">What the model should return.</param>
/// <param name="sampleWeights">How much each sample counts.</param>
public sealed class Batch(TensorStructure inputs, TensorStructure? targets = null, TensorStructure? sampleWeights = null)
{
    /// <summary>What the model is given.</summary>
    public TensorStructure Inputs => inputs;

    /// <summary>What the model should return, if known.</summary>
    public TensorStructure? Targets => targets;

    /// <summary>How much each sample counts, if not the same.</summary>
    public TensorStructure? SampleWeights => sampleWeights;

    /// <summary>The only input.</summary>
    /// <exception cref="InvalidOperationException">There are several; see <see cref="Inputs"/>.</exception>
    public Tensor X => inputs.Single;

    /// <summary>The only target.</summary>
    /// <exception cref="InvalidOperationException">There is none, or several; see <see cref="Targets"/>.</exception>
    public Tensor Y => targets?.Single ?? throw new InvalidOperationException("batch: it has no targets");

    /// <summary>The only sample weight, or null.</summary>
    public Tensor? SampleWeight => sampleWeights?.Single;

    /// <summary>The number of samples.</summary>
    public int Size => inputs[0].Shape[0];

    /// <summary>The input and the target, for <c>foreach (var (x, y) in dataset)</c>.</summary>
    public void Deconstruct(out Tensor x, out Tensor y) => (x, y) = (X, Y);

    /// <summary>The input, the target and the weight.</summary>
    public void Deconstruct(out Tensor x, out Tensor y, out Tensor? sampleWeight) => (x, y, sampleWeight) = (X, Y, SampleWeight);

    /// <summary>Lets the current <see cref="TensorScope"/> own the tensors that a pipeline made for whoever takes the batch.</summary>
    internal Batch Receive()
    {
        ForEach(static tensor => TensorScope.Receive(tensor.Storage));
        return this;
    }

    /// <summary>Gives back the memory of the tensors that a pipeline made, if nobody is going to take the batch.</summary>
    internal void Discard() => ForEach(static tensor =>
    {
        if (TensorScope.IsInTransit(tensor.Storage))
            tensor.Storage.Recycle();
    });

    /// <summary>Does something with each tensor of the batch.</summary>
    internal void ForEach(Action<Tensor> action)
    {
        foreach (var tensor in inputs.Tensors)
            action(tensor);
        foreach (var tensor in targets?.Tensors ?? [])
            action(tensor);
        foreach (var tensor in sampleWeights?.Tensors ?? [])
            action(tensor);
    }
}
