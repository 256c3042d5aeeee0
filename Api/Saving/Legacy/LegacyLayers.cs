using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>What Keras 2 called otherwise in the configurations of single layers.</summary>
internal static class LegacyLayers
{
    private static readonly FrozenDictionary<string, string> Renamed = new Dictionary<string, string>
    {
        ["BatchNormalizationV1"] = "BatchNormalization",
        ["BatchNormalizationV2"] = "BatchNormalization",
        ["CuDNNLSTM"] = "LSTM",
        ["CuDNNGRU"] = "GRU",
    }.ToFrozenDictionary();

    // Keys that said how something was computed, not what, or what is known otherwise.
    private static readonly FrozenSet<string> Dropped = FrozenSet.Create(
        "autocast", "batch_input_shape", "dynamic", "expects_mask_arg", "expects_training_arg", "fused", "implementation", "input_dtype",
        "input_length", "key_shape", "query_shape", "shared_object_id", "value_shape", "__passive_serialization__");

    // Keys of which Keras 3 has kept one value only.
    private static readonly FrozenDictionary<string, JsonNode> Fixed = new Dictionary<string, JsonNode>
    {
        ["ragged"] = false,
        ["sparse"] = false,
        ["time_major"] = false,
        ["virtual_batch_size"] = false,
        ["adjustment"] = false,
    }.ToFrozenDictionary();

    // Keras 2 wrote what all convolutions have for those kinds too that have no use for it.
    private static readonly FrozenSet<string> KindsOfConvolution = FrozenSet.Create(
        "Conv2DTranspose", "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D");

    /// <summary>Translates a layer's class and configuration.</summary>
    /// <param name="className">The class.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="dialect">What it means.</param>
    /// <param name="problems">Takes what Keras 3 cannot say.</param>
    /// <param name="layer">Translates a layer in the configuration.</param>
    public static (string ClassName, JsonObject Config) Translate(
        string className, ConfigReader config, LegacyDialect dialect, List<string> problems, Func<ConfigReader, JsonObject> layer)
    {
        var result = new JsonObject();
        // Code is refused by its class, and is not carried any further.
        if (className == "Lambda")
        {
            LegacyObjects.Copy(config, result, "name");
            return (className, result);
        }
        foreach (var (key, value) in config.Entries())
        {
            if (Dropped.Contains(key))
                continue;
            var mustBe = key == "groups" && KindsOfConvolution.Contains(className) ? 1 : Fixed.GetValueOrDefault(key);
            if (mustBe is null)
                result[key] = Value(key, value, dialect, layer);
            else if (!value.IsNull && !JsonNode.DeepEquals(value.Value, mustBe))
                problems.Add($"{value.Path}: must be {mustBe.ToJsonString()}; got {value.Value!.ToJsonString()}");
            else if (className == "InputLayer")
                result[key] = mustBe.DeepClone();
        }
        Adapt(className, config, result, dialect);
        return (Renamed.GetValueOrDefault(className, className), result);
    }

    private static JsonNode? Value(string key, ConfigReader value, LegacyDialect dialect, Func<ConfigReader, JsonObject> layer)
    {
        if (key == "dtype")
            return LegacyObjects.DType(value.Value);
        if (key.EndsWith("_initializer", StringComparison.Ordinal))
            return LegacyObjects.Initializer(value);
        if (key.EndsWith("_regularizer", StringComparison.Ordinal))
            return LegacyObjects.Object(value, "keras.regularizers");
        if (key.EndsWith("_constraint", StringComparison.Ordinal))
            return LegacyObjects.Object(value, "keras.constraints");
        if (key is "activation" or "recurrent_activation")
            return Activation(value, dialect, layer);
        return key is "layer" or "forward_layer" or "backward_layer" or "cell" && value.Value is JsonObject ? layer(value) : LegacyObjects.Plain(value.Value);
    }

    private static JsonNode? Activation(ConfigReader value, LegacyDialect dialect, Func<ConfigReader, JsonObject> layer) => value.Value switch
    {
        // A layer in place of a function: there is none here, and the error is to name it.
        JsonObject own when own.ContainsKey("class_name") && !own.ContainsKey("module") && value["class_name"].Text() != "function" => layer(value),
        JsonValue name when !dialect.IsKeras3 && name.TryGetValue(out string? text) && text == "hard_sigmoid" => Activations.ActivationNames.Keras2HardSigmoid,
        _ => LegacyObjects.Plain(value.Value),
    };

    private static void Adapt(string className, ConfigReader written, JsonObject config, LegacyDialect dialect)
    {
        void Rename(string old, string current)
        {
            if (config.Remove(old, out var value))
                config[current] = value;
        }

        switch (className)
        {
            case "InputLayer":
                LegacyObjects.Copy(written, config, "batch_input_shape");
                Rename("batch_input_shape", "batch_shape");
                config["dtype"] = LegacyObjects.DTypeOfInput(written["dtype"].Value);
                break;
            case "LeakyReLU":
                Rename("alpha", "negative_slope");
                break;
            case "BatchNormalization" or "BatchNormalizationV1" or "BatchNormalizationV2" when config["axis"] is JsonArray and [{ } axis]:
                config["axis"] = axis.DeepClone();
                break;
            case "DepthwiseConv2D" or "SeparableConv1D" or "SeparableConv2D":
                foreach (var key in (ReadOnlySpan<string>)["kernel_initializer", "kernel_regularizer", "kernel_constraint"])
                    config.Remove(key);
                break;
            case "GRU" when !dialect.IsKeras3:
                config.TryAdd("reset_after", false);
                break;
            case "CuDNNLSTM" or "CuDNNGRU":
                config["recurrent_activation"] = "sigmoid";
                config["activation"] = "tanh";
                break;
        }
        if (className is "LSTM" or "GRU" && !dialect.IsKeras3)
            config.TryAdd("recurrent_activation", Activations.ActivationNames.Keras2HardSigmoid);
    }
}
