using System.Text.Json.Nodes;
using GpuKeras.Losses;
using GpuKeras.Metrics;
using GpuKeras.Optimizers;

namespace GpuKeras.Saving;

/// <summary>How a model is trained, as Keras' <c>compile_config</c>.</summary>
internal static class CompileConfig
{
    /// <summary>The configuration; empty if the model is not compiled, as Keras writes it.</summary>
    /// <exception cref="InvalidOperationException">A loss or metric is a function of the program's.</exception>
    public static JsonObject Write(Model model) => model.Compiled is not { } compiled ? [] : new JsonObject
    {
        ["optimizer"] = KerasConfig.Serialize(compiled.Optimizer),
        ["loss"] = Write(compiled.Loss, Write),
        ["loss_weights"] = Write(compiled.LossWeights, static weight => weight),
        ["metrics"] = Write(compiled.Metrics, model),
        ["weighted_metrics"] = Write(compiled.WeightedMetrics, model),
        // Here nothing is traced or compiled: what Keras' own defaults come to.
        ["run_eagerly"] = false,
        ["steps_per_execution"] = 1,
        ["jit_compile"] = false,
    };

    /// <summary>Compiles a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="buildOptimizer">Whether the optimizer gets its slots at once, for a model that is built.</param>
    /// <exception cref="ModelConfigException">The configuration does not fit.</exception>
    public static void Apply(Model model, ConfigReader config, bool buildOptimizer)
    {
        LimitSizes(config);
        var several = model.Outputs is { IsSingle: false, Count: > 1 };
        var optimizer = config["optimizer"];
        model.Compile(
            optimizer.Value is JsonObject ? Made<Optimizer>(optimizer) : optimizer.IsNull ? null : Guarded<Optimizer>(optimizer, static name => name),
            Losses(config["loss"]),
            Weights(config["loss_weights"]),
            Metrics(config["metrics"], several),
            Metrics(config["weighted_metrics"], several));
        if (model.Built && buildOptimizer)
            model.Optimizer.Build(model.TrainableVariables);
    }

    private static LossSet? Losses(ConfigReader value)
    {
        switch (value.Value)
        {
            case null:
                return null;
            case JsonArray:
                return LossSet.FromList([.. value.Items().Select(Loss)]);
            case JsonObject when !IsSerialized(value):
                var named = new LossSet();
                foreach (var (output, loss) in value.Entries())
                    named[output] = Loss(loss);
                return named;
            default:
                return Loss(value)!;
        }
    }

    private static Loss? Loss(ConfigReader value) => value.Value switch
    {
        null => null,
        JsonObject when IsFunction(value) => Guarded<Loss>(value["config"], static name => name),
        JsonObject => Made<Loss>(value),
        _ => Guarded<Loss>(value, static name => name),
    };

    private static LossWeights? Weights(ConfigReader value)
    {
        switch (value.Value)
        {
            case null:
                return null;
            case JsonObject:
                var named = new LossWeights();
                foreach (var (output, weight) in value.Entries())
                    named[output] = weight.Number();
                return named;
            case JsonArray:
                return LossWeights.FromList([.. value.Items().Select(static weight => weight.Number())]);
            default:
                return LossWeights.FromList([value.Number()]);
        }
    }

    // In Keras a list is for the one output, or has an entry for each of several.
    private static MetricSet? Metrics(ConfigReader value, bool severalOutputs)
    {
        switch (value.Value)
        {
            case null:
                return null;
            case JsonArray list when severalOutputs || list.Any(static entry => entry is JsonArray):
                return MetricSet.PerOutput([.. value.Items().Select(MetricsOfOne)]);
            case JsonObject when !IsSerialized(value):
                var named = new MetricSet();
                foreach (var (output, metrics) in value.Entries())
                    named[output] = MetricsOfOne(metrics);
                return named;
            default:
                return MetricsOfOne(value);
        }
    }

