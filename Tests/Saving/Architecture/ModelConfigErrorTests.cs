using System.Diagnostics;
using System.Text.Json.Nodes;
using GpuKeras.Layers;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Architecture;

/// <summary>Configurations that must be refused: with the place named, without code run, memory taken or time lost.</summary>
public class ModelConfigErrorTests
{
    private static readonly Random Mutations = new(20260823);

    [SetUp]
    public void NamesFromTheStart() => Keras.ClearSession();

    [Test]
    public void UnknownClasses_AreAllNamedAtOnceWithTheirPlaces()
    {
        var config = Config();
        var layers = config["config"]!["layers"]!.AsArray();
        Rename(layers[1]!, "AdditiveAttention");
        Rename(layers[2]!, "ConvLSTM2D");
        layers[2]!["config"]!["kernel_initializer"] = new JsonObject { ["module"] = "keras.initializers", ["class_name"] = "STFT", ["config"] = new JsonObject() };
        Rename(layers[3]!, "Stem");
        (layers[3]!["module"], layers[3]!["registered_name"]) = (null, "mine>Stem");
        config["compile_config"] = new JsonObject
        {
            ["optimizer"] = "adam",
            ["loss"] = new JsonObject { ["module"] = "builtins", ["class_name"] = "function", ["config"] = "my_loss", ["registered_name"] = "function" },
        };
        var error = Assert.Throws<ModelConfigException>(() => ModelConfig.Deserialize(config))!;
        Assert.That(error.Problems, Has.Count.EqualTo(5));
        Assert.That(error.Problems[0], Does.StartWith("$.config.layers[1] 'first' (keras.layers>AdditiveAttention): the class is not known. Hint: register it"));
        Assert.That(error.Problems[1], Does.StartWith("$.config.layers[2] 'second' (keras.layers>ConvLSTM2D)"));
        Assert.That(error.Problems[2], Does.StartWith("$.config.layers[2].config.kernel_initializer (keras.initializers>STFT)"));
        Assert.That(error.Problems[3], Does.StartWith("$.config.layers[3] 'sum' (mine>Stem)"));
        Assert.That(error.Problems[4], Does.StartWith("$.compile_config.loss (builtins>function): functions are not loaded"));
        Assert.That(error.Message, Does.Contain("AdditiveAttention").And.Contain("ConvLSTM2D").And.Contain("mine>Stem"));
    }

    [Test]
    public void Lambda_IsRefused_AsCode()
    {
        var config = Config();
        Rename(config["config"]!["layers"]![1]!, "Lambda");
        Assert.That(
            () => ModelConfig.Deserialize(config),
            Throws.TypeOf<ModelConfigException>().With.Message.Contains("layers[1] 'first' (keras.layers>Lambda): code is not loaded from files"));
        var model = new Sequential([new InputLayer([2]), new Lambda(static x => x * 2, name: "twice")]);
        Assert.That(model.ToJson, Throws.TypeOf<NotSupportedException>().With.Message.Contains("'twice'"));
    }

    [TestCase("System.Diagnostics.Process")]
    [TestCase("GpuKeras.Saving.KerasTypes")]
    [TestCase("Custom>GpuKeras.Tests.Saving.Architecture.ModelConfigErrorTests")]
    public void TypesOfOtherNames_AreNeverLookedUp(string name)
    {
        var config = Config();
        Rename(config["config"]!["layers"]![1]!, name);
        config["config"]!["layers"]![1]!["registered_name"] = name;
        Assert.That(() => ModelConfig.Deserialize(config), Throws.TypeOf<ModelConfigException>().With.Message.Contains("the class is not known"));
    }

