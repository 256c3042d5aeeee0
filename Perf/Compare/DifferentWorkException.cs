namespace GpuKeras.Perf.Compare;

/// <summary>The two sides of a comparison do not compute the same.</summary>
internal sealed class DifferentWorkException(string message) : Exception(message);
