using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean hinge loss for several classes.</summary>
/// <remarks>The mean over samples of <see cref="Losses.CategoricalHinge"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
[KerasClass("CategoricalHinge")]
public sealed class CategoricalHingeMetric(string? name = "categorical_hinge") : LossMetric(new Losses.CategoricalHinge(), name);
