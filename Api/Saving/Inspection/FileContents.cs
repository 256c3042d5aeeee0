using System.Text.Json.Nodes;
using GpuKeras.Layers;

namespace GpuKeras.Saving;

/// <summary>What a model's or weights' file holds, found without running anything of it. The values of weights are read while it is open.</summary>
/// <param name="Format">The format, with the version and date if the file says them.</param>
/// <param name="Weights">The weights by path or name.</param>
internal sealed record FileContents(string Format, IReadOnlyList<StoredWeight> Weights) : IDisposable
{
    /// <summary>The model, if the file has an architecture that can be made here; its weights have no values.</summary>
    public Model? Model { get; init; }

    /// <summary>The model's inputs and outputs by the names of their layers or keys; none for a model that cannot be made or has no graph.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Inputs => Named(Model?.Inputs);

    /// <inheritdoc cref="Inputs"/>
    public IReadOnlyList<(string Name, Tensor Tensor)> Outputs => Named(Model?.Outputs);

    /// <summary>Why there is an architecture but no model; null if there is one or no architecture.</summary>
    public string? Problem { get; init; }

    /// <summary>The layers as the file tells of them, those within others after them; for a model that cannot be made.</summary>
    public IReadOnlyList<ListedLayer> Layers { get; init; } = [];

    /// <summary>How the model was compiled; null if it was not or the file does not say.</summary>
    public JsonObject? CompileConfig { get; init; }

    /// <summary>What is closed with it.</summary>
    public required IDisposable Source { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();

    private static IReadOnlyList<(string Name, Tensor Tensor)> Named(TensorStructure? tensors) =>
        [.. (tensors?.Tensors ?? []).Select((tensor, i) => (tensors!.Names?[i] ?? (tensor.Producer as LayerNode)?.Layer.Name ?? "", tensor))];
}
