using System.Text.Json.Nodes;
using GpuKeras.Layers;

namespace GpuKeras.Saving;

/// <summary>Makes a functional model from its configuration: layers, and the calls between them.</summary>
internal sealed class FunctionalReader
{
    private readonly ConfigReader config;
    private readonly Dictionary<string, Step> steps = new(StringComparer.Ordinal);

    private FunctionalReader(ConfigReader config) => this.config = config;

    /// <summary>The model.</summary>
    /// <exception cref="ModelConfigException">The configuration is not one of a functional model.</exception>
    public static Model Read(ConfigReader config) => new FunctionalReader(config).Read();

    private Model Read()
    {
        foreach (var entry in config["layers"].Items())
        {
            if (steps.Count == ConfigReader.Limits.MaxLayers)
                throw config.Error($"has more than {ConfigReader.Limits.MaxLayers} layers");
            var step = new Step(entry);
            if (!steps.TryAdd(step.Name, step))
                throw entry.Error($"the name '{step.Name}' is used twice");
        }
        foreach (var step in steps.Values)
            step.Make();
        RunCalls();
        var name = config["name"];
        var (inputs, outputs) = (Structure(config["input_layers"]), Structure(config["output_layers"]));
        if (inputs.Count == 0 || outputs.Count == 0)
            throw config.Error("a model needs inputs and outputs");
        try
        {
            var model = new Model(inputs, outputs, name.IsNull ? null : name.Text());
            if (!config["trainable"].IsNull)
                model.SetOwnTrainable(config["trainable"].Flag());
            return model;
        }
        catch (ArgumentException exception) when (exception is not ModelConfigException)
        {
            throw config.Error(exception.Message, exception);
        }
    }

    // Each call once all calls that it takes tensors from are done, and the calls of one layer in their order.
    private void RunCalls()
    {
        var waiting = new Dictionary<(Step, int), int>();
        var readers = new Dictionary<(Step, int), List<(Step, int)>>();
        var ready = new Queue<(Step, int)>();
        foreach (var step in steps.Values)
            for (var call = 0; call < step.Calls.Count; call++)
            {
                var sources = step.Calls[call].References().Select(Find).Where(static source => !source.Step.IsInput)
                    .Select(static source => (source.Step, source.Call));
                if (call > 0)
                    sources = sources.Append((step, call - 1));
                var distinct = sources.ToHashSet();
                waiting[(step, call)] = distinct.Count;
                foreach (var source in distinct)
                {
                    if (!readers.TryGetValue(source, out var list))
                        readers[source] = list = [];
                    list.Add((step, call));
                }
                if (distinct.Count == 0)
                    ready.Enqueue((step, call));
            }
        while (ready.TryDequeue(out var next))
        {
            waiting.Remove(next);
            next.Item1.Run(next.Item2, reference => Resolve(Find(reference), reference));
            foreach (var reader in readers.GetValueOrDefault(next) ?? [])
                if (--waiting[reader] == 0)
                    ready.Enqueue(reader);
        }
        if (waiting.Count > 0)
            throw config.Error(
                "its calls wait for each other in a circle: " +
                string.Join(", ", waiting.Keys.Take(10).Select(static key => $"'{key.Item1.Name}' call {key.Item2}")));
    }

    // [layer, call, tensor]
    private (Step Step, int Call, int Tensor) Find(ConfigReader reference)
    {
        if (reference.Items().ToArray() is not [var name, var call, var tensor, ..])
            throw reference.Expected("[layer, call, tensor]");
        if (!steps.TryGetValue(name.Text(), out var step))
            throw reference.Error($"there is no layer '{name.Text()}'");
        var count = step.IsInput ? 1 : step.Calls.Count;
        if ((uint)call.Integer() >= (uint)count)
            throw reference.Error($"layer '{step.Name}' is called {count} times; call {call.Integer()} is asked for");
        return (step, call.Integer(), tensor.Integer());
    }

    private static Tensor Resolve((Step Step, int Call, int Tensor) source, ConfigReader reference)
    {
        var outputs = source.Step.Outputs[source.Call];
        return (uint)source.Tensor < (uint)outputs.Count
            ? outputs[source.Tensor]
            : throw reference.Error($"layer '{source.Step.Name}' has {outputs.Count} outputs; output {source.Tensor} is asked for");
    }

