using System.Text.Json.Nodes;
using GpuKeras.Layers;
using GpuKeras.Optimizers;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Tiny models of the kinds that files hold.</summary>
internal static class FuzzModels
{
    /// <summary>A stack of one layer, "d", as older versions of Keras wrote it.</summary>
    public const string OldConfiguration = """
        {"class_name": "Sequential", "config": {"name": "s", "layers": [
          {"class_name": "Dense", "config": {"name": "d", "units": 2, "activation": "relu", "batch_input_shape": [null, 3]}}]}}
        """;

    /// <summary>Built and compiled.</summary>
    public static IReadOnlyList<Model> All => [Plain(), Convolutional(), Functional(), Recurrent()];

    /// <summary>Their configurations, and that of one with an operation instead of a layer.</summary>
    public static IEnumerable<string> Configurations => [.. All.Select(static model => model.ToJson()), WithOperation(Functional().ToJson())];

    /// <summary>The smallest of them.</summary>
    public static Sequential Plain()
    {
        var model = new Sequential([new InputLayer([3]), new Dense(2, "relu", name: "hidden"), new Dropout(0.5, name: "drop"), new Dense(1, name: "out")], name: "plain");
        model.Compile("adam", "mse", metrics: ["mae"]);
        return model;
    }

    private static Sequential Convolutional()
    {
        var model = new Sequential(
            [new InputLayer([4, 4, 1]), new Conv2D(2, 3), new BatchNormalization(), new MaxPooling2D(2), new Flatten(), new Dense(2, "softmax")], name: "convolutional");
        model.Compile(new SGD(new ExponentialDecay(0.1, decaySteps: 10, decayRate: 0.5), momentum: 0.9), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    private static Model Functional()
    {
        var (a, b) = (Keras.Input([3], name: "a"), Keras.Input([3], name: "b"));
        var shared = new Dense(2, "tanh", name: "shared");
        var (left, right) = (shared.Apply(a), shared.Apply(b));
        var joined = new Concatenate(name: "joined").Apply([left, right, new Add(name: "sum").Apply([left, right * 0.5])]);
        var inner = new Sequential([new InputLayer([6]), new LayerNormalization(), new Dense(2)], name: "inner");
        var output = inner.Apply(joined);
        return new Model(inputs: [a, b], outputs: new() { ["one"] = new Dense(1, name: "one").Apply(output), ["two"] = output }, name: "functional");
    }

    private static Sequential Recurrent() => new(
        [new InputLayer([3], dtype: DType.Int32), new Embedding(5, 2, maskZero: true), new Bidirectional(new LSTM(2)), new Dense(1)], name: "recurrent");

    /// <summary>Puts the operation of Keras in the place of the layer "sum"; it takes its tensors one by one, not as a list.</summary>
    private static string WithOperation(string json)
    {
        var root = JsonNode.Parse(json)!;
        var sum = root["config"]!["layers"]!.AsArray().Single(static layer => (string?)layer!["config"]!["name"] == "sum")!;
        sum["module"] = "keras.src.ops.numpy";
        sum["registered_name"] = "Add";
        sum["config"] = new JsonObject { ["name"] = "sum" };
        sum.AsObject().Remove("build_config");
        var call = sum["inbound_nodes"]![0]!;
        call["args"] = call["args"]![0]!.DeepClone();
        return root.ToJsonString();
    }
}
