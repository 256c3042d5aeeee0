using System.Text.Json.Nodes;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Legacy;

/// <summary>What models were compiled with, in older words.</summary>
public class LegacyTrainingTests
{
    [Test]
    public void Optimizer_OldKeys_HaveTheirNewNames()
    {
        var model = Compile("""
            "optimizer_config": {"class_name": "Adam", "config": {"lr": 0.25, "beta_1": 0.5, "beta_2": 0.75, "decay": 0.0, "epsilon": null, "amsgrad": true}},
            "loss": "mse"
            """);
        var adam = (Adam)model.Optimizer;
        Assert.That((adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon, adam.Amsgrad), Is.EqualTo((0.25, 0.5, 0.75, 1e-7, true)));
    }

    [Test]
    public void Optimizer_Decay_IsKeras2sSchedule()
    {
        var model = Compile("""
            "optimizer_config": {"class_name": "SGD", "config": {"learning_rate": 0.5, "decay": 0.25, "momentum": 0.0, "nesterov": false}}, "loss": "mse"
            """);
        Assert.That(model.Optimizer.LearningRate, Is.EqualTo(0.5));
        model.Fit(Tensor.Zeros([4, 2]), Tensor.Zeros([4, 1]), batchSize: 1, verbose: 0);
        Assert.That(model.Optimizer.LearningRate, Is.EqualTo(0.5 / (1 + (0.25 * 4))));
    }

    [Test]
    public void Optimizer_OfTensorFlow210_IsNoClassOfTheProgram()
    {
        var model = Compile("""
            "optimizer_config": {"class_name": "Custom>Adam", "config": {"name": "Adam", "learning_rate": 0.5, "jit_compile": true, "is_legacy_optimizer": false}}, "loss": "mse"
            """);
        Assert.That(model.Optimizer, Is.InstanceOf<Adam>());
    }

    [Test]
    public void Optimizer_Schedule_IsFound()
    {
        var model = Compile("""
            "optimizer_config": {"class_name": "RMSprop", "config": {"learning_rate": {"class_name": "ExponentialDecay", "config":
              {"initial_learning_rate": 0.5, "decay_steps": 10, "decay_rate": 0.5, "staircase": false, "name": null}}, "rho": 0.5}}, "loss": "mse"
            """);
        Assert.That(model.Optimizer.LearningRate, Is.EqualTo(0.5));
    }

    [TestCase("\"auto\"")]
    [TestCase("\"sum_over_batch_size\"")]
    public void Loss_Reduction_IsKeras3s(string reduction)
    {
        var config = LegacyTraining.Compilation(Parse($$$"""
            "optimizer_config": {"class_name": "SGD", "config": {}},
            "loss": {"class_name": "BinaryCrossentropy", "config": {"reduction": {{{reduction}}}, "name": "b", "from_logits": true, "label_smoothing": 0.125, "fn": "binary_crossentropy"}}
            """));
        Assert.That(
            config["loss"]!.ToJsonString(),
            Is.EqualTo("""{"module":"keras.losses","class_name":"BinaryCrossentropy","config":{"reduction":"sum_over_batch_size","name":"b","from_logits":true,"label_smoothing":0.125},"registered_name":null}"""));
    }

    [Test]
    public void Metrics_FunctionsInWrappers_AreTheirClasses()
    {
        var model = Compile("""
            "optimizer_config": {"class_name": "SGD", "config": {}}, "loss": "mse", "loss_weights": null, "sample_weight_mode": null,
            "metrics": [[{"class_name": "MeanMetricWrapper", "config": {"name": "mae", "dtype": "float32", "fn": "mean_absolute_error"}}, "mse"]]
            """);
        var result = model.Evaluate(Tensor.Ones([2, 2]), Tensor.Zeros([2, 1]), verbose: 0);
        Assert.That(result.Keys, Is.EquivalentTo(new[] { "loss", "mae", "mse" }));
    }

    [TestCase("\"loss\": \"my_own_loss\"", "my_own_loss")]
    [TestCase("\"loss\": {\"class_name\": \"package>MyLoss\", \"config\": {}}", "MyLoss")]
    [TestCase("\"loss\": \"mse\", \"metrics\": [\"my_metric\"]", "my_metric")]
    [TestCase("\"loss\": \"mse\", \"metrics\": [{\"class_name\": \"MeanMetricWrapper\", \"config\": {\"fn\": \"own_fn\"}}]", "own_fn")]
    public void OwnFunctions_AreRefusedByName(string part, string name) => Assert.That(
        Assert.Throws<ModelConfigException>(() => Compile("\"optimizer_config\": {\"class_name\": \"SGD\", \"config\": {}}, " + part))!.Message,
        Does.Contain(name));

    private static JsonObject Parse(string content) => KerasJson.Parse("{" + content + "}");

    private static Model Compile(string content)
    {
        var config = LegacyConfig.Model(
            KerasJson.Parse("""{"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "Dense", "config": {"name": "d", "units": 1, "batch_input_shape": [null, 2]}}]}}"""),
            LegacyDialect.Of("2.4.0"));
        config["compile_config"] = LegacyTraining.Compilation(Parse(content));
        return ModelConfig.Deserialize(config);
    }
}
