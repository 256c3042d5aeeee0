using System.Text.Json.Nodes;
using GpuKeras.Hdf5;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Legacy;

/// <summary>Older configurations in Keras 3's form.</summary>
public class LegacyConfigTests
{
    private static readonly LegacyDialect Keras2 = LegacyDialect.Of("2.4.0-tf");
    private static readonly LegacyDialect Keras3 = LegacyDialect.Of("3.15.1");

    [TestCase("01_mlp_bn_dropout")]
    [TestCase("03_functional_multi_io")]
    public void GoldenH5_IsTheSameModelAsInTheKerasFile(string model)
    {
        using var h5 = Hdf5File.Open(GoldenFiles.PathOf($"models/{model}/model.h5"));
        var config = LegacyConfig.Model(Parse(h5.Root.FindAttribute("model_config")!.ReadString()), Keras3);
        config["compile_config"] = LegacyTraining.Compilation(Parse(h5.Root.FindAttribute("training_config")!.ReadString()));

        using var archive = new KerasArchive(GoldenFiles.PathOf($"models/{model}/model.keras"));
        Assert.That(Essence(config), Is.EqualTo(Essence(archive.ReadConfig())));
    }

    [Test]
    public void Sequential_ShapeOfTheFirstLayer_BecomesAnEntry()
    {
        var config = Translate("""
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "Dense", "config": {"name": "d", "units": 2, "batch_input_shape": [null, 3], "dtype": "float32"}}]}}
            """);
        var layers = config["config"]!["layers"]!.AsArray();
        Assert.That(layers, Has.Count.EqualTo(2));
        Assert.That((string?)layers[0]!["class_name"], Is.EqualTo("InputLayer"));
        Assert.That(layers[0]!["config"]!.ToJsonString(), Is.EqualTo("""{"batch_shape":[null,3],"dtype":"float32","name":"d_input"}"""));
        Assert.That(layers[1]!["config"]!.AsObject().ContainsKey("batch_input_shape"), Is.False);
        Assert.That((string?)layers[1]!["module"], Is.EqualTo("keras.layers"));
    }

    [Test]
    public void Sequential_BareList_IsAModel()
    {
        var model = Make("""
            {"class_name": "Sequential", "config": [
              {"class_name": "Dense", "config": {"name": "d", "units": 2, "batch_input_shape": [null, 3]}},
              {"class_name": "Activation", "config": {"name": "a", "activation": "relu"}}]}
            """);
        Assert.That(model.Layers.Select(static layer => layer.Name), Is.EqualTo(new[] { "d", "a" }));
        Assert.That(model.CountParameters(), Is.EqualTo(8));
    }

    [Test]
    public void Sequential_ModelFirst_TakesItsShape()
    {
        var model = Make("""
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "Model", "config": {"name": "inner", "layers": [
                  {"class_name": "InputLayer", "name": "i", "inbound_nodes": [], "config": {"batch_input_shape": [null, 4], "dtype": "float32", "name": "i"}},
                  {"class_name": "Dense", "name": "d", "inbound_nodes": [[["i", 0, 0, {}]]], "config": {"name": "d", "units": 3}}],
                "input_layers": [["i", 0, 0]], "output_layers": [["d", 0, 0]]}},
              {"class_name": "Dense", "config": {"name": "last", "units": 1}}]}}
            """);
        Assert.That(model.CountParameters(), Is.EqualTo(15 + 4));
    }

