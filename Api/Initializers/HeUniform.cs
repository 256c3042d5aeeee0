namespace GpuKeras.Initializers;

/// <summary>Uniform values within ±√(6 / inputs), made for ReLU. He et al. 2015.</summary>
/// <param name="seed">The seed; by default drawn from the global one.</param>
/// <param name="inputAxes">The axes that count as inputs, if not those of a kernel <c>[…, inputs, outputs]</c>.</param>
/// <param name="outputAxes">The axes that count as outputs; given together with <paramref name="inputAxes"/>.</param>
public sealed class HeUniform(long? seed = null, IReadOnlyList<int>? inputAxes = null, IReadOnlyList<int>? outputAxes = null)
    : VarianceScaling(2, "fan_in", "uniform", seed, inputAxes, outputAxes);
