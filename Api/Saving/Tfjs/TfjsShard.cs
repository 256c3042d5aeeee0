namespace GpuKeras.Saving;

/// <summary>A binary file of a TensorFlow.js model.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="SizeBytes">Its size.</param>
internal sealed record TfjsShard(string Path, long SizeBytes);
