using System.Collections.Frozen;
using System.Text.Json.Nodes;
using GpuKeras.Utilities;

namespace GpuKeras.Saving;

/// <summary>Translates <c>training_config</c>, what a model was compiled with, into the <c>compile_config</c> of a <c>.keras</c> file.</summary>
internal static class LegacyTraining
{
    private const string Metrics = "keras.metrics";

    // Old names of functions that Keras 3 knows under another one; its losses had no "log_cosh" and "cosine_proximity" no class.
    private static readonly FrozenDictionary<string, string> Renamed = new Dictionary<string, string>
    {
        ["cosine_proximity"] = "cosine_similarity",
        ["kullback_leibler_divergence"] = "kl_divergence",
        ["logcosh"] = "log_cosh",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> DroppedOptimizerKeys = FrozenSet.Create("is_legacy_optimizer", "jit_compile", "schedule_decay");

    /// <summary>Translates what a model was compiled with.</summary>
    /// <param name="written">The configuration as it is in the file.</param>
    /// <param name="path">Where it is, for errors.</param>
    /// <exception cref="ModelConfigException">It is malformed.</exception>
    public static JsonObject Compilation(JsonObject written, string path = "training_config")
    {
        var config = new ConfigReader(written, path);
        var result = new JsonObject
        {
            ["optimizer"] = Optimizer(config["optimizer_config"]),
            ["loss"] = Nested(config["loss"], Loss),
            ["loss_weights"] = LegacyObjects.Plain(config["loss_weights"].Value),
            ["metrics"] = Nested(config["metrics"], Metric),
            ["weighted_metrics"] = Nested(config["weighted_metrics"], Metric),
        };
        return result;
    }

    private static JsonNode? Optimizer(ConfigReader written)
    {
        if (written.Value is not JsonObject { } own || own.ContainsKey("module"))
            return LegacyObjects.Plain(written.Value);
        var className = written["class_name"].Text();
        // TensorFlow's Keras 2.9 and 2.10 had registered its own new optimizers so.
        if (className.StartsWith("Custom>", StringComparison.Ordinal) && KerasTypes.TryFind(className["Custom>".Length..], "keras.optimizers") is not null)
            className = className["Custom>".Length..];
        var config = new JsonObject();
        foreach (var (key, value) in written["config"].Entries())
            if (!DroppedOptimizerKeys.Contains(key) && !(key == "epsilon" && value.IsNull))
                config[Key(key)] = key is "lr" or "learning_rate" or "learningRate" ? LearningRate(value) : LegacyObjects.Plain(value.Value);
        if (config.Remove("decay", out var decay) && decay is JsonValue rate && rate.TryGetValue(out double decayRate) && decayRate != 0)
            config["learning_rate"] = Decayed(config["learning_rate"], decay);
        return LegacyObjects.Form("keras.optimizers", className, config);
    }

    private static string Key(string key) => key switch
    {
        "lr" or "learningRate" => "learning_rate",
        "beta1" => "beta_1",
        "beta2" => "beta_2",
        _ => key,
    };

    private static JsonNode? LearningRate(ConfigReader value) => LegacyObjects.Object(value, "keras.optimizers.schedules");

    // Keras 2 divided the learning rate by 1 + decay · iterations.
    private static JsonObject Decayed(JsonNode? learningRate, JsonNode decay) => LegacyObjects.Form("keras.optimizers.schedules", "InverseTimeDecay", new JsonObject
    {
        ["initial_learning_rate"] = learningRate?.DeepClone(),
        ["decay_steps"] = 1,
        ["decay_rate"] = decay,
        ["staircase"] = false,
    });

    /// <summary>A structure by outputs whose leaves are names and objects.</summary>
    private static JsonNode? Nested(ConfigReader written, Func<ConfigReader, JsonNode?> leaf) => written.Value switch
    {
        JsonArray => new JsonArray([.. written.Items().Select(entry => Nested(entry, leaf))]),
        JsonObject entries when !entries.ContainsKey("class_name") =>
            new JsonObject(written.Entries().Select(entry => KeyValuePair.Create(entry.Key, Nested(entry.Value, leaf)))),
        JsonValue name when name.TryGetValue(out string? text) => Renamed.GetValueOrDefault(text, text),
        JsonObject => leaf(written),
        _ => null,
    };

    private static JsonNode? Loss(ConfigReader written)
    {
        var loss = LegacyObjects.Object(written, "keras.losses");
        if (loss?["config"] is JsonObject config)
        {
            config.Remove("fn");
            // The default of Keras 2, which chose this one outside of distributed training.
            if (config["reduction"] is JsonValue reduction && reduction.TryGetValue(out string? text) && text == "auto")
                config["reduction"] = "sum_over_batch_size";
        }
        return loss;
    }

    /// <summary>A metric; Keras 2 wrote one that is the mean of a function by the function's name.</summary>
    private static JsonNode? Metric(ConfigReader written)
    {
        var metric = LegacyObjects.Object(written, Metrics);
        if (metric is not JsonObject form || written["class_name"].Text() is not ("MeanMetricWrapper" or "SumOverBatchSizeMetricWrapper")
            || written["config"]["fn"].Value is not JsonValue value || !value.TryGetValue(out string? function))
            return metric;
        function = Renamed.GetValueOrDefault(function, function);
        if (ClassOf(function) is not { } className)
            return metric;
        var config = form["config"]!.AsObject();
        config.Remove("fn");
        return LegacyObjects.Form(Metrics, className, config.DeepClone().AsObject());
    }

    private static string? ClassOf(string function)
    {
        var className = function switch
        {
            "kl_divergence" => "KLDivergence",
            "log_cosh" => "LogCoshError",
            _ => Identifiers.ToPascalCase(function),
        };
        return KerasTypes.TryFind(className, Metrics) is null ? null : className;
    }
}