    [Test]
    public void Graph_NestedLists_AreCallsWithArguments()
    {
        var config = Translate("""
            {"class_name": "Model", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "a", "inbound_nodes": [], "config": {"batch_input_shape": [null, 4], "dtype": "float32", "name": "a"}},
              {"class_name": "InputLayer", "name": "b", "inbound_nodes": [], "config": {"batch_input_shape": [null, 4], "dtype": "float32", "name": "b"}},
              {"class_name": "Dropout", "name": "drop", "inbound_nodes": [[["a", 0, 0, {"training": true}]]], "config": {"name": "drop", "rate": 0.5}},
              {"class_name": "Add", "name": "add", "inbound_nodes": [[["drop", 0, 0, {}], ["b", 0, 0, {"mask": null}]]], "config": {"name": "add"}}],
              "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["add", 0, 0]]}}
            """);
        var layers = config["config"]!["layers"]!.AsArray();
        Assert.That(
            layers[2]!["inbound_nodes"]!.ToJsonString(),
            Is.EqualTo("""[{"args":[{"class_name":"__keras_tensor__","config":{"keras_history":["a",0,0]}}],"kwargs":{"training":true}}]"""));
        Assert.That(layers[3]!["inbound_nodes"]![0]!["args"]![0]!.AsArray(), Has.Count.EqualTo(2), "several tensors are one argument");
        Assert.That(layers[3]!["inbound_nodes"]![0]!["kwargs"]!.AsObject(), Is.Empty);
        Assert.That(config["config"]!["input_layers"]!.ToJsonString(), Is.EqualTo("""[["a",0,0],["b",0,0]]"""));
        Assert.That(config["config"]!["output_layers"]!.ToJsonString(), Is.EqualTo("""["add",0,0]"""), "a list of one tensor was the tensor");
        Assert.That((string?)config["module"], Is.EqualTo("keras.src.models.functional"));
    }

    [Test]
    public void Graph_ModelsInIt_AreCountedFromZero()
    {
        const string Inner = """
            "layers": [{"class_name": "InputLayer", "name": "i", "inbound_nodes": [], "config": {"batch_input_shape": [null, 2], "dtype": "float32", "name": "i"}},
              {"class_name": "Dense", "name": "d", "inbound_nodes": [[["i", 0, 0, {}]]], "config": {"name": "d", "units": 2}}],
            "input_layers": [["i", 0, 0]], "output_layers": [["d", 0, 0]]
            """;
        var model = Make("""
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"batch_input_shape": [null, 2], "dtype": "float32", "name": "x"}},
              {"class_name": "Functional", "name": "graph", "inbound_nodes": [[["x", 0, 0, {}]], [["stack", 1, 0, {}]]], "config": {"name": "graph", INNER}},
              {"class_name": "Sequential", "name": "stack", "inbound_nodes": [[["graph", 1, 0, {}]], [["graph", 2, 0, {}]]], "config": {"name": "stack", "layers": [
                {"class_name": "Dense", "config": {"name": "e", "units": 2, "batch_input_shape": [null, 2]}}]}}],
              "input_layers": [["x", 0, 0]], "output_layers": [["stack", 2, 0], ["graph", 2, 0]]}}
            """.Replace("INNER", Inner, StringComparison.Ordinal));
        // x -> graph -> stack -> graph -> stack
        Assert.That(model.Outputs!.Count, Is.EqualTo(2));
        Assert.That(model.Weights, Has.Count.EqualTo(4));
        model.SetWeights([Full(2), Tensor.Zeros([2]), Full(3), Tensor.Zeros([2])]);
        var outputs = model.Predict((TensorStructure)Tensor.From([1f, 1f], [1, 2]));
        // Each kernel [2, 2] of a constant c doubles the sum: 1 -> 4 -> 24 -> 96 -> 576, or with the kernels the other way round the same.
        Assert.That(outputs[0].ToArray<float>(), Is.EqualTo(new[] { 576f, 576f }));
        Assert.That(outputs[1].ToArray<float>()[0], Is.EqualTo(96f).Or.EqualTo(144f));

        static Tensor Full(float value) => Tensor.Full([2, 2], value);
    }

