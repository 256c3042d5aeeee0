using GpuKeras.Hdf5;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Tfjs;

/// <summary>Layers models of TensorFlow.js. There are no golden ones: these are made here from golden <c>.h5</c> files, and by hand.</summary>
public class TfjsModelTests
{
    private const string TwoLayers = """
        {"class_name": "Sequential", "config": {"name": "s", "layers": [
          {"class_name": "Dense", "config": {"name": "first", "units": 2, "batch_input_shape": [null, 3]}},
          {"class_name": "Dense", "config": {"name": "last", "units": 1, "use_bias": false}}]}}
        """;

    private TfjsCraft craft = null!;

    [SetUp]
    public void MakeFolder() => craft = new TfjsCraft();

    [TearDown]
    public void DeleteFolder() => craft.Dispose();

    [TestCase("01_mlp_bn_dropout")]
    [TestCase("03_functional_multi_io")]
    public void CraftedFromGoldenH5_EqualsIt(string name)
    {
        var path = GoldenFiles.PathOf($"models/{name}/model.h5");
        using (var h5 = Hdf5File.Open(path))
        {
            string Text(string attribute) => h5.Root.FindAttribute(attribute)!.ReadString();
            craft.Converted(Text("model_config"), Text("keras_version"), Text("training_config"));
            // As the converter does: layer by layer, in the order of each layer's list.
            var weights = h5.Root.Group("model_weights");
            foreach (var layer in weights.FindAttribute("layer_names")!.ReadStrings())
                foreach (var weight in weights.Group(layer).FindAttribute("weight_names")!.ReadStrings())
                    craft.Weight(weight, Hdf5Weights.Describe(path, weights.Group(layer).Dataset(weight)).Read());
        }
        craft.Write(1001, 2002);

        // By its folder: the file in it has one name only.
        var (model, expected) = (Model.Load(craft.Folder), Model.Load(path));
        Assert.That(model.ToJson(), Is.EqualTo(expected.ToJson()));
        for (var i = 0; i < expected.Weights.Count; i++)
            Assert.That(model.Weights[i].ToArray<float>(), Is.EqualTo(expected.Weights[i].ToArray<float>()), expected.Weights[i].Path);
        Assert.That(model.Optimizer.Iterations, Is.Zero, "the optimizer's state is not in such a file");
    }

    [Test]
    public void SavedByJavaScript_TrainedWeightsOfAllLayersFirst_GoByName()
    {
        craft.Saved("Sequential", """
            {"name": "sequential_1", "layers": [
              {"class_name": "Dense", "config": {"units": 1, "name": "dense_Dense1", "trainable": true, "batch_input_shape": [null, 1], "use_bias": false, "dtype": "float32",
               "kernel_initializer": {"class_name": "VarianceScaling", "config": {"scale": 1, "mode": "fan_avg", "distribution": "normal", "seed": null}}}},
              {"class_name": "BatchNormalization", "config": {"name": "bn", "axis": -1}},
              {"class_name": "Dense", "config": {"units": 1, "name": "dense_Dense2", "use_bias": false}}]}
            """);
        string[] names = ["dense_Dense1/kernel", "bn/gamma", "bn/beta", "dense_Dense2/kernel", "bn/moving_mean", "bn/moving_variance"];
        foreach (var (i, name) in names.Index())
            craft.Weight(name, Tensor.Full(name.StartsWith("bn", StringComparison.Ordinal) ? [1] : new Shape(1, 1), i));
        var model = Model.Load(craft.Write());
        Assert.That(model.Weights.Select(static weight => weight.ToArray<float>()[0]), Is.EqualTo(new float[] { 0, 1, 2, 4, 5, 3 }));
    }

    [Test]
    public void Names_OfOtherSessions_AndOfLayersInLayers_AreFound()
    {
        craft.Converted("""
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "Bidirectional", "config": {"name": "both", "merge_mode": "sum", "batch_input_shape": [null, 2, 1], "layer":
                {"class_name": "SimpleRNN", "config": {"name": "rnn", "units": 1, "use_bias": false, "return_sequences": true}}}},
              {"class_name": "TimeDistributed", "config": {"name": "each", "layer": {"class_name": "Dense", "config": {"name": "d", "units": 1, "use_bias": false}}}},
              {"class_name": "Sequential", "config": {"name": "inner", "layers": [
                {"class_name": "Dense", "config": {"name": "e", "units": 1, "use_bias": false, "batch_input_shape": [null, 2, 1]}}]}}]}}
            """);
        // Cells are numbered over a session, the layer in a TimeDistributed has no name, that of a model in a model stands alone.
        string[] names =
        [
            "both/backward_rnn/simple_rnn_cell_9/kernel", "both/backward_rnn/simple_rnn_cell_9/recurrent_kernel",
            "both/forward_rnn/simple_rnn_cell_8/kernel", "both/forward_rnn/simple_rnn_cell_8/recurrent_kernel", "e/kernel", "each/kernel",
        ];
        foreach (var (i, name) in names.Index())
            craft.Weight(name, Tensor.Full([1, 1], i));
        var model = Model.Load(craft.Write());
        Assert.That(model.Weights.Select(static weight => weight.ToArray<float>()[0]), Is.EqualTo(new float[] { 2, 3, 0, 1, 5, 4 }));
    }

