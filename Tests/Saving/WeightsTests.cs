using GpuKeras.Layers;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>A model's weights in a file: names, round trips, and files that do not fit.</summary>
public sealed class WeightsTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    private string Weights => folder.File("w.safetensors");

    [Test]
    public void SaveAndLoad_SameModelMadeTwice_SameWeights()
    {
        var (first, second) = (Stack(), Stack());
        Assert.That(second.Layers[0].Name, Is.Not.EqualTo(first.Layers[0].Name), "automatic names differ within a session");
        first.SaveWeights(Weights);
        second.LoadWeights(Weights);
        foreach (var (loaded, saved) in second.Weights.Zip(first.Weights))
            TensorAssert.AreIdentical(loaded, saved);
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "w.safetensors" }));
    }

    [Test]
    public void Save_NestedAndRepeated_UniqueNames()
    {
        var shared = new Dense(3, name: "shared");
        var model = new Tower(shared);
        model.Apply(Tensor.Ones([1, 3]));
        model.SaveWeights(Weights);
        Assert.That(Safetensors.Load(Weights).Keys, Is.EquivalentTo(new[]
        {
            "scale", "scale_1", "shared/kernel", "shared/bias", "block/dense/kernel", "block/dense/bias", "block/dense_1/kernel",
            "block/dense_1/bias",
            "block_1/dense/kernel", "block_1/dense/bias", "block_1/dense_1/kernel", "block_1/dense_1/bias",
        }));
    }

    [Test]
    public void Load_Nested_SameOutputs()
    {
        var (first, second) = (new Tower(new Dense(3, name: "shared")), new Tower(new Dense(3, name: "shared")));
        var x = Tensor.From([1f, 2, 3, -1, 0, 1], [2, 3]);
        var (expected, before) = (first.Apply(x), second.Apply(x));
        Assert.That(before.ToArray<float>(), Is.Not.EqualTo(expected.ToArray<float>()));
        first.SaveWeights(Weights);
        second.LoadWeights(Weights);
        TensorAssert.AreIdentical(second.Apply(x), expected);
    }

    [Test]
    public void Load_OtherLayers_ListsMissingAndUnexpectedWithTheNearest()
    {
        var saved = new Sequential([new InputLayer([4]), new Dense(3, name: "hiden")]);
        saved.SaveWeights(Weights);
        var model = new Sequential([new InputLayer([4]), new Dense(3, name: "hidden")]);
        var before = model.GetWeights();
        Assert.That(
            () => model.LoadWeights(Weights),
            Throws.TypeOf<WeightsException>()
                .With.Message.Contains("Missing in the file: 'hidden/kernel' (nearest: 'hiden/kernel')")
                .And.Message.Contains("Not in the model: 'hiden/bias' (nearest: 'hidden/bias')"));
        AssertUnchanged(model, before);
    }

    [Test]
    public void Load_OtherShapes_ListsBothAndChangesNothing()
    {
        new Sequential([new InputLayer([4]), new Dense(3, name: "a"), new Dense(2, name: "b")]).SaveWeights(Weights);
        var model = new Sequential([new InputLayer([4]), new Dense(3, name: "a"), new Dense(5, name: "b")]);
        var before = model.GetWeights();
        Assert.That(
            () => model.LoadWeights(Weights),
            Throws.TypeOf<WeightsException>().With.Message.Contains("'b/kernel': the model has [3, 5], the file [3, 2]")
                .And.Message.Contains("'b/bias': the model has [5], the file [2]").And.Message.Not.Contains("'a/"));
        AssertUnchanged(model, before);
    }

    [Test]
    public void Load_OtherKindOfNumbers_Refused()
    {
        var model = new Sequential([new InputLayer([1]), new Dense(1, useBias: false, name: "a")]);
        Safetensors.Save(Weights, [new("a/kernel", Tensor.From([1], [1, 1]))]);
        Assert.That(
            () => model.LoadWeights(Weights),
            Throws.TypeOf<WeightsException>().With.Message.Contains("the model has float32, the file int32"));
        Safetensors.Save(Weights, [new("a/kernel", Tensor.From([1.5], [1, 1]))]);
        model.LoadWeights(Weights);
        Assert.That(model.Weights[0].ToArray<float>(), Is.EqualTo(new[] { 1.5f }));
    }

    [Test]
    public void Load_FileCutAtAnyByte_NothingAssigned()
    {
        var model = new Sequential([new InputLayer([2]), new Dense(2, name: "a")]);
        model.SaveWeights(Weights);
        var bytes = File.ReadAllBytes(Weights);
        foreach (var variable in model.Weights)
            variable.Assign(Tensor.Full(variable.Shape, 7));
        for (var length = 0; length < bytes.Length; length++)
        {
            var path = folder.Write("cut.safetensors", bytes[..length]);
            Assert.That(() => model.LoadWeights(path), Throws.TypeOf<FileFormatException>(), $"cut to {length} bytes");
        }
        foreach (var variable in model.Weights)
            Assert.That(variable.ToArray<float>(), Is.All.EqualTo(7));
    }

    [Test]
    public void SaveAndLoad_NotBuilt_SaysHowTo()
    {
        var model = new Sequential([new Dense(2)], name: "later");
        Assert.That(
            () => model.SaveWeights(Weights),
            Throws.InvalidOperationException.With.Message.Contains("'later' isn't built").And.Message.Contains("EnsureBuilt"));
        Assert.That(() => model.LoadWeights(Weights), Throws.InvalidOperationException.With.Message.Contains("isn't built"));
        Assert.That(folder.FileNames, Is.Empty);
    }

    [TestCase("weights.ckpt")]
    [TestCase("weights")]
    public void SaveAndLoad_OtherEnding_ListsTheKnown(string name)
    {
        var model = Stack();
        Assert.That(
            () => model.SaveWeights(folder.File(name)),
            Throws.ArgumentException.With.Message.Contains(".safetensors").And.Message.Contains(name));
        Assert.That(() => model.LoadWeights(folder.File(name)), Throws.ArgumentException.With.Message.Contains(".safetensors"));
        Assert.That(folder.FileNames, Is.Empty);
    }

    [Test]
    public void Save_NoFolder_NamesIt() => Assert.That(
        () => Stack().SaveWeights(folder.File("none/w.safetensors")),
        Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("none"));

    [Test]
    public void Load_NoFile_NamesIt() =>
        Assert.That(() => Stack().LoadWeights(Weights), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("w.safetensors"));

    private static Sequential Stack() => new([new InputLayer([4]), new Dense(3), new Dense(3), new Dense(2, useBias: false)]);

    private static void AssertUnchanged(Model model, IReadOnlyList<Tensor> before)
    {
        foreach (var (now, then) in model.GetWeights().Zip(before))
            TensorAssert.AreIdentical(now, then);
    }

    private sealed class Block : Layer
    {
        private readonly Dense first = new(3);
        private readonly Dense second = new(3);

        protected override Tensor Call(Tensor inputs, bool training) => second.Apply(first.Apply(inputs));
    }

    private sealed class Tower(Dense shared) : Model
    {
        private readonly Variable scale = new(Tensor.Ones([3]), name: "scale");
        private readonly Variable otherScale = new(Tensor.Ones([3]), name: "scale");
        private readonly Dense entry = shared;
        private readonly List<Block> blocks = [new(), new()];
        private readonly Dense exit = shared;

        protected override Tensor Call(Tensor inputs, bool training)
        {
            var x = entry.Apply(inputs) * scale * otherScale;
            foreach (var block in blocks)
                x = block.Apply(x);
            return exit.Apply(x);
        }
    }
}