    [Test]
    public void OperationsOfTensorFlow_WithACounterpart_AreComputed()
    {
        var model = Make("""
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"batch_input_shape": [null, 2], "dtype": "float32", "name": "x"}},
              {"class_name": "TFOpLambda", "name": "tf.math.truediv", "inbound_nodes": [["x", 0, 0, {"y": 4.0, "name": null}]],
               "config": {"name": "tf.math.truediv", "trainable": true, "dtype": "float32", "function": "math.truediv"}},
              {"class_name": "TFOpLambda", "name": "tf.math.subtract", "inbound_nodes": [["_CONSTANT_VALUE", -1, 1.0, {"y": ["tf.math.truediv", 0, 0], "name": null}]],
               "config": {"name": "tf.math.subtract", "trainable": true, "dtype": "float32", "function": "math.subtract"}},
              {"class_name": "TFOpLambda", "name": "tf.__operators__.add", "inbound_nodes": [["tf.math.subtract", 0, 0, {"y": ["x", 0, 0], "name": null}]],
               "config": {"name": "tf.__operators__.add", "trainable": true, "dtype": "float32", "function": "__operators__.add"}}],
              "input_layers": [["x", 0, 0]], "output_layers": [["tf.__operators__.add", 0, 0]]}}
            """);
        Assert.That(model.Predict(Tensor.From([2f, 8f], [1, 2])).ToArray<float>(), Is.EqualTo(new[] { 2.5f, 7f }));
    }

    [Test]
    public void OperationsOfKeras3_HaveNoModuleInH5()
    {
        var config = LegacyConfig.Model(Parse("""
            {"class_name": "Functional", "config": {"name": "m", "trainable": true, "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"batch_shape": [null, 2], "dtype": "float32", "name": "x"}},
              {"class_name": "Multiply", "name": "multiply", "config": {"name": "multiply"}, "inbound_nodes": [
                {"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, 2], "dtype": "float32", "keras_history": ["x", 0, 0]}}, 3.0], "kwargs": {}}]}],
              "input_layers": ["x", 0, 0], "output_layers": ["multiply", 0, 0]}}
            """), Keras3);
        var model = ModelConfig.Deserialize(config);
        Assert.That(model.Predict(Tensor.From([2f, 8f], [1, 2])).ToArray<float>(), Is.EqualTo(new[] { 6f, 24f }));
    }

    [TestCase("""{"class_name": "LeakyReLU", "config": {"name": "l", "alpha": {"type": "ndarray", "value": 0.125}}}""", "negative_slope", "0.125")]
    [TestCase("""{"class_name": "BatchNormalizationV1", "config": {"name": "l", "axis": [2]}}""", "axis", "2")]
    [TestCase("""{"class_name": "GRU", "config": {"name": "l", "units": 2}}""", "reset_after", "false")]
    [TestCase("""{"class_name": "CuDNNGRU", "config": {"name": "l", "units": 2, "reset_after": true}}""", "reset_after", "true")]
    [TestCase("""{"class_name": "LSTM", "config": {"name": "l", "recurrent_activation": "hard_sigmoid"}}""", "recurrent_activation", "\"keras2_hard_sigmoid\"")]
    [TestCase("""{"class_name": "Dense", "config": {"name": "l", "dtype": {"class_name": "Policy", "config": {"name": "float64"}}}}""", "dtype",
        """{"module":"keras","class_name":"DTypePolicy","config":{"name":"float64"},"registered_name":null}""")]
    [TestCase("""{"class_name": "Reshape", "config": {"name": "l", "target_shape": {"class_name": "__tuple__", "items": [2, 3]}}}""", "target_shape", "[2,3]")]
    [TestCase("""{"class_name": "Dense", "config": {"name": "l", "kernel_initializer": {"class_name": "VarianceScaling", "config": {"scale": 2, "mode": "fan_in", "distribution": "normal", "seed": null, "dtype": "float32"}}}}""", "kernel_initializer",
        """{"module":"keras.initializers","class_name":"VarianceScaling","config":{"scale":2,"mode":"fan_in","distribution":"truncated_normal","seed":null},"registered_name":null}""")]
    [TestCase("""{"class_name": "Dense", "config": {"name": "l", "kernel_regularizer": {"class_name": "L1L2", "config": {"l1": 0.0, "l2": 0.5}}}}""", "kernel_regularizer",
        """{"module":"keras.regularizers","class_name":"L1L2","config":{"l1":0.0,"l2":0.5},"registered_name":null}""")]
    [TestCase("""{"class_name": "Dense", "config": {"name": "l", "kernel_constraint": {"class_name": "MaxNorm", "config": {"max_value": 2, "axis": 0}}}}""", "kernel_constraint",
        """{"module":"keras.constraints","class_name":"MaxNorm","config":{"max_value":2,"axis":0},"registered_name":null}""")]
    public void Keys_HaveKeras3sNames(string layer, string key, string expected)
    {
        var config = Translate(StackOf(layer))["config"]!["layers"]![0]!["config"]!;
        Assert.That(config[key]?.ToJsonString(), Is.EqualTo(expected));
    }

