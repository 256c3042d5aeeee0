using GpuKeras.Losses;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using GpuKeras.Tests.Hdf5;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>Files that Keras wrote: what the models in them compute, how they train, and what we write for them.</summary>
public sealed class GoldenModelFileTests
{
    private static readonly string[] Names = ["01_mlp_bn_dropout", "03_functional_multi_io", "09_subclass"];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = new TemporaryFolder();
        Keras.ClearSession();
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCaseSource(nameof(Names))]
    public void Load_Model_OutputsOfKeras(string name) => AssertOutputs(Model.Load(PathOf(name, "model.keras")), name);

    [TestCaseSource(nameof(Names))]
    public void LoadWeights_IntoANewModel_OutputsOfKeras(string name)
    {
        var model = Untrained(name);
        model.LoadWeights(PathOf(name, "model.weights.h5"));
        AssertOutputs(model, name);
    }

    [TestCaseSource(nameof(Names))]
    public void LoadWeights_OfAWholeModel_OutputsOfKeras(string name)
    {
        var model = Untrained(name);
        model.LoadWeights(PathOf(name, "model.keras"));
        AssertOutputs(model, name);
    }

    [TestCaseSource(nameof(Names))]
    public void Load_Model_GradientsOfKeras(string name)
    {
        var model = Model.Load(PathOf(name, "model.keras"));
        var expected = GoldenFiles.Npz($"models/{name}/grads.npz");
        using var tape = new GradientTape();
        var outputs = Outputs(model, name);
        var loss = outputs[0].Square().Mean();
        foreach (var output in outputs.Skip(1))
            loss += output.Square().Mean();
        var gradients = tape.Gradient(loss, model.TrainableVariables);
        Near.Check("loss", [(float)loss], expected["loss_inference"].ToArray<float>(), 1e-4, 1e-5);
        for (var i = 0; i < gradients.Length; i++)
            if (gradients[i] is { } gradient)
                Near.Check(model.TrainableVariables[i].Path, gradient.ToArray<float>(), expected[$"inference/{i}"].ToArray<float>(), 1e-3, 1e-4);
            else
                Assert.That(expected[$"inference/{i}"].ToArray<float>(), Is.All.Zero, model.TrainableVariables[i].Path);
    }

    [TestCaseSource(nameof(Names))]
    public void Load_Model_WeightsInKerasOrderAndOptimizerState(string name)
    {
        var model = Model.Load(PathOf(name, "model.keras"));
        var info = GoldenFiles.Json($"models/{name}/info.json");
        Assert.That(
            model.Weights.Select(static weight => weight.Path),
            Is.EqualTo(info.GetProperty("weights").EnumerateArray().Select(static weight => weight.GetProperty("path").GetString())));
        using var file = new KerasWeightsReader(PathOf(name, "model.weights.h5"));
        var stored = file.Stored.ToDictionary(static weight => weight.Name);
        Assert.That(model.Optimizer.Variables, Has.Count.EqualTo(stored.Keys.Count(static path => path.StartsWith("optimizer/", StringComparison.Ordinal))));
        for (var i = 0; i < model.Optimizer.Variables.Count; i++)
            TensorAssert.AreIdentical(model.Optimizer.Variables[i], stored[$"optimizer/vars/{i}"].Read());
        Assert.That(model.Optimizer.Iterations, Is.GreaterThan(0));
    }

    [TestCaseSource(nameof(Names))]
    public void SaveWeights_LoadedModel_TheGroupsDatasetsAndBytesOfKeras(string name)
    {
        var model = Model.Load(PathOf(name, "model.keras"));
        model.SaveWeights(folder.File("w.weights.h5"));
        // Every group, dataset and attribute as h5py lists it, with a checksum of the values.
        var (expected, written) = (Hdf5Reference.List(PathOf(name, "model.weights.h5")), Hdf5Reference.List(folder.File("w.weights.h5")));
        Assert.That(written, Is.EqualTo(expected));
        Assert.That(expected, Has.Some.Contains("optimizer/vars/0"));
    }

    [TestCaseSource(nameof(Names))]
    public void SaveAndLoadAndSave_SameBytesApartFromTheDate(string name)
    {
        var first = Model.Load(PathOf(name, "model.keras"));
        first.Save(folder.File("a.keras"), new FixedClock(2026, 1, 2));
        Keras.ClearSession();
        var second = Model.Load(folder.File("a.keras"));
        second.Save(folder.File("b.keras"), new FixedClock(2026, 1, 2));
        Assert.That(File.ReadAllBytes(folder.File("b.keras")), Is.EqualTo(File.ReadAllBytes(folder.File("a.keras"))));
        AssertOutputs(second, name);

        second.Save(folder.File("c.keras"), new FixedClock(2027, 1, 2));
        var changed = File.ReadAllBytes(folder.File("b.keras")).Zip(File.ReadAllBytes(folder.File("c.keras"))).Count(static pair => pair.First != pair.Second);
        // A digit of the year, and the entry's checksum in its two headers.
        Assert.That(changed, Is.InRange(1, 9));
    }

    [Test]
    public void Fit_03FromItsInitialWeights_HistoryOfKeras()
    {
        const string Name = "03_functional_multi_io";
        var model = Model.Load(PathOf(Name, "model.keras"), compile: false);
        var initial = GoldenFiles.Npz("models/03_train_initial_weights.npz");
        model.SetWeights([.. Enumerable.Range(0, initial.Count).Select(i => initial[$"{i}"])]);
        // Not as the file says: Keras leaves Huber's delta out of it.
        model.Compile(
            optimizer: new RMSprop(1e-3, momentum: 0.5),
            loss: new() { ["prob"] = "binary_crossentropy", ["reg"] = new Huber(delta: 0.7) },
            lossWeights: new() { ["prob"] = 1.0, ["reg"] = 0.5 },
            metrics: new() { ["prob"] = "accuracy", ["reg"] = "mae" });
        var data = GoldenFiles.Npz("models/03_train_data.npz");
        var history = model.Fit(
            new TensorStructure { ["a"] = data["a"], ["b"] = data["b"], ["img"] = data["img"] },
            new TensorStructure { ["prob"] = data["prob"], ["reg"] = data["reg"] },
            epochs: 3, batchSize: 5, shuffle: false, verbose: 0);
        var expected = GoldenFiles.Json($"models/{Name}/info.json").GetProperty("train").GetProperty("history");
        foreach (var metric in expected.EnumerateObject())
            Near.Check(
                metric.Name, [.. history[metric.Name].Select(static value => (float)value)],
                [.. metric.Value.EnumerateArray().Select(static value => value.GetSingle())], 2e-3, 1e-6);
    }

    private static string PathOf(string name, string file) => GoldenFiles.PathOf($"models/{name}/{file}");

    // The same architecture with weights of its own.
    private static Model Untrained(string name)
    {
        using var archive = new KerasArchive(PathOf(name, "model.keras"));
        var model = ModelConfig.Deserialize(archive.ReadConfig());
        Keras.ClearSession();
        return model;
    }

    private static TensorStructure Outputs(Model model, string name)
    {
        var inputs = Enumerable.Range(0, GoldenFiles.Json($"models/{name}/info.json").GetProperty("inputs").GetArrayLength())
            .Select(i => GoldenFiles.Npy($"models/{name}/x{i}.npy")).ToArray();
        return inputs is [var single] ? model.ApplyAll(single) : model.ApplyAll(inputs);
    }

    private static void AssertOutputs(Model model, string name)
    {
        var outputs = Outputs(model, name);
        for (var i = 0; i < outputs.Count; i++)
            Near.Check($"output {i}", outputs[i].ToArray<float>(), GoldenFiles.Npy($"models/{name}/y{i}.npy").ToArray<float>(), 1e-4, 1e-5);
    }
}
