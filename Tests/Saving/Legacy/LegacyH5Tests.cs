using GpuKeras.Layers;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Legacy;

/// <summary>Older whole models and weights in <c>.h5</c> files.</summary>
/// <remarks>The golden files are Keras 3's; those in Keras 2's forms are made here, after its documented layout and real files of it.</remarks>
public class LegacyH5Tests
{
    private const string Mlp = "01_mlp_bn_dropout";
    private const string MultiIo = "03_functional_multi_io";

    private const string TwoLayers = """
        {"class_name": "Sequential", "config": {"name": "s", "layers": [
          {"class_name": "Dense", "config": {"name": "first", "units": 2, "batch_input_shape": [null, 3]}},
          {"class_name": "Dense", "config": {"name": "last", "units": 1}}]}}
        """;

    private readonly List<string> written = [];

    [TearDown]
    public void DeleteFiles()
    {
        foreach (var path in written)
            File.Delete(path);
        written.Clear();
    }

    [TestCase(Mlp, 1)]
    [TestCase(MultiIo, 3)]
    public void Golden_PredictsWhatKerasDoes(string name, int inputs)
    {
        var model = Model.Load(GoldenFiles.PathOf($"models/{name}/model.h5"));
        var x = Enumerable.Range(0, inputs).Select(i => GoldenFiles.Npy($"models/{name}/x{i}.npy")).ToArray();
        // The golden inputs have the order of model.inputs.
        var y = model.Predict(inputs == 1 ? x[0] : TensorStructure.FromList(x));
        for (var i = 0; i < y.Count; i++)
        {
            var (found, expected) = (y[i].ToArray<float>(), GoldenFiles.Npy($"models/{name}/y{i}.npy").ToArray<float>());
            Assert.That(found, Has.Length.EqualTo(expected.Length));
            for (var at = 0; at < found.Length; at++)
                Assert.That(found[at], Is.EqualTo(expected[at]).Within(1e-5 + (1e-4 * Math.Abs(expected[at]))), $"output {i}[{at}]");
        }
    }

    [TestCase(Mlp)]
    [TestCase(MultiIo)]
    public void Golden_EqualsTheKerasFile(string name)
    {
        var (h5, keras) = (Model.Load(GoldenFiles.PathOf($"models/{name}/model.h5")), Model.Load(GoldenFiles.PathOf($"models/{name}/model.keras")));
        Assert.That(h5.ToJson(), Is.EqualTo(keras.ToJson()), "architecture and how it is compiled");
        AssertEqual(h5.Weights, keras.Weights);
        AssertEqual(h5.Optimizer.Variables, keras.Optimizer.Variables);
        Assert.That(h5.Optimizer.Iterations, Is.GreaterThan(0));
    }

    [Test]
    public void Golden_TrainsOnAsTheKerasFile()
    {
        var x = Tensor.From(Enumerable.Range(0, 120).Select(static i => MathF.Sin(i)).ToArray(), [12, 10]);
        var y = Tensor.From(Enumerable.Range(0, 12).Select(static i => i % 3).ToArray(), [12]);
        var weights = new[] { "model.h5", "model.keras" }.Select(file =>
        {
            Keras.SetRandomSeed(7);
            var model = Model.Load(GoldenFiles.PathOf($"models/{Mlp}/{file}"));
            Keras.SetRandomSeed(8);
            model.Fit(x, y, batchSize: 4, epochs: 2, shuffle: false, verbose: 0);
            return model.Weights.Concat(model.Optimizer.Variables).ToList();
        }).ToArray();
        AssertEqual(weights[0], weights[1]);
    }

    [TestCase(Mlp)]
    [TestCase(MultiIo)]
    public void Golden_LoadWeights_IntoTheModelOfTheProgram(string name)
    {
        var path = GoldenFiles.PathOf($"models/{name}/model.h5");
        var whole = Model.Load(path);
        var model = Model.FromJson(whole.ToJson());
        model.LoadWeights(path);
        AssertEqual(model.Weights, whole.Weights);
    }

    [Test]
    public void NotCompiled_OnRequest() =>
        Assert.That(Model.Load(GoldenFiles.PathOf($"models/{Mlp}/model.h5"), compile: false).IsCompiled, Is.False);

    [TestCase(1)]
    [TestCase(3)]
    public void WeightsAlone_GoByOrder_WhateverTheNames(int nameParts)
    {
        var path = Written(new LegacyH5Craft(modelConfig: null) { NameParts = nameParts }
            .Layer("dense_7", ("dense_7/kernel:0", Counted([3, 2])), ("dense_7/bias:0", Counted([2], 10)))
            .Layer("dropout_3")
            .Layer("dense_2", ("dense_2/kernel:0", Counted([2, 1], 20)), ("dense_2/bias:0", Counted([1], 30))));
        var model = new Sequential([new InputLayer([3]), new Dense(2), new Dense(1)]);
        model.LoadWeights(path);
        Assert.That(model.Weights.SelectMany(static weight => weight.ToArray<float>()), Is.EqualTo(new float[] { 0, 1, 2, 3, 4, 5, 10, 11, 20, 21, 30 }));
    }