    private static MetricSet MetricsOfOne(ConfigReader value) => value.Value switch
    {
        null => [],
        JsonArray => MetricSet.FromList([.. value.Items().Where(static metric => !metric.IsNull).Select(Metric)]),
        _ => MetricSet.FromList([Metric(value)]),
    };

    private static MetricIdentifier Metric(ConfigReader value) => value.Value switch
    {
        JsonObject when IsFunction(value) => KnownMetric(value["config"]),
        JsonObject => Made<SupervisedMetric>(value),
        _ => KnownMetric(value),
    };

    private static MetricIdentifier KnownMetric(ConfigReader name) => FunctionNames.IsKnown(name.Value) && MetricIdentifiers.IsKnown(name.Text())
        ? name.Text()
        : throw name.Error($"there is no metric '{name.Text()}'");

    private static bool IsSerialized(ConfigReader value) => value.Object().ContainsKey("class_name") && value.Object().ContainsKey("config");

    private static bool IsFunction(ConfigReader value) => !value["class_name"].IsNull && value["class_name"].Text() == "function";

    private static T Made<T>(ConfigReader value)
        where T : class => ModelConfig.Make(value) as T ?? throw value.Error($"is no {typeof(T).Name.ToLowerInvariant()}");

    private static T Guarded<T>(ConfigReader value, Func<string, T> convert)
    {
        try
        {
            return convert(value.Text());
        }
        catch (ArgumentException exception) when (exception is not ModelConfigException)
        {
            throw value.Error(exception.Message, exception);
        }
    }

    // Some metrics take memory in proportion to a number of thresholds, or to the square of one of classes.
    private static void LimitSizes(ConfigReader config)
    {
        const int most = 100_000;
        foreach (var key in (ReadOnlySpan<string>)["metrics", "weighted_metrics"])
        {
            var pending = new Stack<ConfigReader>([config[key]]);
            while (pending.TryPop(out var value))
                switch (value.Value)
                {
                    case JsonArray:
                        foreach (var item in value.Items())
                            pending.Push(item);
                        break;
                    case JsonObject:
                        foreach (var (name, entry) in value.Entries())
                            if (name.StartsWith("num_", StringComparison.Ordinal) && !entry.IsNull && entry.Integer() > most)
                                throw entry.Error($"must be at most {most}; got {entry.Integer()}");
                            else
                                pending.Push(entry);
                        break;
                }
        }
    }

    private static JsonNode? Write(Loss? loss) =>
        loss is null ? null : loss.Identifier is { } identifier ? identifier : KerasConfig.Serialize(loss);

    private static JsonNode? Write<T>(PerOutput<T>? values, Func<T, JsonNode?> write)
    {
        if (values is null)
            return null;
        if (values.Named is { } named)
            return new JsonObject(named.Select(entry => KeyValuePair.Create(entry.Key, write(entry.Value))));
        return values.IsSingle ? write(values.List![0]) : new JsonArray([.. values.List!.Select(write)]);
    }

    private static JsonNode? Write(MetricSet? metrics, Model model)
    {
        if (metrics is null)
            return null;
        if (metrics.Named.Count > 0)
            return new JsonObject(metrics.Named.Select(static entry => KeyValuePair.Create(entry.Key, (JsonNode?)List(entry.Value))));
        if (metrics.Ordered is { } ordered)
            return new JsonArray([.. ordered.Select(List)]);
        // Here one list is for every output, in Keras it would be one metric for each.
        return model.Outputs is { IsSingle: false, Count: > 1 and var outputs }
            ? new JsonArray([.. Enumerable.Range(0, outputs).Select(_ => List(metrics))])
            : List(metrics);
    }

    private static JsonArray List(MetricSet metrics) => new([.. metrics.Select(static metric => metric.Given is SupervisedMetric made
        ? KerasConfig.Serialize(made)
        : (JsonNode)(string)metric.Given)]);
}
