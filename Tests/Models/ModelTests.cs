using GpuKeras.Layers;
using GpuKeras.Regularizers;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Models;

/// <summary>The three ways to make a model: the same numbers, names, weights, structure.</summary>
public class ModelTests
{
    [Test]
    public void ThreeStyles_OfOneNetwork_AgreeBitForBit()
    {
        var x = Data([5, 6]);
        var sequential = new Sequential([new InputLayer([6]), new Dense(4, activation: "relu"), new Dense(2)]);
        var input = Keras.Input([6]);
        var functional = new Model(input, new Dense(2).Apply(new Dense(4, activation: "relu").Apply(input)));
        var subclass = new TwoLayers();
        subclass.EnsureBuilt([Shape.Unknown, 6]);
        functional.SetWeights(sequential.GetWeights());
        subclass.SetWeights(sequential.GetWeights());
        var expected = sequential.Predict(x).ToArray<float>();
        Assert.That(functional.Predict(x).ToArray<float>(), Is.EqualTo(expected));
        Assert.That(subclass.Predict(x).ToArray<float>(), Is.EqualTo(expected));
    }

    [Test]
    public void SharedLayer_HasOneSetOfWeightsAndBothGradients()
    {
        var (a, b) = (Keras.Input([3]), Keras.Input([3]));
        var shared = new Dense(2, useBias: false);
        var model = new Model([a, b], new Subtract().Apply([shared.Apply(a), shared.Apply(b)]));
        Assert.That(model.Weights, Has.Count.EqualTo(1));
        var (x, y) = (Data([4, 3]), Data([4, 3], seed: 2));
        using var tape = new GradientTape();
        var gradient = tape.Gradient(model.Apply([x, y]), shared.Weights[0])!;
        var expected = (x - y).Sum(axis: 0, keepDims: true).Transpose().BroadcastTo([3, 2]);
        Assert.That(gradient.ToArray<float>(), Is.EqualTo(expected.ToArray<float>()).Within(1e-5));
    }

    [Test]
    public void NestedModel_IsALayer()
    {
        var inner = new Sequential([new InputLayer([3]), new Dense(2, name: "inside")], name: "inner");
        var input = Keras.Input([3]);
        var outer = new Model(input, new Dense(1, name: "outside").Apply(inner.Apply(input)));
        Assert.That(outer.Weights.Select(static weight => weight.Path), Is.EqualTo(new[] { "inner/inside/kernel", "inner/inside/bias", "outside/kernel", "outside/bias" }));
        Assert.That(outer.Layers.Select(static layer => layer.Name), Does.Contain("inner"));
        inner.Trainable = false;
        Assert.That(outer.TrainableVariables.Select(static weight => weight.Path), Is.EqualTo(new[] { "outside/kernel", "outside/bias" }));
        inner.Trainable = true;
        Assert.That(outer.TrainableVariables, Has.Count.EqualTo(4));
    }

    [Test]
    public void OperationsBetweenLayers_ArePartOfTheGraph()
    {
        var input = Keras.Input([2]);
        var x = input * 2 + 1;
        var model = new Model(input, (x.Sum(axis: -1, keepDims: true) - input).Reshape([-1, 2, 1]));
        Assert.That(model.Outputs!.Single.Shape, Is.EqualTo(new Shape(Shape.Unknown, 2, 1)));
        Assert.That(model.Predict(Tensor.From(new float[,] { { 1, 2 }, { 0, 0 } })).ToArray<float>(), Is.EqualTo(new float[] { 7, 6, 2, 2 }));
    }