    [Test]
    public void WholeModel_LayersInAnotherOrder_GoByName()
    {
        var path = Written(new LegacyH5Craft(TwoLayers.Replace("3]", "2]", StringComparison.Ordinal).Replace("\"units\": 1", "\"units\": 2", StringComparison.Ordinal))
            .Layer("last", ("last/kernel:0", Counted([2, 2], 10)), ("last/bias:0", Counted([2], 20)))
            .Layer("first", ("first/kernel:0", Counted([2, 2])), ("first/bias:0", Counted([2], 30))));
        var model = Model.Load(path);
        Assert.That(model.Weights.SelectMany(static weight => weight.ToArray<float>()), Is.EqualTo(new float[] { 0, 1, 2, 3, 30, 31, 10, 11, 12, 13, 20, 21 }));
    }

    [Test]
    public void ModelInAModel_TrainedWeightsComeFirst()
    {
        // Keras' old order within the inner model: all that are trained, then the others; its own order is layer by layer.
        var path = Written(new LegacyH5Craft("""
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "Sequential", "config": {"name": "inner", "layers": [
                {"class_name": "BatchNormalization", "config": {"name": "bn", "axis": [1], "batch_input_shape": [null, 1]}},
                {"class_name": "Dense", "config": {"name": "frozen", "units": 1, "use_bias": false, "trainable": false}},
                {"class_name": "Dense", "config": {"name": "d", "units": 1, "use_bias": false}}]}}]}}
            """)
            .Layer("inner", [.. new[] { "bn/gamma:0", "bn/beta:0", "d/kernel:0", "bn/moving_mean:0", "bn/moving_variance:0", "frozen/kernel:0" }
                .Select(static (name, i) => (name, Tensor.Full(name.StartsWith("bn", StringComparison.Ordinal) ? [1] : new Shape(1, 1), i)))]));
        var weights = Model.Load(path).Weights.ToDictionary(static weight => weight.Path.Split('/')[^2] + "/" + weight.Name, static weight => weight.ToArray<float>()[0]);
        Assert.That(weights, Is.EquivalentTo(new Dictionary<string, float>
        {
            ["bn/gamma"] = 0,
            ["bn/beta"] = 1,
            ["d/kernel"] = 2,
            ["bn/moving_mean"] = 3,
            ["bn/moving_variance"] = 4,
            ["frozen/kernel"] = 5,
        }));
    }

    // Before TensorFlow 2.11 slot by slot, and no learning rate; since then variable by variable.
    [TestCase("Adam/iter:0", false, "Adam/first/kernel/m:0", "Adam/first/bias/m:0", "Adam/last/kernel/m:0", "Adam/last/bias/m:0",
        "Adam/first/kernel/v:0", "Adam/first/bias/v:0", "Adam/last/kernel/v:0", "Adam/last/bias/v:0")]
    [TestCase("Adam/iteration:0", true, "Adam/m/first/kernel:0", "Adam/v/first/kernel:0", "Adam/m/first/bias:0", "Adam/v/first/bias:0",
        "Adam/m/last/kernel:0", "Adam/v/last/kernel:0", "Adam/m/last/bias:0", "Adam/v/last/bias:0")]
    public void OptimizerState_OfKeras2_FindsItsPlace(string iteration, bool withLearningRate, params string[] slots)
    {
        var state = new List<(string, Tensor)> { (iteration, Tensor.From([5L], [])) };
        if (withLearningRate)
            state.Add(("Adam/learning_rate:0", Tensor.From([0.125f], [])));
        foreach (var slot in slots)
            state.Add((slot, Tensor.Full(ShapeOf(slot), ValueOf(slot))));
        var path = Written(TwoLayersFile("""{"optimizer_config": {"class_name": "Adam", "config": {"name": "Adam", "learning_rate": 0.25}}, "loss": "mse"}""")
            .OptimizerState([.. state]));

        var optimizer = Model.Load(path).Optimizer;
        Assert.That(optimizer.Iterations, Is.EqualTo(5));
        Assert.That(optimizer.LearningRate, Is.EqualTo(withLearningRate ? 0.125 : 0.25));
        var found = optimizer.Variables.Skip(2).Select(static slot => (slot.Name, slot.ToArray<float>()[0])).ToList();
        Assert.That(found, Has.Count.EqualTo(8));
        foreach (var (name, value) in found)
            Assert.That(value, Is.EqualTo((name.Contains("bias", StringComparison.Ordinal) ? 1 : 0) + (name.Contains("last", StringComparison.Ordinal) ? 2 : 0)
                + (name.EndsWith("velocity", StringComparison.Ordinal) ? 4 : 0)), name);

        static float ValueOf(string slot) => (slot.Contains("bias", StringComparison.Ordinal) ? 1 : 0) + (slot.Contains("last", StringComparison.Ordinal) ? 2 : 0)
            + (slot.Contains("/v", StringComparison.Ordinal) ? 4 : 0);

        static Shape ShapeOf(string slot) => slot.Contains("first", StringComparison.Ordinal)
            ? slot.Contains("bias", StringComparison.Ordinal) ? [2] : [3, 2]
            : slot.Contains("bias", StringComparison.Ordinal) ? [1] : [2, 1];
    }

