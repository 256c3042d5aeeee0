using System.IO.Compression;
using System.Text;
using GpuKeras.Layers;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>What a file holds, without running anything of it.</summary>
public sealed class InspectionTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Open_ModelWithUnknownClasses_LayersFromTheFile()
    {
        var input = Keras.Input([4], name: "in");
        var output = new Dense(2, name: "second").Apply(new Dense(3, name: "first").Apply(input));
        var model = new Model(input, output);
        model.Compile("adam", "mse");
        model.Save(folder.File("known.keras"));
        using (var known = ZipFile.Open(folder.File("known.keras"), ZipArchiveMode.Update))
        {
            var entry = known.GetEntry(KerasArchive.ConfigName)!;
            string json;
            using (var reader = new StreamReader(entry.Open()))
                json = reader.ReadToEnd();
            entry.Delete();
            using var stream = known.CreateEntry(KerasArchive.ConfigName).Open();
            stream.Write(Encoding.UTF8.GetBytes(json.Replace("\"Dense\"", "\"Mystery\"", StringComparison.Ordinal)));
        }
        using var contents = FileInspector.Open(folder.File("known.keras"));
        Assert.That(contents.Model, Is.Null);
        Assert.That(contents.Problem, Does.Contain("Mystery").And.Contain("first").And.Contain("second"));
        Assert.That(contents.Layers.Select(static layer => (layer.Name, layer.ClassName, layer.Parameters)), Is.EqualTo(new[]
        {
            ("in", "InputLayer", 0L), ("first", "Mystery", 15L), ("second", "Mystery", 8L),
        }));
        Assert.That(contents.Layers.Select(static layer => layer.OutputShape), Is.EqualTo(new[] { "(None, 4)", "(None, 3)", "" }));
        Assert.That(ConfigText.Of(contents.CompileConfig!["optimizer"]), Does.StartWith("Adam(learning_rate=0.001").And.Not.Contain("amsgrad"));
    }

    [Test]
    public void Open_SubclassOfAnotherProgram_LayersFromTheWeights()
    {
        using var contents = FileInspector.Open(GoldenFiles.PathOf("models/09_subclass/model.weights.h5"));
        Assert.That(contents.Layers.Single(static layer => layer.Name == "blocks/res_block_1").Parameters, Is.EqualTo(305));
    }

    [Test]
    public void Open_Model_SummaryInputsAndOutputs()
    {
        using var contents = FileInspector.Open(GoldenFiles.PathOf("models/03_functional_multi_io/model.keras"));
        Assert.That(contents.Model!.CountParameters(), Is.EqualTo(2919));
        Assert.That(contents.Inputs.Select(static input => input.Name), Is.EqualTo(new[] { "a", "b", "img" }));
        Assert.That(contents.Outputs.Select(static output => output.Name), Is.EqualTo(new[] { "prob", "reg" }));
        Assert.That(contents.Format, Does.Contain("3.15"));
    }

    [Test]
    public void Open_MoreThanTenVariables_InTheOrderOfTheirNumbers()
    {
        using var contents = FileInspector.Open(GoldenFiles.PathOf("models/01_mlp_bn_dropout/model.weights.h5"));
        var slots = contents.Weights.Select(static weight => weight.Name).Where(static name => name.StartsWith("optimizer", StringComparison.Ordinal));
        Assert.That(slots, Is.EqualTo(Enumerable.Range(0, 20).Select(static i => $"optimizer/vars/{i}")));
    }

    [Test]
    public void Statistics_NumbersAndNaN()
    {
        var values = WeightStatistics.Of(Tensor.From(1f, float.NaN, 3f, -4f));
        Assert.That((values.Minimum, values.Maximum, values.Mean, values.NotNumbers), Is.EqualTo((-4.0, 3.0, 0.0, 1L)));
        Assert.That(values.StandardDeviation, Is.EqualTo(Math.Sqrt(26.0 / 3)).Within(1e-15));
        Assert.That(WeightStatistics.Of(Tensor.From<float>([], [0, 2])), Is.EqualTo(new WeightStatistics(double.NaN, double.NaN, double.NaN, double.NaN, 0)));
    }
}
