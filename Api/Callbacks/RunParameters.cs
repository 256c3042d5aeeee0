namespace GpuKeras.Callbacks;

/// <summary>How a run was started.</summary>
/// <param name="Epochs">The index after the last epoch.</param>
/// <param name="Steps">The batches of an epoch, if that is known.</param>
/// <param name="Verbose">0 silent, 1 progress bar, 2 a line per epoch.</param>
public sealed record RunParameters(int Epochs, int? Steps, int Verbose);
