namespace GpuKeras.Saving;

/// <summary>What a <c>weightsManifest</c> says of one weight.</summary>
/// <param name="Name">The name, such as <c>dense/kernel</c>.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Encoding">How the elements lie in the file.</param>
/// <param name="Quantization">How the elements become numbers; null if they are numbers.</param>
/// <param name="Start">The first byte within the group's data.</param>
/// <param name="IsOfOptimizer">Whether it belongs to the optimizer's state.</param>
internal sealed record TfjsEntry(string Name, Shape Shape, ElementEncoding Encoding, TfjsQuantization? Quantization, long Start, bool IsOfOptimizer)
{
    /// <summary>The byte after the last one.</summary>
    public long End => Start + Shape.Size * Encoding.SizeBytes;
}
