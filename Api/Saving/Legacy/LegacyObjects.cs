using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>Objects and values in older configurations.</summary>
internal static class LegacyObjects
{
    /// <summary>The form in which Keras 3 writes an object.</summary>
    /// <param name="module">The module if Keras has the class.</param>
    /// <param name="className">The class, or the name <c>package>Class</c> under which the program registers it.</param>
    /// <param name="config">Its configuration.</param>
    public static JsonObject Form(string module, string className, JsonObject config)
    {
        var isRegistered = className.Contains('>');
        return new()
        {
            ["module"] = isRegistered ? null : module,
            ["class_name"] = className[(className.IndexOf('>') + 1)..],
            ["config"] = config,
            ["registered_name"] = isRegistered ? className : null,
        };
    }

    /// <summary>An object of a configuration: its class is in a module of Keras' unless it is the program's own.</summary>
    public static JsonNode? Object(ConfigReader written, string module)
    {
        if (written.Value is not JsonObject own || own.ContainsKey("module") || !own.ContainsKey("class_name"))
            return Plain(written.Value);
        var config = written["config"].IsNull ? [] : Plain(written["config"].Object())!.AsObject();
        config.Remove("shared_object_id");
        return Form(module, written["class_name"].Text(), config);
    }

    /// <summary>An initializer.</summary>
    public static JsonNode? Initializer(ConfigReader written)
    {
        var form = Object(written, "keras.initializers");
        if (written.Value is not JsonObject own || own.ContainsKey("module") || (form as JsonObject)?["config"] is not JsonObject config)
            return form;
        config.Remove("dtype");
        // What Keras 2 called normal was always truncated; the other one came later, under its own name.
        if (config["distribution"] is JsonValue value && value.TryGetValue(out string? distribution) && distribution == "normal")
            config["distribution"] = "truncated_normal";
        return form;
    }

    /// <summary>A dtype, which Keras 2 wrote as a name or as a policy of other class names.</summary>
    public static JsonNode? DType(JsonNode? written)
    {
        if (written is not JsonObject policy || policy.ContainsKey("module"))
            return written?.DeepClone();
        var name = policy["config"] is JsonObject config && config["name"] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        // Such a policy took the dtype of the first input, which was float32.
        return name is null or "infer" or "_infer" ? "float32" : Form("keras", "DTypePolicy", new JsonObject { ["name"] = name });
    }

    /// <summary>The dtype of an entry, which is a name in Keras 3 as well; what is neither stays, for the reader to complain of.</summary>
    public static JsonNode DTypeOfInput(JsonNode? written) =>
        (DType(written) is JsonObject form && form["config"] is JsonObject config ? config["name"]?.DeepClone() : written?.DeepClone()) ?? "float32";

    /// <summary>A value without Python's or NumPy's wrappings: tuples, shapes and arrays are lists, a number is a number.</summary>
    public static JsonNode? Plain(JsonNode? written) => written switch
    {
        JsonArray list => new JsonArray([.. list.Select(Plain)]),
        JsonObject wrapped when wrapped["items"] is JsonArray items && ClassName(wrapped) is "__tuple__" or "TensorShape" => Plain(items),
        JsonObject array when array.Count == 2 && array.ContainsKey("value") && array["type"] is JsonValue type && Is(type, "ndarray") => Plain(array["value"]),
        JsonObject entries => new JsonObject(entries.Select(static entry => KeyValuePair.Create(entry.Key, Plain(entry.Value)))),
        _ => written?.DeepClone(),
    };

    /// <summary>Copies those keys that there are.</summary>
    public static void Copy(ConfigReader from, JsonObject to, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (from[key].Value is { } value)
                to[key] = key == "dtype" ? DType(value) : Plain(value);
    }

    private static string? ClassName(JsonObject value) => value["class_name"] is JsonValue name && name.TryGetValue(out string? text) ? text : null;

    private static bool Is(JsonValue value, string expected) => value.TryGetValue(out string? text) && text == expected;
}
