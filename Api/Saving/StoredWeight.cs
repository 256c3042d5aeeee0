namespace GpuKeras.Saving;

/// <summary>A tensor in a file that has been opened, but not read yet.</summary>
/// <param name="Name">The name or path in the file.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Encoding">How the file holds the elements.</param>
/// <param name="Read">Reads the elements.</param>
internal sealed record StoredWeight(string Name, Shape Shape, ElementEncoding Encoding, Func<Tensor> Read)
{
    /// <summary>The number of elements.</summary>
    public long Elements => Shape.Size;

    /// <summary>The same, in 32 bits if it is one number in 64: so TensorFlow's optimizers count steps.</summary>
    public StoredWeight Narrowed() => this is not { Elements: 1, Encoding.Target: DType.Int64 } ? this : this with
    {
        Encoding = new(ElementKind.Signed, sizeof(int)),
        Read = () =>
        {
            using var wide = Read();
            return Tensor.From((ReadOnlySpan<int>)[checked((int)wide.ToArray<long>()[0])], Shape);
        },
    };
}
