using GpuKeras.Activations;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>Applies an activation function to every element.</summary>
/// <remarks>Output shape = input shape. <c>new Activation("relu")</c> takes Keras' identifiers.</remarks>
public sealed class Activation : Layer
{
    /// <summary>A layer that applies a function.</summary>
    /// <param name="function">The function, or Keras' identifier of it; Keras' <c>activation</c>.</param>
    /// <param name="name">The layer's name.</param>
    public Activation([ConfigKey("activation")] ActivationFunction function, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(function);
        Function = function;
        SupportsMasking = true;
    }

    /// <summary>The function.</summary>
    public ActivationFunction Function { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => Function.Apply(inputs.AsFloatingPoint(DType));
}
