using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean of squared differences.</summary>
/// <remarks>The mean over samples of <see cref="Losses.MeanSquaredError"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
[KerasClass("MeanSquaredError")]
public sealed class MeanSquaredErrorMetric(string? name = "mean_squared_error") : LossMetric(new Losses.MeanSquaredError(), name);
