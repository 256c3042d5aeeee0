namespace GpuKeras.Kernels.Convolution;

/// <summary>Neighbouring outputs along one axis that see inputs through the same taps.</summary>
/// <param name="First">The first output.</param>
/// <param name="Count">How many outputs.</param>
/// <param name="FirstTap">The first tap; those before it see the padding.</param>
/// <param name="Taps">How many taps; those after them see the padding.</param>
internal readonly record struct TapRun(int First, int Count, int FirstTap, int Taps);
