using System.Text.Json.Nodes;
using GpuKeras.Layers;
using GpuKeras.Losses;
using GpuKeras.Metrics;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Architecture;

/// <summary>How a model was compiled: Keras' structures of losses and metrics, both ways.</summary>
public class CompileConfigTests
{
    [SetUp]
    public void NamesFromTheStart() => Keras.ClearSession();

    [Test]
    public void Identifiers_StayStrings_AndObjectsObjects()
    {
        var model = TwoOutputs();
        model.Compile(
            new SGD(new ExponentialDecay(0.5, 10, 0.5), name: "sgd"), new() { ["b"] = new Huber(0.25), ["a"] = "mse" },
            new() { ["a"] = 0.5 }, new() { ["a"] = ["accuracy", new AUC(name: "auc")], ["b"] = "mae" }, ["mse"]);
        var compile = Compile(model);
        Assert.That(compile["loss"]!.ToJsonString(), Is.EqualTo(
            """{"b":{"module":"keras.losses","class_name":"Huber","config":{"name":"huber_loss","reduction":"sum_over_batch_size","delta":0.25},"registered_name":null},"a":"mse"}"""));
        Assert.That(compile["loss_weights"]!.ToJsonString(), Is.EqualTo("""{"a":0.5}"""));
        Assert.That(compile["metrics"]!["a"]![0]!.ToJsonString(), Is.EqualTo("\"accuracy\""));
        Assert.That((string)compile["metrics"]!["a"]![1]!["class_name"]!, Is.EqualTo("AUC"));
        Assert.That(compile["metrics"]!["b"]!.ToJsonString(), Is.EqualTo("""["mae"]"""));
        Assert.That(compile["weighted_metrics"]!.ToJsonString(), Is.EqualTo("""[["mse"],["mse"]]"""), "in Keras a flat list would be one metric for each output");
        Assert.That((string)compile["optimizer"]!["config"]!["learning_rate"]!["module"]!, Is.EqualTo("keras.optimizers.schedules"));
        AssertSameAfterReading(model);
    }

    [TestCase("""{"optimizer":"adam","loss":["mse",null],"loss_weights":[1,2],"metrics":["mae","mse"]}""")]
    [TestCase("""{"optimizer":"adam","loss":"mse","metrics":[["mae","accuracy"],[]]}""")]
    [TestCase("""{"optimizer":"rmsprop","loss":{"module":"keras.losses","class_name":"function","config":"mean_squared_error","registered_name":"mean_squared_error"}}""")]
    [TestCase("""{"loss":{"a":"mse","b":"mae"},"weighted_metrics":{"a":"mae"},"run_eagerly":true,"steps_per_execution":4,"jit_compile":true}""")]
    public void StructuresOfKeras_AreUnderstood_AndTrain(string compile)
    {
        var config = ModelConfig.Serialize(TwoOutputs());
        config["compile_config"] = JsonNode.Parse(compile);
        var model = ModelConfig.Deserialize(config);
        Assert.That(model.Optimizer.Built, Is.True, "its state can be loaded");
        var (x, y) = (Tensor.Ones([4, 3]), Tensor.Ones([4, 1]));
        Assert.That(() => model.Fit(x, (TensorStructure)new[] { y, y }, epochs: 1, verbose: 0), Throws.Nothing);
        AssertSameAfterReading(model);
    }

    [Test]
    public void ListOfMetrics_OfSeveralOutputs_IsOneForEach()
    {
        var config = ModelConfig.Serialize(TwoOutputs());
        config["compile_config"] = JsonNode.Parse("""{"optimizer":"adam","loss":"mse","metrics":["mae","mse"]}""");
        var model = ModelConfig.Deserialize(config);
        var y = Tensor.Ones([4, 1]);
        model.Fit(Tensor.Ones([4, 3]), (TensorStructure)new[] { y, y }, epochs: 1, verbose: 0);
        Assert.That(model.Metrics.Select(static metric => metric.Name), Does.Contain("a_mae").And.Contain("b_mse").And.Not.Contain("b_mae"));
    }

    [Test]
    public void FunctionOfTheProgram_CannotBeSaved_AndIsNamed()
    {
        var model = TwoOutputs();
        model.Compile("sgd", Loss.FromFunction(static (y, p) => (y - p).Abs().Mean(-1), "mine"));
        Assert.That(model.ToJson, Throws.InvalidOperationException.With.Message.Contains("loss 'mine': a function cannot be saved"));
    }

    [Test]
    public void WithoutCompilation_TheModelIsNotCompiled()
    {
        var model = TwoOutputs();
        model.Compile("sgd", "mse");
        Assert.That(ModelConfig.Deserialize(ModelConfig.Serialize(model), new() { Compile = false }).IsCompiled, Is.False);
        Assert.That(ModelConfig.Serialize(TwoOutputs())["compile_config"]!.AsObject(), Is.Empty);
    }

    [TestCase("""{"optimizer":"adm"}""", "$.compile_config.optimizer")]
    [TestCase("""{"optimizer":7}""", "$.compile_config.optimizer: must be a string")]
    [TestCase("""{"loss":"msee"}""", "$.compile_config.loss")]
    [TestCase("""{"loss":[7]}""", "$.compile_config.loss[0]: must be a string")]
    [TestCase("""{"metrics":["mae",{"a":"b"}]}""", "$.compile_config.metrics[1]")]
    [TestCase("""{"metrics":["nope"]}""", "$.compile_config.metrics[0]: there is no metric 'nope'")]
    [TestCase("""{"loss_weights":{"a":"much"}}""", "$.compile_config.loss_weights.a: must be a number")]
    [TestCase("""{"optimizer":{"module":"keras.optimizers","class_name":"Adam","config":{"learning_rate":"fast"}}}""", "$.compile_config.optimizer")]
    [TestCase("""{"optimizer":{"module":"keras.losses","class_name":"Huber","config":{}}}""", "$.compile_config.optimizer: is no optimizer")]
    public void WrongCompilation_IsNamedWithItsPlace(string compile, string place)
    {
        var config = ModelConfig.Serialize(TwoOutputs());
        config["compile_config"] = JsonNode.Parse(compile);
        Assert.That(() => ModelConfig.Deserialize(config), Throws.TypeOf<ModelConfigException>().With.Message.Contains(place));
    }

    private static Model TwoOutputs()
    {
        var input = Keras.Input([3], name: "x");
        return new Model(input, [new Dense(1, name: "a").Apply(input), new Dense(1, name: "b").Apply(input)], "two");
    }

    private static JsonObject Compile(Model model) => KerasJson.Parse(model.ToJson())["compile_config"]!.AsObject();

    private static void AssertSameAfterReading(Model model) => Assert.That(Model.FromJson(model.ToJson()).ToJson(), Is.EqualTo(model.ToJson()));
}
