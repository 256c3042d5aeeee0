using System.IO.Compression;
using System.Text;
using GpuKeras.Hdf5;
using GpuKeras.Layers;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using GpuKeras.Tests.Callbacks;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>Whole models in files: training that goes on, endings, and files that ask for too much.</summary>
public sealed class ModelFileTests
{
    private static readonly (string Name, Func<Optimizer> Make)[] Optimizers =
    [
        ("sgd", static () => new SGD(0.05)),
        ("momentum", static () => new SGD(0.05, momentum: 0.9, nesterov: true)),
        ("adam", static () => new Adam(0.01)),
        ("amsgrad", static () => new Adam(0.01, amsgrad: true)),
        ("adamw", static () => new AdamW(0.01, weightDecay: 0.02)),
        ("rmsprop", static () => new RMSprop(new ExponentialDecay(0.01, decaySteps: 3, decayRate: 0.5), momentum: 0.5, centered: true)),
        ("nadam", static () => new Nadam(0.01)),
        ("adafactor", static () => new Adafactor(0.01)),
        ("schedule free", static () => new ScheduleFreeAdamW(0.01)),
        ("muon", static () => new Muon(0.01)),
        ("average", static () => new Adam(0.01, useEma: true, emaOverwriteFrequency: 3)),
        ("accumulation", static () => new Adam(0.01, gradientAccumulationSteps: 2)),
    ];

    private TemporaryFolder folder = null!;

