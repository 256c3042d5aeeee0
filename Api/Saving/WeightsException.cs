namespace GpuKeras.Saving;

/// <summary>The weights of a file are not those of the model.</summary>
/// <param name="message">What is missing, what is too much, what differs.</param>
public sealed class WeightsException(string message) : ArgumentException(message);
