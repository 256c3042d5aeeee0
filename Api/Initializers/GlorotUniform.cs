namespace GpuKeras.Initializers;

/// <summary>Uniform values within ±√(6 / (inputs + outputs)), Keras' default for kernels. Glorot and Bengio 2010.</summary>
/// <param name="seed">The seed; by default drawn from the global one.</param>
/// <param name="inputAxes">The axes that count as inputs, if not those of a kernel <c>[…, inputs, outputs]</c>.</param>
/// <param name="outputAxes">The axes that count as outputs; given together with <paramref name="inputAxes"/>.</param>
public sealed class GlorotUniform(long? seed = null, IReadOnlyList<int>? inputAxes = null, IReadOnlyList<int>? outputAxes = null)
    : VarianceScaling(1, "fan_avg", "uniform", seed, inputAxes, outputAxes);
