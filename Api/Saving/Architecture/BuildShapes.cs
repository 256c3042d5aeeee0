using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>The shapes of the inputs that a layer was built for: one, a list, or by name.</summary>
/// <param name="Shapes">The shapes in order.</param>
/// <param name="Names">Their names, or null.</param>
/// <param name="IsSingle">Whether it is one shape by itself.</param>
internal sealed record BuildShapes(IReadOnlyList<Shape> Shapes, IReadOnlyList<string>? Names, bool IsSingle)
{
    public static BuildShapes Of(TensorStructure inputs, Func<Shape, Shape> shapeOf) =>
        new([.. inputs.Tensors.Select(tensor => shapeOf(tensor.Shape))], inputs.Names, inputs.IsSingle);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static BuildShapes Read(ConfigReader value)
    {
        if (value.Value is JsonObject)
        {
            var named = value.Entries().OrderBy(static entry => entry.Key, StringComparer.Ordinal).ToArray();
            return new([.. named.Select(static entry => entry.Value.Shape())], [.. named.Select(static entry => entry.Key)], IsSingle: false);
        }
        return value.Value is JsonArray and [JsonArray, ..]
            ? new([.. value.Items().Select(static shape => shape.Shape())], null, IsSingle: false)
            : new([value.Shape()], null, IsSingle: true);
    }

    public JsonNode ToJson()
    {
        if (IsSingle)
            return ConfigValues.ToJson(Shapes[0])!;
        if (Names is null)
            return new JsonArray([.. Shapes.Select(static shape => ConfigValues.ToJson(shape))]);
        var named = new JsonObject();
        for (var i = 0; i < Shapes.Count; i++)
            named[Names[i]] = ConfigValues.ToJson(Shapes[i]);
        return named;
    }

    /// <summary>Symbolic tensors of these shapes.</summary>
    public TensorStructure ToInputs(DType dtype)
    {
        var tensors = Shapes.Select(shape => Tensor.Symbolic(shape, dtype)).ToArray();
        if (IsSingle)
            return tensors[0];
        return Names is null
            ? TensorStructure.FromList(tensors)
            : TensorStructure.FromNames(Names.Zip(tensors, static (name, tensor) => KeyValuePair.Create(name, tensor)));
    }
}
