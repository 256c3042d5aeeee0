using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Operations between the layers of older models.</summary>
/// <remarks>
/// Keras 3 writes them into <c>.h5</c> files without their module, like layers; TensorFlow's Keras 2 wrote names of its own functions.
/// Those whose counterpart is called with the same arguments are translated; the others keep their name, under which they are refused.
/// </remarks>
internal static class LegacyOperations
{
    private const string Module = "keras.src.ops.numpy";

    // So that an operation of TensorFlow's is refused as one: there is no such module in Keras.
    private const string TensorFlow = "keras.src.ops.tensorflow";

    private static readonly FrozenDictionary<string, string> Counterparts = new Dictionary<string, string>
    {
        ["__operators__.add"] = "Add",
        ["math.abs"] = "Absolute",
        ["math.add"] = "Add",
        ["math.divide"] = "Divide",
        ["math.exp"] = "Exp",
        ["math.log"] = "Log",
        ["math.maximum"] = "Maximum",
        ["math.minimum"] = "Minimum",
        ["math.multiply"] = "Multiply",
        ["math.negative"] = "Negative",
        ["math.pow"] = "Power",
        ["math.rsqrt"] = "Rsqrt",
        ["math.sigmoid"] = "Sigmoid",
        ["math.sqrt"] = "Sqrt",
        ["math.square"] = "Square",
        ["math.subtract"] = "Subtract",
        ["math.tanh"] = "Tanh",
        ["math.truediv"] = "TrueDivide",
        ["nn.relu"] = "Relu",
        ["nn.relu6"] = "Relu6",
    }.ToFrozenDictionary();

    /// <summary>Whether an entry of a model's layers is one of TensorFlow's operations.</summary>
    public static bool IsTensorFlow(ConfigReader layer) =>
        layer["class_name"].Value is JsonValue name && name.TryGetValue(out string? className) && IsTensorFlow(className);

    /// <summary>The operation in Keras 3's form; null if the class is a layer.</summary>
    public static JsonObject? Translate(string className, ConfigReader config, LegacyDialect dialect)
    {
        if (IsTensorFlow(className))
        {
            var name = new JsonObject();
            LegacyObjects.Copy(config, name, "name");
            var function = config["function"].Value is JsonValue value && value.TryGetValue(out string? text) ? text : className;
            return Counterparts.GetValueOrDefault(function) is { } counterpart
                ? LegacyObjects.Form(Module, counterpart, name)
                : LegacyObjects.Form(TensorFlow, function.Replace('>', '_'), name);
        }
        // Layers say whether they are trained, except entries, which say their shape.
        var isOperation = dialect.IsKeras3 && config.Value is JsonObject keys && !keys.ContainsKey("trainable") && !keys.ContainsKey("batch_shape");
        return isOperation && KerasOperations.IsKnown(className)
            ? LegacyObjects.Form(Module, className, LegacyObjects.Plain(config.Value)!.AsObject())
            : null;
    }

    private static bool IsTensorFlow(string className) => className is "TFOpLambda" or "SlicingOpLambda" or "TensorFlowOpLayer";
}
