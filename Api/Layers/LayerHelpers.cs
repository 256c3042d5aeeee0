using System.Text.Json.Nodes;

namespace GpuKeras.Layers;

/// <summary>Small steps that many layers take.</summary>
internal static class LayerHelpers
{
    /// <summary>The tensor itself if it is of a floating-point dtype, otherwise converted: layers compute on integers as on numbers.</summary>
    public static Tensor AsFloatingPoint(this Tensor tensor, DType dtype) => tensor.DType.IsFloatingPoint() ? tensor : tensor.Cast(dtype);

    /// <summary>The size of an axis that a weight's shape depends on.</summary>
    /// <exception cref="ShapeException">The size is unknown.</exception>
    public static int KnownSize(this Layer layer, in Shape input, int axis)
    {
        var size = input[input.Axis(axis)];
        return size != Shape.Unknown
            ? size
            : throw new ShapeException(
                $"layer '{layer.Name}'", $"axis {axis} of the input must have a known size to make the weights",
                $"input shape {input.ToKerasString()}", "give this size in Keras.Input or InputLayer");
    }

    /// <summary>Makes the weights of a layer for an input's shape, from within the build of the layer around it.</summary>
    public static void BuildFor(this Layer inner, in Shape input) => inner.EnsureBuilt(Tensor.Symbolic(input, inner.DType));

    /// <summary>Leaves out a key that Keras writes only when it has a value.</summary>
    public static JsonObject WithoutNull(this JsonObject config, string key)
    {
        if (config[key] is null)
            config.Remove(key);
        return config;
    }
}
