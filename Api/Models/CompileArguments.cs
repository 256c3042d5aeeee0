using GpuKeras.Optimizers;

namespace GpuKeras;

/// <summary>What a model was compiled with.</summary>
internal sealed record CompileArguments(
    Optimizer Optimizer, LossSet? Loss, LossWeights? LossWeights, MetricSet? Metrics, MetricSet? WeightedMetrics);
