namespace GpuKeras.Metrics;

/// <summary>The mean logarithm of the hyperbolic cosine of the differences.</summary>
/// <remarks>The mean over samples of <see cref="Losses.LogCosh"/>, whose formula and shapes it has.</remarks>
/// <param name="name">The name in logs.</param>
public sealed class LogCoshError(string? name = "logcosh") : LossMetric(new Losses.LogCosh(), name);
