namespace GpuKeras;

/// <summary>Data to evaluate after each epoch: <c>(x, y)</c>, <c>(x, y, sampleWeight)</c> or a <see cref="Dataset"/>.</summary>
public sealed class ValidationData
{
    private ValidationData(TensorStructure? x, TensorStructure? y, TensorStructure? sampleWeight, IEnumerable<Batch>? batches) =>
        (X, Y, SampleWeight, Batches) = (x, y, sampleWeight, batches);

    internal TensorStructure? X { get; }

    internal TensorStructure? Y { get; }

    internal TensorStructure? SampleWeight { get; }

    internal IEnumerable<Batch>? Batches { get; }

    /// <summary>Inputs and targets.</summary>
    public static implicit operator ValidationData((Tensor X, Tensor Y) data) => new(data.X, data.Y, null, null);

    /// <summary>Inputs and targets.</summary>
    public static implicit operator ValidationData((TensorStructure X, TensorStructure Y) data) => new(data.X, data.Y, null, null);

    /// <summary>Inputs, targets and weights.</summary>
    public static implicit operator ValidationData((Tensor X, Tensor Y, Tensor SampleWeight) data) => new(data.X, data.Y, data.SampleWeight, null);

    /// <summary>Inputs, targets and weights.</summary>
    public static implicit operator ValidationData((TensorStructure X, TensorStructure Y, TensorStructure SampleWeight) data) =>
        new(data.X, data.Y, data.SampleWeight, null);

    /// <summary>Batches.</summary>
    public static implicit operator ValidationData(Dataset batches) => new(null, null, null, batches);
}
