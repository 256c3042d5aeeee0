using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>The calls of a functional model, which Keras 2 wrote as nested lists.</summary>
/// <remarks>
/// A call was a list of <c>[layer, call, output, arguments]</c>, one for each tensor, or one such entry by itself, or entries by name.
/// Calls of models in the model were counted from 1: Keras 3 does that only in <c>input_layers</c> and <c>output_layers</c>, and there
/// only for functional ones.
/// </remarks>
internal sealed class LegacyNodes
{
    private const string Literal = "_CONSTANT_VALUE";

    private readonly LegacyDialect dialect;
    private readonly List<string> problems;
    private readonly HashSet<string> stacks = new(StringComparer.Ordinal);
    private readonly HashSet<string> graphs = new(StringComparer.Ordinal);

    /// <summary>Prepares for the calls of one model.</summary>
    /// <param name="layers">The model's layers.</param>
    /// <param name="dialect">What they mean.</param>
    /// <param name="problems">Takes what Keras 3 cannot say.</param>
    public LegacyNodes(ConfigReader layers, LegacyDialect dialect, List<string> problems)
    {
        (this.dialect, this.problems) = (dialect, problems);
        foreach (var layer in layers.Items())
            if (layer["name"].Value is JsonValue value && value.TryGetValue(out string? name))
            {
                if (layer["class_name"].Text() == "Sequential")
                    stacks.Add(name);
                else if (layer["config"].Value is JsonObject config && config.ContainsKey("input_layers"))
                    graphs.Add(name);
            }
    }

    /// <summary>Translates the calls of a layer.</summary>
    /// <param name="written">Its <c>inbound_nodes</c>.</param>
    /// <param name="ofOperation">Whether it is an operation of TensorFlow's, whose second argument is by position in Keras.</param>
    public JsonArray Calls(ConfigReader written, bool ofOperation) => new([.. written.Items().Select(call => Call(call, ofOperation))]);

    /// <summary>Translates <c>input_layers</c> or <c>output_layers</c>.</summary>
    public JsonNode? Ends(ConfigReader written)
    {
        if (dialect.IsKeras3)
            return written.Value?.DeepClone();
        // In Keras 2 a list of one tensor was the tensor.
        return written.Value switch
        {
            JsonArray and [JsonArray] => End(written.Items().First()),
            JsonArray and [JsonValue, ..] => End(written),
            JsonArray => new JsonArray([.. written.Items().Select(End)]),
            JsonObject => new JsonObject(written.Entries().Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)End(entry.Value)))),
            _ => throw written.Expected("a list"),
        };
    }

    private JsonArray End(ConfigReader written)
    {
        var (name, call, tensor) = Reference(written);
        return [name, stacks.Contains(name) ? Math.Max(0, call - 1) : call, tensor];
    }

    private JsonNode Call(ConfigReader written, bool ofOperation)
    {
        if (written.Value is JsonObject current && current["args"] is JsonArray && current["kwargs"] is JsonObject)
            return current.DeepClone();
        var named = new JsonObject();
        var first = written.Value switch
        {
            JsonArray and [JsonArray] => Tensor(written.Items().First(), named),
            JsonArray and [JsonValue, ..] => Tensor(written, named),
            JsonArray => new JsonArray([.. written.Items().Select(tensor => Tensor(tensor, named))]),
            JsonObject => new JsonObject(written.Entries().Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Tensor(entry.Value, named)))),
            _ => throw written.Expected("a call"),
        };
        var positional = new JsonArray { first };
        if (ofOperation)
        {
            named.Remove("name");
            if (named.Remove("y", out var second))
                positional.Add(second);
            foreach (var (key, _) in named)
                problems.Add($"{written.Path}: the argument '{key}' of an operation of TensorFlow's is not supported");
        }
        return new JsonObject { ["args"] = positional, ["kwargs"] = named };
    }

    // [layer, call, output] or [layer, call, output, arguments]; instead of a tensor there may be a number.
    private JsonNode? Tensor(ConfigReader written, JsonObject named)
    {
        if (written.Value is JsonArray { Count: 4 })
            foreach (var (key, argument) in written.Items().Last().Entries())
                if (!argument.IsNull)
                    named[key] = Argument(argument);
        return written.Value is JsonArray and [JsonValue name, _, var value, ..] && name.TryGetValue(out string? text) && text == Literal
            ? LegacyObjects.Plain(value)
            : TensorOf(written);
    }

    private JsonNode? Argument(ConfigReader written) => written.Value switch
    {
        JsonArray and [JsonValue name, JsonValue call, JsonValue tensor]
            when name.TryGetValue(out string? _) && call.TryGetValue(out int _) && tensor.TryGetValue(out int _) => TensorOf(written),
        JsonArray => new JsonArray([.. written.Items().Select(Argument)]),
        _ => LegacyObjects.Plain(written.Value),
    };

    private JsonObject TensorOf(ConfigReader written)
    {
        var (name, call, tensor) = Reference(written);
        var counted = stacks.Contains(name) || graphs.Contains(name) ? Math.Max(0, call - 1) : call;
        return new JsonObject
        {
            ["class_name"] = "__keras_tensor__",
            ["config"] = new JsonObject { ["keras_history"] = new JsonArray(name, counted, tensor) },
        };
    }

    private static (string Name, int Call, int Tensor) Reference(ConfigReader written) =>
        written.Value is JsonArray { Count: 3 or 4 } && written.Items().ToArray() is [var name, var call, var tensor, ..]
            ? (name.Text(), call.Integer(), tensor.Integer())
            : throw written.Expected("[layer, call, tensor]");
}