    [Test]
    public void Names_OfAModelLoadedTwice_GoByOrder()
    {
        // TensorFlow 1 numbered names anew when a model was loaded while another one was there.
        craft.Converted(TwoLayers)
            .Weight("first_2/kernel", Tensor.Full([3, 2], 1)).Weight("first_2/bias", Tensor.Full([2], 2)).Weight("last_2/kernel", Tensor.Full([2, 1], 3));
        var model = Model.Load(craft.Write());
        Assert.That(model.Weights.Select(static weight => weight.ToArray<float>()[0]), Is.EqualTo(new float[] { 1, 2, 3 }));
    }

    [Test]
    public void Names_ThatDoNotFit_AreListed()
    {
        craft.Converted(TwoLayers)
            .Weight("first/kernel", Tensor.Zeros([3, 2])).Weight("first/gamma", Tensor.Zeros([2])).Weight("last/kernel", Tensor.Zeros([2, 1]));
        var path = craft.Write();
        Assert.That(Assert.Throws<WeightsException>(() => Model.Load(path))!.Message, Does.Contain("first/bias").And.Contain("first/gamma"));
    }

    [Test]
    public void Quantised_IsScaled_AsInJavaScript()
    {
        var uint8 = TfjsCraft.Describe("first/kernel", [3, 2], "float32");
        uint8["quantization"] = new System.Text.Json.Nodes.JsonObject { ["dtype"] = "uint8", ["scale"] = 0.1, ["min"] = -1.3, ["original_dtype"] = "float32" };
        var uint16 = TfjsCraft.Describe("first/bias", [2], "float32");
        uint16["quantization"] = new System.Text.Json.Nodes.JsonObject { ["dtype"] = "uint16", ["scale"] = 0.25, ["min"] = 2 };
        var half = TfjsCraft.Describe("last/kernel", [2, 1], "float32");
        half["quantization"] = new System.Text.Json.Nodes.JsonObject { ["dtype"] = "float16" };
        craft.Converted(TwoLayers)
            .Weight(uint8, [0, 1, 2, 100, 254, 255])
            .Weight(uint16, [1, 0, 0, 1])
            .Weight(half, [.. BitConverter.GetBytes((Half)1.5f), .. BitConverter.GetBytes((Half)(-0.25f))]);
        var model = Model.Load(craft.Write(3, 4));
        Assert.That(model.Weights[0].ToArray<float>(), Is.EqualTo(new[] { 0, 1, 2, 100, 254, 255 }.Select(static level => (float)(level * 0.1 + -1.3))));
        Assert.That(model.Weights[1].ToArray<float>(), Is.EqualTo(new[] { 2.25f, 66f }));
        Assert.That(model.Weights[2].ToArray<float>(), Is.EqualTo(new[] { 1.5f, -0.25f }));
    }

    [Test]
    public void StateOfTheOptimizer_IsLeftOut()
    {
        craft.Converted(TwoLayers)
            .Weight("first/kernel", Tensor.Zeros([3, 2])).Weight("first/bias", Tensor.Zeros([2])).Weight("last/kernel", Tensor.Ones([2, 1]));
        var state = TfjsCraft.Describe("iter", [], "int32");
        state["group"] = "optimizer";
        craft.Weight(state, [1, 0, 0, 0]);
        Assert.That(Model.Load(craft.Write()).Weights, Has.Count.EqualTo(3));
    }

    [Test]
    public void GraphModels_AreRefused()
    {
        craft.Json["format"] = "graph-model";
        craft.Json["modelTopology"] = new System.Text.Json.Nodes.JsonObject { ["node"] = new System.Text.Json.Nodes.JsonArray() };
        var path = craft.Write();
        Assert.That(Assert.Throws<FileFormatException>(() => Model.Load(path))!.Message, Does.Contain("graph-model").And.Contain("tfjs_layers_model"));
    }
}
