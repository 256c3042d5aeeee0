using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean of absolute differences in per cent of the target.</summary>
/// <remarks>The mean over samples of <see cref="Losses.MeanAbsolutePercentageError"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
[KerasClass("MeanAbsolutePercentageError")]
public sealed class MeanAbsolutePercentageErrorMetric(string? name = "mean_absolute_percentage_error")
    : LossMetric(new Losses.MeanAbsolutePercentageError(), name);