    public static IEnumerable<string> OptimizerNames => Optimizers.Select(static optimizer => optimizer.Name);

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCaseSource(nameof(OptimizerNames))]
    public void Fit_FromALoadedModel_BitForBitAsWithoutTheFile(string name)
    {
        var model = Sample(Optimizers.Single(optimizer => optimizer.Name == name).Make());
        // Five steps: in the middle of an accumulation, and of the steps between two overwrites.
        Fit(model, epochs: 1);
        model.Save(folder.File("m.keras"));
        var loaded = Model.Load(folder.File("m.keras"));
        var (expected, history) = (Fit(model, epochs: 3), Fit(loaded, epochs: 3));
        foreach (var metric in new[] { "loss", "mae" })
            Assert.That(history[metric], Is.EqualTo(expected[metric]), metric);
        foreach (var (actual, uninterrupted) in loaded.Weights.Zip(model.Weights))
            TensorAssert.AreIdentical(actual, uninterrupted);
        Assert.That(loaded.Optimizer.Variables, Has.Count.EqualTo(model.Optimizer.Variables.Count));
        foreach (var (actual, uninterrupted) in loaded.Optimizer.Variables.Zip(model.Optimizer.Variables))
            TensorAssert.AreIdentical(actual, uninterrupted);
    }

    [TestCaseSource(nameof(OptimizerNames))]
    [NonParallelizable]
    public void Fit_FromAModelSavedBeforeTraining_BitForBit(string name)
    {
        var model = Sample(Optimizers.Single(optimizer => optimizer.Name == name).Make());
        model.Save(folder.File("m.keras"));
        using var errors = new CapturedErrors();
        var loaded = Model.Load(folder.File("m.keras"));
        Assert.That(errors.Text, Is.Empty);
        Assert.That(Fit(loaded, epochs: 2)["loss"], Is.EqualTo(Fit(model, epochs: 2)["loss"]));
        foreach (var (actual, uninterrupted) in loaded.Weights.Zip(model.Weights))
            TensorAssert.AreIdentical(actual, uninterrupted);
    }

    [Test]
    public void Save_WholeNumberThatIsAFloat_HasADecimalPoint()
    {
        var json = Sample(new SGD(2, momentum: 0)).ToJson();
        Assert.That(json, Does.Contain("\"momentum\":0.0").And.Contain("\"learning_rate\":2.0").And.Contain("\"units\":6,"));
    }

    [Test]
    public void Load_WithoutCompiling_NotCompiled()
    {
        Sample(new Adam()).Save(folder.File("m.keras"));
        Assert.That(Model.Load(folder.File("m.keras"), compile: false).IsCompiled, Is.False);
        Assert.That(Model.Load(folder.File("m.keras")).IsCompiled, Is.True);
    }

    [Test]
    public void Load_ChangedLearningRate_IsTheChangedOne()
    {
        var model = Sample(new Adam(0.01));
        Fit(model, epochs: 1);
        model.Optimizer.LearningRate = 0.0025;
        model.Save(folder.File("m.keras"));
        Assert.That(Model.Load(folder.File("m.keras")).Optimizer.LearningRate, Is.EqualTo((double)0.0025f));
    }

    [Test]
    public void Load_FrozenLayer_SlotsOfTheOthers()
    {
        var model = Sample(new Adam(0.01));
        model.Layers[0].Trainable = false;
        Fit(model, epochs: 1);
        model.Save(folder.File("m.keras"));
        var loaded = Model.Load(folder.File("m.keras"));
        Assert.That(loaded.Layers[0].Trainable, Is.False);
        Assert.That(Fit(loaded, epochs: 2)["loss"], Is.EqualTo(Fit(model, epochs: 2)["loss"]));
    }

    [Test]
    [NonParallelizable]
    public void SaveAndLoad_NotBuilt_WarnsAndComesBackNotBuilt()
    {
        using var errors = new CapturedErrors();
        new Sequential([new Dense(3)], name: "later").Save(folder.File("m.keras"));
        Assert.That(errors.Text, Does.Contain("'later'").And.Contain("not yet been built"));
        var loaded = Model.Load(folder.File("m.keras"));
        Assert.That(loaded.Built, Is.False);
        Assert.That(loaded.Predict(Tensor.Ones([1, 2])).Shape, Is.EqualTo(new Shape(1, 3)));
    }

    [TestCase("m.h5")]
    [TestCase("m")]
    [TestCase("m.zip")]
    public void SaveAndLoad_OtherEnding_NamesTheKnown(string name)
    {
        Assert.That(() => Sample(new Adam()).Save(folder.File(name)), Throws.ArgumentException.With.Message.Contains(".keras").And.Message.Contains(name));
        Assert.That(folder.FileNames, Is.Empty);
    }

    [TestCase("m.weights.h5")]
    [TestCase("m.safetensors")]
    public void SaveAndLoad_EndingOfWeights_NamesTheOtherMethod(string name)
    {
        Assert.That(() => Sample(new Adam()).Save(folder.File(name)), Throws.ArgumentException.With.Message.Contains("SaveWeights"));
        Assert.That(() => Model.Load(folder.File(name)), Throws.ArgumentException.With.Message.Contains("LoadWeights"));
    }

    [Test]
    public void Save_ModelWithALambda_RefusedAndTheOldFileStays()
    {
        var path = folder.Write("m.keras", [1, 2, 3]);
        var model = new Sequential([new InputLayer([2]), new Lambda(static x => x * 2)]);
        Assert.That(() => model.Save(path), Throws.TypeOf<NotSupportedException>());
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "m.keras" }));
    }

    [Test]
    public void Load_ArchitectureThatDemandsTerabytes_RefusedBeforeAnythingIsAllocated()
    {
        var path = Archive(
            new Sequential([new InputLayer([2]), new Dense(3)]).ToJson().Replace("\"units\":3", "\"units\":2000000000", StringComparison.Ordinal),
            static root => AddVariables(root, "layers/dense", [2, 3], [3]));
        var before = GC.GetTotalAllocatedBytes();
        Assert.That(() => Model.Load(path), Throws.TypeOf<ModelConfigException>().With.Message.Contains("16,000,000,000 bytes"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(64 << 20));
    }

    [Test]
    public void Load_StatesThatDemandTerabytes_Refused()
    {
        var json = new Sequential([new InputLayer([2, 1], batchSize: 3), new LSTM(1, stateful: true)]).ToJson();
        Assert.That(json, Does.Contain("[3,2,1]"));
        var path = Archive(
            json.Replace("[3,2,1]", "[2000000000,2,1]", StringComparison.Ordinal), static root => AddVariables(root, "layers/lstm/cell", [1, 4], [1, 4], [4]));
        Assert.That(() => Model.Load(path), Throws.TypeOf<ModelConfigException>().With.Message.Contains("lstm"));
    }

    [Test]
    public void SaveAndLoad_StatesLargerThanTheWeights_Loaded()
    {
        new Sequential([new InputLayer([2, 1], batchSize: 4096), new LSTM(1, stateful: true)]).Save(folder.File("m.keras"));
        Assert.That(Model.Load(folder.File("m.keras")).Built, Is.True);
    }

    [Test]
    public void SaveAndLoad_NormalizationWithoutScaleAndCenter_SameOutput()
    {
        var model = new Sequential([new InputLayer([3]), new BatchNormalization(scale: false, center: false), new LayerNormalization(scale: false)]);
        model.Save(folder.File("m.keras"));
        var x = Tensor.From(Samples.Floats(6), [2, 3]);
        TensorAssert.AreIdentical(Model.Load(folder.File("m.keras")).Apply(x), model.Apply(x));
    }

    [Test]
    public void Load_WeightsOfAnotherArchitecture_ListsWhatDiffers()
    {
        var path = Archive(
            new Sequential([new InputLayer([2]), new Dense(3)]).ToJson(), static root => AddVariables(root, "layers/dense", [3, 2], [3]));
        Assert.That(
            () => Model.Load(path),
            Throws.TypeOf<WeightsException>().With.Message.Contains("'layers/dense/vars/0': the model has [2, 3], the file [3, 2]"));
    }

    [Test]
    public void Load_LambdaOfPythonCode_RefusedAndNamed()
    {
        var json = new Sequential([new InputLayer([2]), new Dense(3, name: "x")]).ToJson().Replace("\"Dense\"", "\"Lambda\"", StringComparison.Ordinal);
        Assert.That(() => Model.Load(Archive(json, static _ => { })), Throws.InstanceOf<Exception>().With.Message.Contains("Lambda"));
    }

    [TestCase("os.system")]
    [TestCase("System.Diagnostics.Process")]
    [TestCase("GpuKeras.Tests.Saving.ModelFileTests")]
    public void Load_ClassOfAnyModule_RefusedAndNamed(string name)
    {
        var json = new Sequential([new InputLayer([2]), new Dense(3)]).ToJson()
            .Replace("\"Dense\"", $"\"{name}\"", StringComparison.Ordinal).Replace("\"keras.layers\"", "\"os\"", StringComparison.Ordinal);
        Assert.That(() => Model.Load(Archive(json, static _ => { })), Throws.TypeOf<ModelConfigException>().With.Message.Contains(name));
    }

    [Test]
    public void Load_SafeModeInTheFile_ChangesNothing()
    {
        var json = new Sequential([new InputLayer([2]), new Dense(3)]).ToJson();
        var unsafeJson = json.Insert(1, "\"safe_mode\":false,").Replace("\"Dense\"", "\"Unknown\"", StringComparison.Ordinal);
        Assert.That(() => Model.Load(Archive(unsafeJson, static _ => { })), Throws.TypeOf<ModelConfigException>().With.Message.Contains("Unknown"));
    }

    [Test]
    public void Load_AssetsInTheArchive_NotReadNotExtracted()
    {
        var model = Sample(new Adam());
        var path = folder.File("m.keras");
        model.Save(path);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
        using (var asset = zip.CreateEntry("assets/layers/string_lookup/vocabulary.txt").Open())
            asset.Write("/etc/passwd"u8);
        Assert.That(Model.Load(path).Weights, Has.Count.EqualTo(model.Weights.Count));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "m.keras" }));
    }

    [Test]
    public void Load_FileCutAnywhere_Refused()
    {
        Sample(new Adam()).Save(folder.File("m.keras"));
        var bytes = File.ReadAllBytes(folder.File("m.keras"));
        for (var length = 0; length < bytes.Length; length += 997)
            Assert.That(() => Model.Load(folder.Write("cut.keras", bytes[..length])), Throws.InstanceOf<FileFormatException>(), $"cut to {length} bytes");
    }

    private static Sequential Sample(Optimizer optimizer)
    {
        Keras.SetRandomSeed(3);
        var model = new Sequential([new InputLayer([4]), new Dense(6, activation: "tanh"), new BatchNormalization(), new Dense(2)]);
        model.Compile(optimizer, loss: "mse", metrics: ["mae"]);
        return model;
    }

    private static GpuKeras.Callbacks.History Fit(Model model, int epochs) => model.Fit(
        Tensor.From(Samples.Floats(18 * 4), [18, 4]), Tensor.From(Samples.Floats(18 * 2, seed: 2), [18, 2]),
        batchSize: 4, epochs: epochs, shuffle: false, verbose: 0);

    private static void AddVariables(Hdf5GroupBuilder root, string path, params long[][] shapes)
    {
        var group = path.Split('/').Append("vars").Aggregate(root, static (outer, name) => outer.GetOrAddGroup(name));
        for (var i = 0; i < shapes.Length; i++)
        {
            var bytes = new byte[shapes[i].Aggregate(4L, static (size, length) => size * length)];
            group.AddDataset($"{i}", Hdf5Type.Float32, shapes[i], stream => stream.Write(bytes));
        }
    }

    private string Archive(string config, Action<Hdf5GroupBuilder> fill)
    {
        var path = folder.File("crafted.keras");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using (var stream = zip.CreateEntry(KerasArchive.ConfigName).Open())
            stream.Write(Encoding.UTF8.GetBytes(config));
        var root = new Hdf5GroupBuilder();
        fill(root);
        using (var stream = zip.CreateEntry(KerasArchive.WeightsName).Open())
            Hdf5Writer.Write(stream, root);
        return path;
    }
}
