using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean of absolute differences.</summary>
/// <remarks>The mean over samples of <see cref="Losses.MeanAbsoluteError"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
[KerasClass("MeanAbsoluteError")]
public sealed class MeanAbsoluteErrorMetric(string? name = "mean_absolute_error") : LossMetric(new Losses.MeanAbsoluteError(), name);
