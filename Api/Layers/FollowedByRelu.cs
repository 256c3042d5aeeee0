namespace GpuKeras.Layers;

/// <summary>The argument of a call that tells an <see cref="IReluFusion"/> to apply the relu of the layer behind it too.</summary>
internal sealed class FollowedByRelu
{
    private FollowedByRelu()
    {
    }

    /// <summary>The only one.</summary>
    public static FollowedByRelu Instance { get; } = new();

    /// <summary>Whether a layer does nothing but relu.</summary>
    public static bool IsRelu(Layer layer) => layer switch
    {
        ReLU relu => relu is { MaxValue: null, NegativeSlope: 0, Threshold: 0 },
        Activation activation => ReferenceEquals(activation.Function, ReluFunction),
        _ => false,
    };

    private static Activations.ActivationFunction ReluFunction { get; } = "relu";
}
