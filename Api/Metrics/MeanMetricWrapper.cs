using GpuKeras.Losses;

namespace GpuKeras.Metrics;

/// <summary>The mean over samples of any loss, or of any function through <see cref="Loss.FromFunction"/>.</summary>
/// <param name="fn">The loss; its own reduction does not matter.</param>
/// <param name="name">The name in logs; the loss' by default.</param>
public sealed class MeanMetricWrapper(Loss fn, string? name = null) : LossMetric(fn, name ?? fn?.Name)
{
    /// <summary>The loss.</summary>
    public Loss Fn { get; } = fn ?? throw new ArgumentNullException(nameof(fn));
}
