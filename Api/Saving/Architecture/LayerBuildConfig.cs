using System.Text.Json.Nodes;
using GpuKeras.Layers;

namespace GpuKeras.Saving;

/// <summary>How a layer was built, as Keras writes it: the shape of its inputs, by the names of Keras' arguments where there are several.</summary>
internal static class LayerBuildConfig
{
    private static readonly string[] Attention = ["query_shape", "value_shape", "key_shape"];

    /// <summary>The configuration; null for a layer that is not built, or that Keras builds when it is made.</summary>
    public static JsonObject? Of(Layer layer)
    {
        if (layer is Model { Graph: not null } and not Sequential)
            return new JsonObject { ["input_shape"] = null };
        if (layer is Sequential { Inputs: { } inputs })
            return new JsonObject { ["input_shape"] = ConfigValues.ToJson(inputs.Single.Shape) };
        if (layer.BuildShapes is not { } built || IsBuiltWhenMade(layer))
            return null;
        return layer switch
        {
            MultiHeadAttention => new JsonObject { ["shapes_dict"] = ByName(built.Shapes.Take(Attention.Length), Attention) },
            RecurrentLayer or Bidirectional when built.Shapes.Count > 1 => new JsonObject
            {
                ["shapes_dict"] = new JsonObject
                {
                    ["sequences_shape"] = ConfigValues.ToJson(built.Shapes[0]),
                    ["initial_state_shape"] = new JsonArray([.. built.Shapes.Skip(1).Select(static shape => ConfigValues.ToJson(shape))]),
                },
            },
            RecurrentLayer or Bidirectional => new JsonObject { ["input_shape"] = ConfigValues.ToJson(built.Shapes[0]) },
            _ => new JsonObject { ["input_shape"] = built.ToJson() },
        };
    }

    private static bool IsBuiltWhenMade(Layer layer) => layer
        is InputLayer or Activation or ELU or LeakyReLU or ReLU or Softmax or Identity or Dropout or SpatialDropout2D or GaussianNoise
        or Pooling1D or Pooling2D or GlobalPooling or GlobalAveragePooling1D;

    private static JsonObject ByName(IEnumerable<Shape> shapes, string[] names) =>
        new(names.Zip(shapes).Select(static entry => KeyValuePair.Create(entry.First, ConfigValues.ToJson(entry.Second))));
}
