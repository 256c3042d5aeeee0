namespace GpuKeras.Initializers;

/// <summary>Uniform values within ±√(3 / inputs). LeCun et al. 1998.</summary>
/// <param name="seed">The seed; by default drawn from the global one.</param>
/// <param name="inputAxes">The axes that count as inputs, if not those of a kernel <c>[…, inputs, outputs]</c>.</param>
/// <param name="outputAxes">The axes that count as outputs; given together with <paramref name="inputAxes"/>.</param>
public sealed class LecunUniform(long? seed = null, IReadOnlyList<int>? inputAxes = null, IReadOnlyList<int>? outputAxes = null)
    : VarianceScaling(1, "fan_in", "uniform", seed, inputAxes, outputAxes);