    [Test]
    public void HugeWeights_AreRefusedBeforeMemoryIsTaken()
    {
        var config = Config();
        config["config"]!["layers"]![1]!["config"]!["units"] = 2_000_000_000;
        var before = GC.GetTotalAllocatedBytes();
        var error = Assert.Throws<ModelConfigException>(() => ModelConfig.Deserialize(config, new() { MaxWeightBytes = 1000 }))!;
        Assert.That(error.Message, Does.Contain("layer 'first' (Dense): weight 'kernel' [4, 2000000000] needs 32,000,000,000 bytes"));
        Assert.That(() => ModelConfig.Deserialize(config), Throws.TypeOf<ModelConfigException>().With.Message.Contains("there can be"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(50_000_000));
        Assert.That(() => ModelConfig.Deserialize(Config(), new() { MaxWeightBytes = 4 * (4 * 3 + 3) + 4 * (4 * 3 + 3) }), Throws.Nothing);
    }

    [Test]
    public void ClassOfTheProgram_ThatMakesLayersByANumberOfTheFile_IsLimited()
    {
        var model = new ResMLP(2, 1, 2);
        model.ApplyAll(Tensor.Ones([1, 2]));
        var config = ModelConfig.Serialize(model);
        config["config"]!["depth"] = int.MaxValue;
        Assert.That(() => ModelConfig.Deserialize(config), Throws.TypeOf<ModelConfigException>().With.Message.Contains("more than 100,000 layers"));
        Assert.That(() => new ResMLP(2, 2, 2), Throws.Nothing, "outside of loading nothing is counted");
    }

    [Test]
    public void WithoutInitialValues_WeightsAreZeros()
    {
        var model = ModelConfig.Deserialize(Config(), new() { InitializeWeights = false });
        Assert.That(model.Weights.SelectMany(static weight => weight.ToArray<float>()), Is.All.Zero);
        Assert.That(ModelConfig.Deserialize(Config()).Weights[0].ToArray<float>(), Has.Some.Not.Zero);
    }

    [Test]
    public void CallsInACircle_AreNamed()
    {
        var config = Config();
        History(config, 1)[0] = "second";
        History(config, 2)[0] = "first";
        Assert.That(
            () => ModelConfig.Deserialize(config),
            Throws.TypeOf<ModelConfigException>().With.Message.Contains("$.config: its calls wait for each other in a circle: 'first' call 0, 'second' call 0"));
    }

    [Test]
    public void References_ToNothing_AreNamedWithTheirPlace()
    {
        void Check(Action<JsonArray> change, string message)
        {
            var config = Config();
            change(History(config, 1));
            Assert.That(() => ModelConfig.Deserialize(config), Throws.TypeOf<ModelConfigException>().With.Message.Contains(message));
        }

        const string place = "$.config.layers[1].inbound_nodes[0].args[0].config.keras_history";
        Check(static history => history[0] = "nobody", $"{place}: there is no layer 'nobody'");
        Check(static history => history[1] = 1, $"{place}: layer 'x' is called 1 times; call 1 is asked for");
        Check(static history => history[1] = -1, $"{place}: layer 'x'");
        Check(static history => history[2] = 7, $"{place}: layer 'x' has 1 outputs; output 7 is asked for");
        Check(static history => history[2] = 1L << 40, $"{place}[2]: must be an integer below 2^31; got 1099511627776");
        Check(static history => history.Clear(), $"{place}: must be [layer, call, tensor]");
    }

    [Test]
    public void DuplicateNames_AreRefused()
    {
        var config = Config();
        config["config"]!["layers"]![2]!["name"] = "first";
        Assert.That(
            () => ModelConfig.Deserialize(config), Throws.TypeOf<ModelConfigException>().With.Message.Contains("$.config.layers[2]: the name 'first' is used twice"));
    }

    [TestCase("units", "\"many\"", "configuration value 'units' does not fit; got \"many\"")]
    [TestCase("units", "null", "units")]
    [TestCase("units", "-3", "positive")]
    [TestCase("units", "1e300", "units")]
    [TestCase("activation", "\"boom\"", "boom")]
    [TestCase("activation", "{}", "activation")]
    [TestCase("kernel_initializer", "7", "kernel_initializer")]
    [TestCase("dtype", "\"float7\"", "float7")]
    [TestCase("name", "\"a/b\"", "a/b")]
    [TestCase("trainable", "\"perhaps\"", "true or false")]
    public void WrongValues_AreNamedWithTheLayersPlace(string key, string value, string message)
    {
        var config = Config();
        config["config"]!["layers"]![1]!["config"]![key] = JsonNode.Parse(value);
        Assert.That(
            () => ModelConfig.Deserialize(config),
            Throws.TypeOf<ModelConfigException>().With.Message.Contains("$.config.layers[1]").And.Message.Contains(message));
    }

    [Test]
    public void DeepJson_IsRefused_WithoutRecursion()
    {
        var bomb = string.Concat(Enumerable.Repeat("[", 100_000));
        Assert.That(() => Model.FromJson(bomb), Throws.TypeOf<ModelConfigException>().With.Message.Contains("JSON"));
        Assert.That(() => Model.FromJson("{\"class_name\":\"Sequential\",\"config\":{\"layers\":" + bomb), Throws.TypeOf<ModelConfigException>());
    }

    [TestCase("""{"class_name":"Dense","config":{},"class_name":"Lambda"}""")]
    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("{\"units\": NaN}")]
    [TestCase("""{"module":"keras.layers","class_name":"Dense","config":{"units":2}}""")]
    [TestCase("""{"module":"keras","class_name":"Sequential","config":{"layers":7}}""")]
    [TestCase("""{"module":"keras","class_name":"Sequential","config":[]}""")]
    [TestCase("""{"class_name":"Functional","config":{"layers":[],"input_layers":[],"output_layers":[]}}""")]
    public void Nonsense_IsATypedError(string json) => Assert.That(() => Model.FromJson(json), Throws.TypeOf<ModelConfigException>());

