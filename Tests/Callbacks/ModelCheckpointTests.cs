using GpuKeras.Callbacks;
using GpuKeras.Layers;
using NUnit.Framework;

namespace GpuKeras.Tests.Callbacks;

[NonParallelizable]
public sealed class ModelCheckpointTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("gpukeras").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Fit_EachEpoch_WritesAFileWithTheValuesInItsName()
    {
        Run(new(Path("sub/{epoch:02d}-{loss:.2f}.safetensors"), saveWeightsOnly: true), 1.239, 0.5);

        Assert.That(Files("sub"), Is.EqualTo(new[] { "01-1.24.safetensors", "02-0.50.safetensors" }));
        var model = new CallbackDriver(new LambdaCallback()).Model;
        model.LoadWeights(Path("sub/02-0.50.safetensors"));
        Assert.That(model.Weight.ToArray<float>(), Is.EqualTo(new[] { 1f, 1f }), "the weights of the second epoch");
    }

    [Test]
    public void Fit_SaveBestOnly_WritesImprovementsOnly()
    {
        Run(new(Path("{epoch}.safetensors"), monitor: "loss", saveBestOnly: true, saveWeightsOnly: true), 3, 2, 2.5, double.NaN, 1);

        Assert.That(Files(), Is.EqualTo(new[] { "1.safetensors", "2.safetensors", "5.safetensors" }));
    }

    [Test]
    public void Fit_InitialValueThreshold_HasToBeBeaten()
    {
        var checkpoint = new ModelCheckpoint(
            Path("{epoch}.safetensors"), "loss", saveBestOnly: true, saveWeightsOnly: true, initialValueThreshold: 2);
        Run(checkpoint, 3, 1.5);

        Assert.That(Files(), Is.EqualTo(new[] { "2.safetensors" }));
        Assert.That(checkpoint.Best, Is.EqualTo(1.5));
    }

    [Test]
    public void Fit_MissingMonitoredValue_WarnsAndSaves()
    {
        using var errors = new CapturedErrors();
        Run(new(Path("{epoch}.safetensors"), saveBestOnly: true, saveWeightsOnly: true), 1);

        Assert.That(Files(), Is.EqualTo(new[] { "1.safetensors" }));
        Assert.That(errors.Text, Does.Contain("`val_loss`").And.Contain("loss"));
    }

    [Test]
    public void Fit_SaveFreqInBatches_CountsAcrossEpochs()
    {
        Run(new(Path("{epoch}-{batch}.safetensors"), saveWeightsOnly: true, saveFreq: 3), 1, 1, 1);

        Assert.That(Files(), Is.EqualTo(new[] { "2-1.safetensors", "3-2.safetensors" }), "batches 3 and 6 of 2 an epoch");
    }

    [Test]
    public void Fit_WholeModel_CanBeLoadedAndGoesOn()
    {
        var model = new Sequential([new InputLayer([2]), new Dense(1)]);
        model.Compile(optimizer: "adam", loss: "mse");
        model.Fit(Tensor.Ones([4, 2]), Tensor.Zeros([4, 1]), epochs: 2, verbose: 0, callbacks: [new ModelCheckpoint(Path("{epoch}.keras"))]);

        Assert.That(Files(), Is.EqualTo(new[] { "1.keras", "2.keras" }));
        var loaded = Model.Load(Path("2.keras"));
        Assert.That(loaded.Optimizer.Iterations, Is.EqualTo(2));
        Assert.That(loaded.Weights[0].ToArray<float>(), Is.EqualTo(model.Weights[0].ToArray<float>()));
    }

    [TestCase("a.h5")]
    [TestCase("a.safetensors")]
    [TestCase("a.weights.h5")]
    public void Constructor_WholeModelOtherEnding_NamesTheOne(string path) =>
        Assert.That(() => new ModelCheckpoint(path), Throws.ArgumentException.With.Message.Contains(".keras").And.Message.Contains(path));

    [TestCase("a.h5")]
    [TestCase("a.keras")]
    public void Constructor_WeightsOtherEnding_NamesBoth(string path) =>
        Assert.That(
            () => new ModelCheckpoint(path, saveWeightsOnly: true),
            Throws.ArgumentException.With.Message.Contains(".safetensors").And.Message.Contains(".weights.h5").And.Message.Contains($"filepath={path}"));

    [TestCase("{epoch:xx}.safetensors", "xx")]
    [TestCase("{epoch.safetensors", "'{'")]
    public void Constructor_BadPlace_NamesIt(string path, string named) =>
        Assert.That(() => new ModelCheckpoint(path, saveWeightsOnly: true), Throws.ArgumentException.With.Message.Contains(named));

    [Test]
    public void Constructor_BadSaveFreq_NamesIt()
    {
        Assert.That(
            static () => new ModelCheckpoint("a.keras", saveFreq: "batch"),
            Throws.ArgumentException.With.Message.Contains("'batch'"));
        Assert.That(
            static () => new ModelCheckpoint("a.keras", saveFreq: 0),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("got 0"));
    }

    [Test]
    public void Fit_PlaceWithoutAValue_NamesWhatThereIs() =>
        Assert.That(
            () => Run(new(Path("{val_loss:.2f}.safetensors"), saveWeightsOnly: true), 1),
            Throws.InstanceOf<KeyNotFoundException>().With.Message.Contains("'val_loss'").And.Message.Contains("epoch, loss"));

    [Test]
    public void Fit_PathIsADirectory_SaysSo()
    {
        Directory.CreateDirectory(Path("taken.safetensors"));

        Assert.That(
            () => Run(new(Path("taken.safetensors"), saveWeightsOnly: true), 1),
            Throws.InstanceOf<IOException>().With.Message.Contains("directory"));
    }

    [TestCase("{epoch:3d}", "  7")]
    [TestCase("{loss}", "0.125")]
    [TestCase("{loss:e}", "1.250000e-01")]
    [TestCase("{loss:08.3f}", "0000.125")]
    [TestCase("{{{epoch}}}", "{7}")]
    public void PathTemplate_Formats_AreThoseOfPython(string template, string expected) =>
        Assert.That(new PathTemplate(template).Fill(7, null, new Logs { ["loss"] = 0.125 }), Is.EqualTo(expected));

    private static void Run(ModelCheckpoint checkpoint, params double[] losses) => new CallbackDriver(checkpoint).Run("loss", losses);

    private string Path(string file) => System.IO.Path.Combine(folder, file);

    private IEnumerable<string> Files(string sub = "") =>
        Directory.GetFiles(Path(sub)).Select(static file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
