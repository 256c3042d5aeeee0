using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean negative log likelihood of counts under Poisson distributions.</summary>
/// <remarks>The mean over samples of <see cref="Losses.Poisson"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
[KerasClass("Poisson")]
public sealed class PoissonMetric(string? name = "poisson") : LossMetric(new Losses.Poisson(), name);
