using GpuKeras.Hdf5;
using GpuKeras.Layers;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using GpuKeras.Tests.Callbacks;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>Weights as Keras' HDF5 file: round trips, files that do not fit, the optimizer's state.</summary>
public sealed class KerasWeightsTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    private string Weights => folder.File("w.weights.h5");

    [Test]
    public void SaveAndLoad_SameModelMadeTwice_SameWeightsAndBytes()
    {
        var (first, second) = (Stack(), Stack());
        first.SaveWeights(Weights);
        second.LoadWeights(Weights);
        foreach (var (loaded, saved) in second.Weights.Zip(first.Weights))
            TensorAssert.AreIdentical(loaded, saved);
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "w.weights.h5" }));
    }

    [Test]
    public void Save_Twice_SameBytes()
    {
        var model = Stack();
        model.SaveWeights(Weights);
        model.SaveWeights(folder.File("again.weights.h5"));
        Assert.That(File.ReadAllBytes(folder.File("again.weights.h5")), Is.EqualTo(File.ReadAllBytes(Weights)));
    }

    [Test]
    public void SaveAndLoad_EveryDType_SameBits()
    {
        static Sequential Make() => new([new InputLayer([1]), new Everything()]);
        var first = Make();
        first.SaveWeights(Weights);
        var second = Make();
        foreach (var variable in second.Weights)
            variable.Assign(Tensor.Zeros(variable.Shape, variable.DType));
        second.LoadWeights(Weights);
        Assert.That(second.Weights.Select(static weight => weight.DType).Distinct().Count(), Is.EqualTo(6));
        foreach (var (loaded, saved) in second.Weights.Zip(first.Weights))
            TensorAssert.AreIdentical(loaded, saved);
    }

    [Test]
    public void Load_OtherLayers_ListsMissingAndUnexpected()
    {
        Stack().SaveWeights(Weights);
        var model = new Sequential([new InputLayer([4]), new Dense(3), new LayerNormalization()]);
        var before = model.GetWeights();
        Assert.That(
            () => model.LoadWeights(Weights),
            Throws.TypeOf<WeightsException>()
                .With.Message.Contains("'layers/layer_normalization/vars/0'")
                .And.Message.Contains("Not in the model: 'layers/dense_1/vars/0', 'layers/dense_1/vars/1', 'layers/dense_2/vars/0'"));
        AssertUnchanged(model, before);
    }

    [Test]
    public void Load_OtherShapesAndTypes_ListsAllAndChangesNothing()
    {
        Write(("layers/dense/vars/0", Hdf5Type.Float32, [4, 2]), ("layers/dense/vars/1", Hdf5Type.Int32, [3]));
        var model = new Sequential([new InputLayer([4]), new Dense(3)]);
        var before = model.GetWeights();
        Assert.That(
            () => model.LoadWeights(Weights),
            Throws.TypeOf<WeightsException>().With.Message.Contains("'layers/dense/vars/0': the model has [4, 3], the file [4, 2]")
                .And.Message.Contains("'layers/dense/vars/1': the model has float32, the file int32"));
        AssertUnchanged(model, before);
    }

    [Test]
    public void Load_OtherFloats_Converted()
    {
        var model = new Sequential([new InputLayer([1]), new Dense(1)]);
        Write(
            (stream => stream.Write(BitConverter.GetBytes((Half)(-1.5))), "layers/dense/vars/0", Hdf5Type.Float(2), [1, 1]),
            (stream => stream.Write(BitConverter.GetBytes(0.1)), "layers/dense/vars/1", Hdf5Type.Float64, [1]));
        model.LoadWeights(Weights);
        Assert.That(model.Weights.Select(static weight => weight.ToArray<float>()[0]), Is.EqualTo(new[] { -1.5f, 0.1f }));
    }

    [Test]
    public void Load_BrainFloat16_Converted()
    {
        var model = new Sequential([new InputLayer([1]), new Dense(1, useBias: false)]);
        var root = new Hdf5GroupBuilder();
        var dataset = root.AddGroup("layers").AddGroup("dense").AddGroup("vars").AddDataset(
            "0", Hdf5Type.Opaque(2), [1, 1], static stream => stream.Write([0xC0, 0x3F]));
        dataset.AddAttribute("dtype", "bfloat16");
        using (var file = File.Create(Weights))
            Hdf5Writer.Write(file, root);
        model.LoadWeights(Weights);
        Assert.That(model.Weights[0].ToArray<float>(), Is.EqualTo(new[] { 1.5f }));
    }

    [Test]
    public void Load_RandomGeneratorsOfEarlyVersions_PassedOver()
    {
        var model = new Sequential([new InputLayer([1]), new Dense(1, useBias: false), new Dropout(0.5)]);
        Write(
            (stream => stream.Write(BitConverter.GetBytes(2f)), "layers/dense/vars/0", Hdf5Type.Float32, [1, 1]),
            (stream => stream.Write(new byte[8]), "layers/dropout/seed_generator/vars/0", Hdf5Type.Unsigned(4), [2]));
        model.LoadWeights(Weights);
        Assert.That(model.Weights[0].ToArray<float>(), Is.EqualTo(new[] { 2f }));
    }

    [Test]
    public void Load_Strings_AreNoWeight()
    {
        Write((stream => stream.Write("text"u8), "layers/dense/vars/0", Hdf5Type.FixedString(4), []));
        var model = new Sequential([new InputLayer([1]), new Dense(1)]);
        Assert.That(
            () => model.LoadWeights(Weights),
            Throws.TypeOf<FileFormatException>().With.Message.Contains("layers/dense/vars/0").And.Message.Contains("string(4)"));
    }

    [Test]
    public void Load_SizeBeyondTensors_Refused()
    {
        Write((static _ => { }, "layers/dense/vars/0", Hdf5Type.Float32, [0, 1L << 40]));
        var model = new Sequential([new InputLayer([1]), new Dense(1)]);
        Assert.That(() => model.LoadWeights(Weights), Throws.TypeOf<FileFormatException>().With.Message.Contains("1099511627776"));
    }

    [Test]
    public void Load_FileCutAnywhere_NothingAssigned()
    {
        var model = new Sequential([new InputLayer([2]), new Dense(2)]);
        model.SaveWeights(Weights);
        var bytes = File.ReadAllBytes(Weights);
        foreach (var variable in model.Weights)
            variable.Assign(Tensor.Full(variable.Shape, 7));
        for (var length = 0; length < bytes.Length; length += 13)
        {
            var path = folder.Write("cut.weights.h5", bytes[..length]);
            Assert.That(() => model.LoadWeights(path), Throws.InstanceOf<FileFormatException>(), $"cut to {length} bytes");
        }
        foreach (var variable in model.Weights)
            Assert.That(variable.ToArray<float>(), Is.All.EqualTo(7));
    }

    [Test]
    public void Load_PrivateFieldsByStyleOrByMeaning_BothRead()
    {
        var model = new Private();
        model.Apply(Tensor.Ones([1, 1]));
        // As a private attribute it comes after "layers", and is found there.
        foreach (var path in new[] { "head", "layers/dense" })
        {
            Write((stream => stream.Write(BitConverter.GetBytes(path.Length + 0.5f)), $"{path}/vars/0", Hdf5Type.Float32, [1, 1]));
            model.LoadWeights(Weights);
            Assert.That(model.Weights[0].ToArray<float>(), Is.EqualTo(new[] { path.Length + 0.5f }));
        }
    }

    [Test]
    public void SaveAndLoad_Optimizer_StateComesBack()
    {
        var first = Trained(steps: 3);
        first.SaveWeights(Weights);
        var second = Trained(steps: 1);
        second.LoadWeights(Weights);
        Assert.That(second.Optimizer.Iterations, Is.EqualTo(3));
        foreach (var (loaded, saved) in second.Optimizer.Variables.Zip(first.Optimizer.Variables))
            TensorAssert.AreIdentical(loaded, saved);
    }

    [Test]
    [NonParallelizable]
    public void Load_OptimizerNotBuilt_WarnsAndKeepsItsState()
    {
        Trained(steps: 3).SaveWeights(Weights);
        var model = Trained(steps: 0);
        using var errors = new CapturedErrors();
        model.LoadWeights(Weights);
        Assert.That(errors.Text, Does.Contain("it has 2 variables whereas the saved optimizer has 6"));
        Assert.That(model.Optimizer.Iterations, Is.Zero);
    }

    [Test]
    public void Load_ModelNotCompiled_OptimizerPassedOver()
    {
        Trained(steps: 3).SaveWeights(Weights);
        Assert.That(() => new Sequential([new InputLayer([2]), new Dense(1)]).LoadWeights(Weights), Throws.Nothing);
    }

    [Test]
    public void Load_IterationsIn64Bits_Read()
    {
        var model = Trained(steps: 0);
        Write(
            (stream => stream.Write(new byte[8]), "layers/dense/vars/0", Hdf5Type.Float32, [2, 1]),
            (stream => stream.Write(new byte[4]), "layers/dense/vars/1", Hdf5Type.Float32, [1]),
            (stream => stream.Write(BitConverter.GetBytes(12L)), "optimizer/vars/0", Hdf5Type.Int64, []),
            (stream => stream.Write(BitConverter.GetBytes(0.25f)), "optimizer/vars/1", Hdf5Type.Float32, []));
        model.LoadWeights(Weights);
        Assert.That((model.Optimizer.Iterations, model.Optimizer.LearningRate), Is.EqualTo((12L, 0.25)));
    }

    [Test]
    public void Load_OptimizerOfOtherShapes_ListedAndNothingChanges()
    {
        var model = Trained(steps: 1);
        Trained(steps: 3, units: 2).SaveWeights(Weights);
        var before = model.Optimizer.Iterations;
        Assert.That(
            () => model.LoadWeights(Weights),
            Throws.TypeOf<WeightsException>().With.Message.Contains("'optimizer/vars/2': the model has [2, 1], the file [2, 2]"));
        Assert.That(model.Optimizer.Iterations, Is.EqualTo(before));
    }

    private static Sequential Stack() => new([new InputLayer([4]), new Dense(3), new Dense(3), new Dense(2, useBias: false)]);

    private static Sequential Trained(int steps, int units = 1)
    {
        var model = new Sequential([new InputLayer([2]), new Dense(units)]);
        model.Compile(optimizer: new Adam(0.01), loss: "mse");
        if (steps > 0)
            model.Fit(Tensor.Ones([4, 2]), Tensor.Zeros([4, units]), batchSize: 4, epochs: steps, verbose: 0);
        return model;
    }

    private static void AssertUnchanged(Model model, IReadOnlyList<Tensor> before)
    {
        foreach (var (now, then) in model.GetWeights().Zip(before))
            TensorAssert.AreIdentical(now, then);
    }

    private void Write(params (string Path, Hdf5Type Type, long[] Shape)[] datasets) => Write([.. datasets.Select(dataset => (
        (Action<Stream>)(stream => stream.Write(new byte[dataset.Shape.Aggregate(dataset.Type.SizeBytes, static (size, length) => size * (int)length)])),
        dataset.Path, dataset.Type, dataset.Shape))]);

    private void Write(params (Action<Stream> Write, string Path, Hdf5Type Type, long[] Shape)[] datasets)
    {
        var root = new Hdf5GroupBuilder();
        foreach (var (write, path, type, shape) in datasets)
        {
            var parts = path.Split('/');
            parts[..^1].Aggregate(root, static (group, name) => group.GetOrAddGroup(name)).AddDataset(parts[^1], type, shape, write);
        }
        using var file = File.Create(Weights);
        Hdf5Writer.Write(file, root);
    }

    private sealed class Everything : Layer
    {
        private readonly Variable[] all =
        [
            new(Tensor.From(1.5f, float.NaN), name: "single"), new(Tensor.From(double.Epsilon), name: "double"),
            new(Tensor.From([int.MinValue], []), name: "int"), new(Tensor.From([long.MaxValue, 3], [1, 2]), name: "long"),
            new(Tensor.From((byte)200), name: "byte"), new(Tensor.From(true, false), name: "flags"),
        ];

        protected override Tensor Call(Tensor inputs, bool training) => inputs + all[0][0];
    }

    private sealed class Private : Model
    {
        private readonly Dense _head = new(1, useBias: false);

        protected override Tensor Call(Tensor inputs, bool training) => _head.Apply(inputs);
    }
}