    [Test]
    public void OptimizerState_ThatDoesNotFit_IsLeftOut()
    {
        var path = Written(TwoLayersFile("""{"optimizer_config": {"class_name": "SGD", "config": {"lr": 0.25, "momentum": 0.5}}, "loss": "mse"}""")
            .OptimizerState(("training/SGD/Variable:0", Counted([3, 2]))));
        var optimizer = (SGD)Model.Load(path).Optimizer;
        Assert.That((optimizer.Iterations, optimizer.LearningRate), Is.EqualTo((0, 0.25)));
    }

    [Test]
    public void TopLevelWeights_AreTheModelsOwn()
    {
        var model = new OwnWeight();
        model.ApplyAll(Tensor.Zeros([1, 1]));
        model.LoadWeights(Written(new LegacyH5Craft(modelConfig: null).TopLevel(("own:0", Tensor.From([3f], [1])))));
        Assert.That(model.Weights[0].ToArray<float>(), Is.EqualTo(new[] { 3f }));
        Assert.That(
            Assert.Throws<WeightsException>(() => model.LoadWeights(Written(new LegacyH5Craft(modelConfig: null))))!.Message,
            Does.Contain("the model itself has 1, the file 0"));
    }

    [Test]
    public void OtherNumbersOfLayers_AreAnError()
    {
        var path = Written(new LegacyH5Craft(modelConfig: null).Layer("a", ("a/kernel:0", Counted([3, 2]))));
        var model = new Sequential([new InputLayer([3]), new Dense(2, name: "x"), new Dense(1, name: "y")]);
        var error = Assert.Throws<WeightsException>(() => model.LoadWeights(path))!;
        Assert.That(error.Message, Does.Contain("the model has 2 layers with weights, the file 1").And.Contain("x, y"));
    }

    [Test]
    public void OtherShapes_AreAnError_AndNothingChanges()
    {
        var path = Written(TwoLayersFile(training: null, lastUnits: 5));
        var model = new Sequential([new InputLayer([3]), new Dense(2), new Dense(1)]);
        var before = model.Weights.SelectMany(static weight => weight.ToArray<float>()).ToArray();
        Assert.That(Assert.Throws<WeightsException>(() => model.LoadWeights(path))!.Message, Does.Contain("[2, 1]").And.Contain("[2, 5]"));
        Assert.That(model.Weights.SelectMany(static weight => weight.ToArray<float>()), Is.EqualTo(before));
    }

    [Test]
    public void OtherFiles_AreToldApart()
    {
        var weights = Written(new LegacyH5Craft(modelConfig: null).Layer("a", ("a/kernel:0", Counted([3, 2]))));
        Assert.That(Assert.Throws<FileFormatException>(() => Model.Load(weights))!.Message, Does.Contain("model_config").And.Contain("LoadWeights"));
        var theano = Written(new LegacyH5Craft(TwoLayers) { Backend = "theano" });
        Assert.That(Assert.Throws<FileFormatException>(() => Model.Load(theano))!.Message, Does.Contain("Theano"));
        var keras1 = Written(new LegacyH5Craft(TwoLayers, "1.2.2"));
        Assert.That(Assert.Throws<ModelConfigException>(() => Model.Load(keras1))!.Message, Does.Contain("1.2.2"));
        var model = new Sequential([new InputLayer([3]), new Dense(2)]);
        var other = GoldenFiles.PathOf($"models/{Mlp}/model.weights.h5");
        var copy = Path.ChangeExtension(Path.GetTempFileName(), ".h5");
        File.Copy(other, copy);
        written.Add(copy);
        Assert.That(Assert.Throws<FileFormatException>(() => model.LoadWeights(copy))!.Message, Does.Contain("layer_names").And.Contain(".weights.h5"));
    }

    private LegacyH5Craft TwoLayersFile(string? training, int lastUnits = 1) => new LegacyH5Craft(TwoLayers, "2.4.0", training)
        .Layer("first", ("first/kernel:0", Counted([3, 2])), ("first/bias:0", Counted([2])))
        .Layer("last", ("last/kernel:0", Counted([2, lastUnits])), ("last/bias:0", Counted([lastUnits])));

    private string Written(LegacyH5Craft craft)
    {
        var path = craft.Write();
        written.Add(path);
        return path;
    }

    private static Tensor Counted(Shape shape, int first = 0) => Tensor.From(Enumerable.Range(first, (int)shape.Size).Select(static i => (float)i).ToArray(), shape);

    private static void AssertEqual(IReadOnlyList<Variable> found, IReadOnlyList<Variable> expected)
    {
        Assert.That(found, Has.Count.EqualTo(expected.Count));
        for (var i = 0; i < found.Count; i++)
            Assert.That(found[i].ToDoubles(), Is.EqualTo(expected[i].ToDoubles()), expected[i].Path);
    }

    private sealed class OwnWeight : Model
    {
        protected override void Build(Shape input) => AddWeight("own", [1]);

        protected override Tensor Call(Tensor inputs, bool training) => inputs + Weights[0];
    }
}
