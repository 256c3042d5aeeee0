namespace GpuKeras.Metrics;

/// <summary>The mean of squared differences of logarithms.</summary>
/// <remarks>The mean over samples of <see cref="Losses.MeanSquaredLogarithmicError"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
public sealed class MeanSquaredLogarithmicError(string? name = "mean_squared_logarithmic_error")
    : LossMetric(new Losses.MeanSquaredLogarithmicError(), name);
