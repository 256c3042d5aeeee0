using GpuKeras.Optimizers;

namespace GpuKeras;

/// <summary>What <see cref="Model.Compile"/> was given.</summary>
internal sealed record CompileSettings(
    Optimizer Optimizer, LossSet? Loss, LossWeights? LossWeights, MetricSet? Metrics, MetricSet? WeightedMetrics);
