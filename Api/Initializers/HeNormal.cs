namespace GpuKeras.Initializers;

/// <summary>Truncated normal values of variance 2 / inputs, made for ReLU. He et al. 2015.</summary>
/// <param name="seed">The seed; by default drawn from the global one.</param>
/// <param name="inputAxes">The axes that count as inputs, if not those of a kernel <c>[…, inputs, outputs]</c>.</param>
/// <param name="outputAxes">The axes that count as outputs; given together with <paramref name="inputAxes"/>.</param>
public sealed class HeNormal(long? seed = null, IReadOnlyList<int>? inputAxes = null, IReadOnlyList<int>? outputAxes = null)
    : VarianceScaling(2, "fan_in", "truncated_normal", seed, inputAxes, outputAxes);
