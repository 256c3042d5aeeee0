using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean squared hinge loss.</summary>
/// <remarks>The mean over samples of <see cref="Losses.SquaredHinge"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
[KerasClass("SquaredHinge")]
public sealed class SquaredHingeMetric(string? name = "squared_hinge") : LossMetric(new Losses.SquaredHinge(), name);