    [TestCase("LSTM", "implementation")]
    [TestCase("LSTM", "time_major")]
    [TestCase("DepthwiseConv2D", "groups")]
    [TestCase("Embedding", "input_length")]
    public void Keys_WithoutMeaning_AreDropped(string className, string key)
    {
        var config = Translate(StackOf($$$"""
            {"class_name": "{{{className}}}", "config": {"name": "l", "implementation": 2, "time_major": false, "groups": 1, "input_length": 8}}
            """))["config"]!["layers"]![0]!["config"]!.AsObject();
        Assert.That(config.ContainsKey(key), Is.False);
    }

    [Test]
    public void HardSigmoid_OfKeras2_IsTheOldFunction()
    {
        var stack = StackOf("""{"class_name": "Activation", "config": {"name": "l", "trainable": true, "activation": "hard_sigmoid", "batch_input_shape": [null, 3]}}""");
        var x = Tensor.From([-4f, 1f, 2.75f], [1, 3]);
        var old = Make(stack).Predict(x).ToArray<float>();
        Assert.That(old, Is.EqualTo(new[] { 0f, 0.7f, 1f }).Within(1e-6f));

        var current = ModelConfig.Deserialize(LegacyConfig.Model(Parse(stack), Keras3)).Predict(x).ToArray<float>();
        Assert.That(current, Is.EqualTo(new[] { 0f, 4f / 6, 5.75f / 6 }).Within(1e-6f));
    }

    [Test]
    public void WhatKeras3CannotSay_IsRefused_AllOfIt()
    {
        var error = Assert.Throws<ModelConfigException>(() => Translate("""
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 3], "dtype": "float32", "ragged": true, "name": "i"}},
              {"class_name": "LSTM", "config": {"name": "l", "units": 2, "time_major": true}}]}}
            """))!;
        Assert.That(error.Problems, Has.Count.EqualTo(2));
        Assert.That(error.Message, Does.Contain("model_config.config.layers[0].config.ragged").And.Contain("model_config.config.layers[1].config.time_major"));
    }

    [Test]
    public void UnknownClasses_AreAllNamedWithTheirPlaces()
    {
        var config = Translate("""
            {"class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"batch_input_shape": [null, 2], "dtype": "float32", "name": "x"}},
              {"class_name": "Lambda", "name": "code", "inbound_nodes": [[["x", 0, 0, {}]]],
               "config": {"name": "code", "function": ["4wEAAAAAAAAA", null, null], "function_type": "lambda", "safe_mode": false}},
              {"class_name": "Attention9", "name": "own", "inbound_nodes": [[["code", 0, 0, {}]]], "config": {"name": "own"}},
              {"class_name": "TFOpLambda", "name": "tf.image.resize", "inbound_nodes": [["own", 0, 0, {}]],
               "config": {"name": "tf.image.resize", "function": "image.resize"}}],
              "input_layers": [["x", 0, 0]], "output_layers": [["tf.image.resize", 0, 0]]}}
            """);
        Assert.That(config.ToJsonString(), Does.Not.Contain("4wEAAAAAAAAA"), "code is not carried along");
        var error = Assert.Throws<ModelConfigException>(() => ModelConfig.Deserialize(config))!;
        Assert.That(error.Problems, Has.Count.EqualTo(3));
        Assert.That(error.Message, Does.Contain("layers[1]").And.Contain("Lambda").And.Contain("Attention9").And.Contain("image.resize"));
    }

