using System.Text.Json.Nodes;
using GpuKeras.Activations;
using GpuKeras.Losses;
using GpuKeras.Metrics;

namespace GpuKeras.Saving;

/// <summary>Functions that configurations name: activations, losses and metrics of Keras, and registered activations.</summary>
internal static class FunctionNames
{
    public static bool IsKnown(JsonNode? name) => name is JsonValue value && value.TryGetValue(out string? text)
        && (ActivationNames.IsKnown(text) || LossIdentifiers.IsKnown(text) || MetricIdentifiers.IsKnown(text));
}