    [Test]
    public void NumbersThatMetricsTakeMemoryFor_AreLimited()
    {
        var config = Config();
        config["compile_config"] = JsonNode.Parse(
            """{"optimizer":"sgd","loss":"mse","metrics":[{"module":"keras.metrics","class_name":"AUC","config":{"num_thresholds":2000000000}}]}""");
        Assert.That(
            () => ModelConfig.Deserialize(config),
            Throws.TypeOf<ModelConfigException>().With.Message.Contains("$.compile_config.metrics[0].config.num_thresholds: must be at most"));
    }

    [Test]
    public void MutatedConfigurations_GiveModelsOrTypedErrors_InBoundedTime()
    {
        var texts = new[] { Config().ToJsonString(), Compiled().ToJson() };
        var clock = Stopwatch.StartNew();
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < 3000; i++)
        {
            var config = JsonNode.Parse(texts[i % texts.Length])!.AsObject();
            for (var changes = Mutations.Next(1, 4); changes > 0; changes--)
                Mutate(config);
            try
            {
                ModelConfig.Deserialize(config, new() { MaxWeightBytes = 1 << 20 });
                accepted++;
            }
            catch (ModelConfigException)
            {
                refused++;
            }
        }
        Assert.That((accepted, refused), Is.EqualTo((accepted, 3000 - accepted)));
        Assert.That(refused, Is.GreaterThan(1000));
        Assert.That(accepted, Is.GreaterThan(100));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)));
    }

    private static JsonObject Config()
    {
        Keras.ClearSession();
        var input = Keras.Input([4], name: "x");
        var first = new Dense(3, name: "first").Apply(input);
        var second = new Dense(3, name: "second").Apply(input);
        return ModelConfig.Serialize(new Model(input, new Add(name: "sum").Apply([first, second]) * 2));
    }

    private static Sequential Compiled()
    {
        var model = new Sequential(
        [
            new InputLayer([6, 4, 2]), new Conv2D(3, 2, padding: "same"), new BatchNormalization(), new MaxPooling2D(), new Flatten(),
            new Reshape([-1, 6]), new Bidirectional(new LSTM(2)), new Dropout(0.2), new Dense(2, kernelRegularizer: "l2"),
        ]);
        model.Compile("adam", "mse", metrics: ["mae", new GpuKeras.Metrics.AUC()]);
        return model;
    }

    private static void Rename(JsonNode layer, string className) => layer["class_name"] = className;

    private static JsonArray History(JsonObject config, int layer) =>
        config["config"]!["layers"]![layer]!["inbound_nodes"]![0]!["args"]![0]!["config"]!["keras_history"]!.AsArray();

    // Puts something else, of another type or beyond limits, in the place of a value anywhere.
    private static void Mutate(JsonObject root)
    {
        JsonNode node = root;
        while (true)
        {
            var count = node is JsonObject o ? o.Count : node.AsArray().Count;
            if (count == 0)
                return;
            var at = Mutations.Next(count);
            var child = node is JsonObject named ? named.ElementAt(at).Value : node.AsArray()[at];
            if (child is JsonObject or JsonArray && Mutations.Next(6) > 0)
            {
                node = child;
                continue;
            }
            JsonNode? replacement = Mutations.Next(12) switch
            {
                0 => null,
                1 => -1,
                2 => int.MaxValue,
                3 => 1e308,
                4 => "",
                5 => "Lambda",
                6 => new JsonArray(),
                7 => new JsonObject(),
                8 => new JsonArray(int.MaxValue, int.MaxValue, int.MaxValue, null),
                9 => true,
                10 => 0,
                _ => 7,
            };
            if (node is JsonObject parent)
            {
                var key = parent.ElementAt(at).Key;
                if (Mutations.Next(8) == 0)
                    parent.Remove(key);
                else
                    parent[key] = replacement;
            }
            else
                node.AsArray()[at] = replacement;
            return;
        }
    }
}