    [Test]
    public void NamedOutputs_ComeBackByName()
    {
        var input = Keras.Input([2]);
        var model = new Model(input, new() { ["b"] = input * 2, ["a"] = input + 1 });
        var outputs = model.Predict((TensorStructure)Tensor.Ones([1, 2]));
        Assert.That(outputs.Names, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(outputs["b"].ToArray<float>(), Is.EqualTo(new float[] { 2, 2 }));
        Assert.That(() => model.Predict(Tensor.Ones([1, 2])), Throws.InvalidOperationException.With.Message.Contains("a:").And.Message.Contains("b:"));
    }

    [Test]
    public void NamedInputs_AreMatchedByName()
    {
        var (first, second) = (Keras.Input([1], name: "first"), Keras.Input([1], name: "second"));
        var model = new Model([first, second], first - second);
        var result = model.Predict(new TensorStructure { ["second"] = Tensor.Full([1, 1], 2), ["first"] = Tensor.Full([1, 1], 10) });
        Assert.That(result.Single.ToScalar(), Is.EqualTo(8));
    }

    [Test]
    public void Subclass_FindsLayersInFieldsListsAndDictionaries_InOrder()
    {
        var model = new Containers();
        model.Apply(Data([2, 3]));
        Assert.That(
            model.SubLayers.Select(static layer => layer.Name), Is.EqualTo(new[] { "stem", "block0", "block1", "left", "right" }));
        Assert.That(model.Weights.Select(static weight => weight.Path).First(), Is.EqualTo("scale"), "own variables come first");
        Assert.That(model.Weights, Has.Count.EqualTo(1 + 5 * 2));
    }

    [Test]
    public void Weights_TrainableOfALayerComeBeforeItsOthers()
    {
        var layer = new BatchNormalization();
        layer.Apply(Data([4, 2]));
        Assert.That(layer.Weights.Select(static weight => weight.Name), Is.EqualTo(new[] { "gamma", "beta", "moving_mean", "moving_variance" }));
        layer.Trainable = false;
        Assert.That(layer.Weights.Select(static weight => weight.Name), Is.EqualTo(new[] { "gamma", "beta", "moving_mean", "moving_variance" }));
        Assert.That(layer.TrainableVariables, Is.Empty);
    }

    [Test]
    public void TrainingFlag_ArgumentThenEnclosingCallThenFalse()
    {
        var probe = new TrainingProbe();
        var model = new Wrapper(probe, explicitly: null);
        model.Apply(Data([1, 2]), training: true);
        Assert.That(probe.Seen, Is.True, "the enclosing call's value");
        model.Apply(Data([1, 2]));
        Assert.That(probe.Seen, Is.False, "the default");
        var insistent = new Wrapper(probe, explicitly: true);
        insistent.Apply(Data([1, 2]), training: false);
        Assert.That(probe.Seen, Is.True, "the call's own argument");
    }

    [Test]
    public void FirstCall_ByManyThreads_BuildsOnce()
    {
        var model = new Sequential([new SlowToBuild()]);
        using var start = new Barrier(4);
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            model.Apply(Tensor.Ones([1, 2]));
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Assert.That(model.Weights, Has.Count.EqualTo(1));
    }

    [Test]
    public void Losses_OfALayerCalledTwice_AreThoseOfBothCalls()
    {
        var shared = new Dense(3, useBias: false, kernelInitializer: "ones") { ActivityRegularizer = new L2(0.5) };
        var (a, b) = (Keras.Input([2]), Keras.Input([2]));
        var model = new Model([a, b], new Add().Apply([shared.Apply(a), shared.Apply(b)]));
        for (var call = 0; call < 2; call++)
            model.Apply([Tensor.From(new float[,] { { 1, 2 } }), Tensor.From(new float[,] { { 3, 4 } })]);
        Assert.That(model.Losses.Select(static loss => loss.ToScalar()), Is.EqualTo(new[] { 0.5 * 3 * 9, 0.5 * 3 * 49 }));
    }

    [Test]
    public void Losses_OfALayerThatTheLastCallLeftOut_AreGone()
    {
        var model = new Alternating();
        using (new TensorScope())
            model.Apply(Tensor.Ones([1, 2]));
        model.TakesSecond = true;
        model.Apply(Tensor.Ones([1, 2]));
        Assert.That(model.Losses.Select(static loss => loss.ToScalar()), Is.EqualTo(new[] { 2 * 4.0 }));
    }

    [Test]
    public void Losses_AreRegularizersActivityAndAddedOnes()
    {
        var dense = new Dense(2, kernelRegularizer: new L2(0.5)) { ActivityRegularizer = new L1(1) };
        var model = new LossAdder(dense);
        var x = Tensor.Ones([4, 3]);
        var output = model.Apply(x);
        var kernel = dense.Weights[0].ToArray<float>();
        var expected = 3 + output.Abs().Sum().ToScalar() / 4 + 0.5 * kernel.Sum(static w => w * w);
        Assert.That(model.Losses.Sum().ToScalar(), Is.EqualTo(expected).Within(1e-5));
        model.Apply(x);
        Assert.That(model.Losses, Has.Count.EqualTo(3), "losses are those of the last call");
    }

    [Test]
    public void Sequential_WithoutInput_IsBuiltByTheFirstData()
    {
        var model = new Sequential([new Dense(3), new Dense(1)]);
        Assert.That(model.Weights, Is.Empty);
        model.Predict(Data([2, 5]));
        Assert.That(model.Weights.Select(static weight => weight.Shape), Is.EqualTo(new Shape[] { new(5, 3), new(3), new(3, 1), new(1) }));
        Assert.That(() => model.Predict(Data([2, 6])), Throws.InstanceOf<ShapeException>());
    }

    [Test]
    public void Sequential_AddAndPop_ChangeTheOutput()
    {
        var model = new Sequential([new InputLayer([2]), new Dense(3)]);
        model.Add(new Dense(4));
        Assert.That(model.Outputs!.Single.Shape, Is.EqualTo(new Shape(Shape.Unknown, 4)));
        model.Pop();
        Assert.That(model.Outputs!.Single.Shape, Is.EqualTo(new Shape(Shape.Unknown, 3)));
    }

    [Test]
    public void LayerAndAutomaticNames_AreKerass()
    {
        Keras.ClearSession();
        Assert.That(
            new Layer[] { new Dense(1), new Dense(1), new Conv2D(1, 1), new ReLU(), new Sequential() }.Select(static layer => layer.Name),
            Is.EqualTo(new[] { "dense", "dense_1", "conv2d", "re_lu", "sequential" }));
    }

    [Test]
    public void UnknownBatchOfATrace_LeavesStateAlone()
    {
        var model = new Sequential([new BatchNormalization(), new Dense(1)]);
        model.EnsureBuilt([Shape.Unknown, 2]);
        Assert.That(model.Layers[0].Weights[2].ToArray<float>(), Is.EqualTo(new float[] { 0, 0 }));
    }

    private static Tensor Data(Shape shape, int seed = 1) => Tensor.From(Samples.Uniform<float>((int)shape.Size, seed), shape);

    private sealed class TwoLayers : Model
    {
        private readonly Dense hidden = new(4, activation: "relu");
        private readonly Dense output = new(2);

        protected override Tensor Call(Tensor inputs, bool training) => output.Apply(hidden.Apply(inputs));
    }

    private sealed class Containers : Model
    {
        private readonly Variable scale = new(Tensor.Ones([1]), name: "scale");
        private readonly Dense stem = new(3, name: "stem");
        private readonly List<Layer> blocks = [new Dense(3, name: "block0"), new Dense(3, name: "block1")];
        private readonly Dictionary<string, Dense> heads = new() { ["left"] = new(1, name: "left"), ["right"] = new(1, name: "right") };

        protected override Tensor Call(Tensor inputs, bool training)
        {
            var x = stem.Apply(inputs) * scale;
            foreach (var block in blocks)
                x = block.Apply(x);
            return heads["left"].Apply(x) + heads["right"].Apply(x);
        }
    }

    private sealed class TrainingProbe : Layer
    {
        public bool Seen { get; private set; }

        protected override Tensor Call(Tensor inputs, bool training)
        {
            Seen = training;
            return inputs;
        }
    }

    private sealed class Wrapper(TrainingProbe probe, bool? explicitly) : Model
    {
        private readonly TrainingProbe probe = probe;

        protected override Tensor Call(Tensor inputs, bool training) => probe.Apply(inputs, explicitly);
    }

    private sealed class Alternating : Model
    {
        private readonly Dense first = new(1, kernelInitializer: "ones") { ActivityRegularizer = new L2(1) };
        private readonly Dense second = new(1, kernelInitializer: "ones") { ActivityRegularizer = new L2(2) };

        public bool TakesSecond { get; set; }

        protected override Tensor Call(Tensor inputs, bool training) => (TakesSecond ? second : first).Apply(inputs);
    }

    private sealed class SlowToBuild : Layer
    {
        private Variable? scale;

        protected override void Build(Shape input)
        {
            Thread.Sleep(20);
            scale = AddWeight("scale", []);
        }

        protected override Tensor Call(Tensor inputs, bool training) => inputs * scale!;
    }

    private sealed class LossAdder(Dense dense) : Model
    {
        private readonly Dense dense = dense;

        protected override Tensor Call(Tensor inputs, bool training)
        {
            AddLoss(Tensor.Scalar(3));
            return dense.Apply(inputs);
        }
    }
}
