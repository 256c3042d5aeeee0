using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean Kullback-Leibler divergence of predicted distributions from the targets.</summary>
/// <remarks>The mean over samples of <see cref="Losses.KLDivergence"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
[KerasClass("KLDivergence")]
public sealed class KLDivergenceMetric(string? name = "kl_divergence") : LossMetric(new Losses.KLDivergence(), name);
