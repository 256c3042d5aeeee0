using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>The mean of squared differences of logarithms.</summary>
/// <remarks>The mean over samples of <see cref="Losses.MeanSquaredLogarithmicError"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
[KerasClass("MeanSquaredLogarithmicError")]
public sealed class MeanSquaredLogarithmicErrorMetric(string? name = "mean_squared_logarithmic_error")
    : LossMetric(new Losses.MeanSquaredLogarithmicError(), name);
