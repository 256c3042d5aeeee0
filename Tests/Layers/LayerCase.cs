using GpuKeras.Layers;

namespace GpuKeras.Tests.Layers;

/// <summary>A layer under test: how to make it, what to call it on, and what Keras' layer of the same arguments is made of.</summary>
/// <param name="Make">Makes the layer; each call a new one with the same configuration.</param>
/// <param name="Inputs">The inputs' shapes, batch axis included. Several inputs are passed as a list.</param>
/// <param name="Output">The output's shape.</param>
public sealed record LayerCase(Func<Layer> Make, Shape[] Inputs, Shape Output)
{
    private readonly Lazy<Type> type = new(() => Make().GetType());

    /// <summary>What distinguishes this case from others of the same layer.</summary>
    public string Variant { get; init; } = "";

    /// <summary>
    /// The keys of Keras' configuration, separated by spaces, without name, trainable and dtype. Null for a layer that cannot be
    /// saved.
    /// </summary>
    public string? ConfigKeys { get; init; } = "";

    /// <summary>The weights in Keras' order.</summary>
    public (string Name, Shape Shape, bool Trainable)[] Weights { get; init; } = [];

    /// <summary>Sets of input shapes that the layer, once built, must refuse by an error that names it and them.</summary>
    public Shape[][] BadInputs { get; init; } = [];

    /// <summary>The training flag of the gradient check.</summary>
    public bool Training { get; init; }

    /// <summary>Makes one input instead of random numbers from −2 to 2: from its number and shape.</summary>
    public Func<int, Shape, Tensor>? Input { get; init; }

    /// <summary>Whether the output depends differentiably on floating-point inputs.</summary>
    public bool IsDifferentiable { get; init; } = true;

    /// <summary>The layer's type.</summary>
    public Type Type => type.Value;

    /// <summary>The test's display name.</summary>
    public override string ToString() => Variant.Length == 0 ? Type.Name : $"{Type.Name} {Variant}";
}
