using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean hinge loss.</summary>
/// <remarks>The mean over samples of <see cref="Losses.Hinge"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
[KerasClass("Hinge")]
public sealed class HingeMetric(string? name = "hinge") : LossMetric(new Losses.Hinge(), name);