    private TensorStructure Structure(ConfigReader value)
    {
        if (value.Value is JsonObject)
            return TensorStructure.FromNames(
                value.Entries().Select(entry => KeyValuePair.Create(entry.Key, Endpoint(entry.Value))).ToArray());
        return value.Value is JsonArray and [JsonValue, ..]
            ? Endpoint(value)
            : TensorStructure.FromList(value.Items().Select(Endpoint).ToArray());
    }

    // Here, and only here, Keras counts the calls of a functional model from 1.
    private Tensor Endpoint(ConfigReader reference)
    {
        if (reference.Value is not (JsonArray and [JsonValue, JsonValue, JsonValue, ..]))
            throw reference.Expected("[layer, call, tensor]; structures within lists or dictionaries are not supported");
        var counted = reference.Items().ToArray();
        if (!steps.TryGetValue(counted[0].Text(), out var step) || step.Layer is not Model { Graph: not null } || step.Layer is Sequential)
            return Resolve(Find(reference), reference);
        var shifted = new JsonArray(counted[0].Text(), counted[1].Integer() - 1, counted[2].Integer());
        var moved = reference with { Value = shifted };
        return Resolve(Find(moved), moved);
    }

    /// <summary>A layer or operation of the configuration, with its calls.</summary>
    private sealed class Step
    {
        private readonly ConfigReader entry;
        private KerasOperation? operation;

        public Step(ConfigReader entry)
        {
            this.entry = entry;
            Name = (entry["name"].IsNull ? entry["config"]["name"] : entry["name"]).Text();
            Calls = [.. entry["inbound_nodes"].Items().Select(static call => new Call(call))];
            if (Calls.Count > ConfigReader.Limits.MaxLayers)
                throw entry.Error($"has more than {ConfigReader.Limits.MaxLayers} calls");
        }

        public string Name { get; }

        public Layer? Layer { get; private set; }

        public bool IsInput => Layer is InputLayer;

        public List<Call> Calls { get; }

        public List<IReadOnlyList<Tensor>> Outputs { get; } = [];

        public void Make()
        {
            operation = KerasOperations.Find(entry);
            if (operation is not null)
                return;
            Layer = ModelConfig.Make(entry) as Layer ?? throw entry.Error("is no layer");
            if (Layer is InputLayer input)
                Outputs.Add([input.Output]);
        }

        public void Run(int call, Func<ConfigReader, Tensor> resolve)
        {
            var arguments = Calls[call].Read(resolve);
            var place = Calls[call].Place;
            try
            {
                if (operation is not null)
                    Outputs.Add(new KerasOperationNode(Name, operation, entry["config"].Object().DeepClone().AsObject(), arguments).Outputs);
                else
                    Outputs.Add(LayerCalls.Apply(Layer!, arguments, place));
            }
            catch (Exception exception) when (ModelConfig.IsBadConfiguration(exception))
            {
                throw place.Error($"call of '{Name}': {exception.Message}", exception);
            }
        }
    }

    /// <summary>One call: <c>{args, kwargs}</c>.</summary>
    private sealed record Call(ConfigReader Place)
    {
        /// <summary>The places of all tensors that the call takes.</summary>
        public IEnumerable<ConfigReader> References()
        {
            var references = new List<ConfigReader>();
            object? Note(ConfigReader tensor)
            {
                references.Add(tensor["keras_history"]);
                return null;
            }

            CallArguments.Read(Place["args"], Note);
            CallArguments.Read(Place["kwargs"], Note);
            return references;
        }

        public CallArguments Read(Func<ConfigReader, Tensor> resolve)
        {
            object? Tensor(ConfigReader tensor) => resolve(tensor["keras_history"]);
            return new(
                CallArguments.Read(Place["args"], Tensor) as List<object?> ?? throw Place["args"].Expected("a list"),
                CallArguments.Read(Place["kwargs"], Tensor) as Dictionary<string, object?> ?? throw Place["kwargs"].Expected("an object"));
        }
    }
}
