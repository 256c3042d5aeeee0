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
}