    [TestCase("""{"config": {}}""", "class_name")]
    [TestCase("""{"class_name": "Sequential", "config": {"name": "s", "layers": 3}}""", "layers")]
    [TestCase("""{"class_name": "Sequential", "config": {"name": "s", "layers": [[]]}}""", "layers[0]")]
    [TestCase("""{"class_name": "Model", "config": {"name": "m", "layers": [{"class_name": "Dense", "name": "d", "config": {}, "inbound_nodes": [[["x", "y", 0]]]}]}}""", "inbound_nodes")]
    [TestCase("""{"class_name": "Model", "config": {"name": "m", "layers": [{"class_name": "Dense", "name": "d", "config": {}, "inbound_nodes": [3]}]}}""", "inbound_nodes[0]")]
    [TestCase("""{"class_name": "Model", "config": {"name": "m", "layers": [], "input_layers": [[["a", 0, 0]]], "output_layers": []}}""", "input_layers")]
    [TestCase("""{"class_name": "Dense", "config": []}""", "config")]
    public void Malformed_SaysWhere(string json, string place) =>
        Assert.That(Assert.Throws<ModelConfigException>(() => Translate(json))!.Message, Does.Contain(place));

    [TestCase("3")]
    [TestCase("{}")]
    [TestCase("[3]")]
    [TestCase("{\"module\": \"keras\", \"class_name\": \"DTypePolicy\", \"config\": 3}")]
    public void DTypes_OfEntries_Malformed_AreATypedError(string dtype)
    {
        var layers = $$$"""{"class_name": "InputLayer", "config": {"batch_input_shape": [null, 3], "dtype": {{{dtype}}}, "name": "i"}}""";
        Assert.Throws<ModelConfigException>(() => Make(StackOf(layers)));
    }

    [Test]
    public void Keras1_IsRefused() =>
        Assert.That(Assert.Throws<ModelConfigException>(() => LegacyDialect.Of("1.2.2"))!.Message, Does.Contain("1.2.2"));

    [TestCase(null, false)]
    [TestCase("2.15.0", false)]
    [TestCase("tfjs-layers 4.22.0", false)]
    [TestCase("3.15.1", true)]
    public void Dialect_FollowsTheVersion(string? version, bool isKeras3) => Assert.That(LegacyDialect.Of(version).IsKeras3, Is.EqualTo(isKeras3));

    private static string StackOf(string layers) => """{"class_name": "Sequential", "config": {"name": "s", "layers": [""" + layers + "]}}";

    private static JsonObject Translate(string json) => LegacyConfig.Model(Parse(json), Keras2);

    private static Model Make(string json) => ModelConfig.Deserialize(Translate(json));

    private static JsonObject Parse(string json) => KerasJson.Parse(json);

    // Without what depends on the session, and what only says how large weights are.
    private static string Essence(JsonObject config)
    {
        var copy = config.DeepClone();
        Strip(copy);
        return copy.ToJsonString();

        static void Strip(JsonNode? node)
        {
            if (node is JsonArray list)
                foreach (var item in list)
                    Strip(item);
            if (node is not JsonObject entries)
                return;
            foreach (var key in (string[])["shared_object_id", "build_config", "run_eagerly", "steps_per_execution", "jit_compile"])
                entries.Remove(key);
            var sorted = entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal).ToList();
            entries.Clear();
            foreach (var (key, value) in sorted)
            {
                Strip(value);
                entries[key] = value;
            }
        }
    }
}
