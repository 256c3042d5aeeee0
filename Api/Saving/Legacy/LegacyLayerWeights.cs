namespace GpuKeras.Saving;

/// <summary>The weights that a file has under the name of a layer.</summary>
/// <param name="Name">The layer's name when it was saved.</param>
/// <param name="Weights">Its weights in the file's order: those that were trained, then the others, of all layers in it.</param>
internal sealed record LegacyLayerWeights(string Name, IReadOnlyList<StoredWeight> Weights);
