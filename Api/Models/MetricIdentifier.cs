using GpuKeras.Metrics;

namespace GpuKeras;

/// <summary>A metric, or Keras' name of one. <c>"accuracy"</c> becomes the accuracy that fits the shapes of targets and predictions.</summary>
public sealed class MetricIdentifier
{
    private readonly string? identifier;
    private readonly SupervisedMetric? metric;

    private MetricIdentifier(string? identifier, SupervisedMetric? metric) => (this.identifier, this.metric) = (identifier, metric);

    /// <summary>The metric with Keras' identifier.</summary>
    /// <exception cref="ArgumentException">There is no such metric; the message suggests the nearest name.</exception>
    public static implicit operator MetricIdentifier(string identifier) =>
        MetricIdentifiers.IsKnown(identifier) ? new(identifier, null) : throw MetricIdentifiers.Unknown(identifier);

    /// <summary>This metric.</summary>
    public static implicit operator MetricIdentifier(SupervisedMetric metric) => new(null, metric);

    /// <summary>The mean of this loss over samples.</summary>
    public static implicit operator MetricIdentifier(Losses.Loss loss) => new(null, new MeanMetricWrapper(loss));

    /// <summary>The string as it was given, or the metric.</summary>
    internal object Given => identifier ?? (object)metric!;

    /// <summary>The metric for targets and predictions of these shapes.</summary>
    internal SupervisedMetric Resolve(in Shape yTrue, in Shape yPred) => metric ?? MetricIdentifiers.Resolve(identifier!, yTrue, yPred);
}
