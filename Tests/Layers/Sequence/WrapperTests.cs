using GpuKeras.Layers;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers.Sequence;

public sealed class WrapperTests
{
    private const int Batch = 2;
    private const int Steps = 4;
    private const int Units = 2;

    private static readonly bool[][] Mask = [[true, true, true, false], [true, false, true, true]];

    private static Tensor MaskTensor => Tensor.From([.. Mask.SelectMany(static row => row)], [Batch, Steps]);

    [Test]
    public void Bidirectional_EachMergeMode_PutsBothDirectionsTogether(
        [Values("concat", "sum", "mul", "ave", null)] string? mode, [Values] bool sequences, [Values] bool masked)
    {
        var layer = Built(new LSTM(Units, returnSequences: sequences) { DType = DType.Float64 }, mode);
        var x = SequenceChecks.Random([Batch, Steps, 3], 1);
        var there = RecurrentReference.Run(layer.Layer, x, masked ? Mask : null).Outputs.Chunk(Units).ToArray();
        var back = RecurrentReference.Run(layer.BackwardLayer, x, masked ? Mask : null).Outputs.Chunk(Units).ToArray();
        // One row for each output: the last step, or all, those from the end in the order of the input.
        var rows = sequences
            ? Enumerable.Range(0, Batch * Steps).Select(i => (there[i], back[i / Steps * Steps + Steps - 1 - i % Steps])).ToArray()
            : [.. Enumerable.Range(1, Batch).Select(b => (there[b * Steps - 1], back[b * Steps - 1]))];

        var results = layer.ApplyAll(x, masks: [masked ? MaskTensor : null]);

        double[] Zipped(Func<double, double, double> merge) => [.. rows.SelectMany(row => row.Item1.Zip(row.Item2, merge))];
        if (mode is null)
        {
            SequenceChecks.AreClose(results[0], [.. rows.SelectMany(static row => row.Item1)]);
            SequenceChecks.AreClose(results[1], [.. rows.SelectMany(static row => row.Item2)]);
            return;
        }
        SequenceChecks.AreClose(results.Single, mode switch
        {
            "concat" => [.. rows.SelectMany(static row => row.Item1.Concat(row.Item2))],
            "sum" => Zipped(static (a, b) => a + b),
            "mul" => Zipped(static (a, b) => a * b),
            _ => Zipped(static (a, b) => (a + b) / 2),
        });
    }

    [Test]
    public void Bidirectional_States_GoInAndComeOutForwardFirst()
    {
        var layer = Built(new GRU(Units, returnState: true) { DType = DType.Float64 }, "concat");
        var x = SequenceChecks.Random([Batch, Steps, 3], 1);
        var (there, back) = (SequenceChecks.Random([Batch, Units], 8), SequenceChecks.Random([Batch, Units], 9));

        var results = layer.ApplyAll([x, there, back]);

        SequenceChecks.AreClose(results[1], RecurrentReference.Run(layer.Layer, x, null, [there]).States[0]);
        SequenceChecks.AreClose(results[2], RecurrentReference.Run(layer.BackwardLayer, x, null, [back]).States[0]);
        Assert.That(
            () => layer.ApplyAll([x, there]),
            Throws.ArgumentException.With.Message.Contains("2 initial states").And.Message.Contains("got 2 tensors"));
    }

    [Test]
    public void Bidirectional_OnSymbolicTensors_HasTheStatesOfBothDirections()
    {
        var layer = new Bidirectional(new LSTM(Units, returnSequences: true, returnState: true));
        Shape state = [Shape.Unknown, Units];

        var shapes = layer.ApplyAll(Keras.Input([Shape.Unknown, 3])).Select(static tensor => tensor.Shape);

        Assert.That(shapes, Is.EqualTo((Shape[])[[Shape.Unknown, Shape.Unknown, 2 * Units], state, state, state, state]));
    }

    [Test]
    public void Bidirectional_Names_SayTheDirection()
    {
        var layer = new Bidirectional(new LSTM(2, name: "lstm"), name: "both");
        layer.Apply(Tensor.Zeros([1, 2, 3]));

        Assert.That(layer.SubLayers.Select(static inner => inner.Name), Is.EqualTo(new[] { "forward_lstm", "backward_lstm" }));
        Assert.That(layer.BackwardLayer.GoBackwards, Is.True);
    }

    [Test]
    public void Bidirectional_LayersThatDoNotFit_AreRefused()
    {
        Assert.That(static () => new Bidirectional(new LSTM(2), "max"), Throws.ArgumentException.With.Message.Contains("Received: max"));
        Assert.That(
            static () => new Bidirectional(new LSTM(2), backwardLayer: new LSTM(2)),
            Throws.ArgumentException.With.Message.Contains("go_backwards"));
        Assert.That(
            static () => new Bidirectional(new LSTM(2), backwardLayer: new LSTM(2, goBackwards: true, returnSequences: true)),
            Throws.ArgumentException.With.Message.Contains("return_sequences"));
    }

    [Test]
    public void TimeDistributed_EachStep_IsAnInputOfItsOwn()
    {
        var dense = new Dense(3, activation: "tanh") { DType = DType.Float64 };
        var layer = new TimeDistributed(dense) { DType = DType.Float64 };
        var x = SequenceChecks.Random([Batch, Steps, 2], 1);

        var output = layer.Apply(x, mask: MaskTensor);

        for (var step = 0; step < Steps; step++)
            SequenceChecks.AreClose(
                output.Slice(1, step..(step + 1)).Squeeze(1), dense.Apply(x.Slice(1, step..(step + 1)).Squeeze(1)).ToArray<double>());
        Assert.That(output.Mask, Is.Not.Null);
        Assert.That(layer.Apply(Keras.Input([Shape.Unknown, 2])).Shape, Is.EqualTo(new Shape(Shape.Unknown, Shape.Unknown, 3)));
    }

    [Test]
    public void TimeDistributed_BatchNormalizationInTraining_UsesTheStatisticsOfEachStep()
    {
        var normalization = new BatchNormalization(momentum: 0.5, epsilon: 0) { DType = DType.Float64 };
        var layer = new TimeDistributed(normalization) { DType = DType.Float64 };
        var x = Tensor.From([1.0, 10, 3, 30], [2, 2, 1]);

        SequenceChecks.AreClose(layer.Apply(x, training: true), [-1, -1, 1, 1]);
        Assert.That(normalization.Weights[2].ToScalar(), Is.EqualTo(0.5 * (0.5 * 2) + 0.5 * 20), "means 2 and 20, one after the other");
    }

    [Test]
    public void TimeDistributed_BadShapes_AreNamed()
    {
        var layer = new TimeDistributed(new Dense(2), name: "steps");
        Assert.That(
            () => layer.Apply(Tensor.Zeros([2, 3])),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("'steps'").And.Message.Contains("(2, 3)"));
        Assert.That(
            () => layer.Apply(Tensor.Zeros([2, 3, 4]), mask: Tensor.Full([2, 4], 1, DType.Bool)),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("mask [2, 4]"));
    }

    [Test]
    public void Embedding_Index_ChoosesItsVector()
    {
        var layer = new Embedding(4, 2, maskZero: true);
        var indices = Tensor.From([3, 0, 1], [1, 3]);
        layer.Apply(indices);
        layer.SetWeights([Tensor.From([0f, 1, 2, 3, 4, 5, 6, 7], [4, 2])]);

        var output = layer.Apply(indices);

        Assert.That(output.ToArray<float>(), Is.EqualTo(new float[] { 6, 7, 0, 1, 2, 3 }));
        Assert.That(output.Mask!.ToArray<bool>(), Is.EqualTo(new[] { true, false, true }));
        Assert.That(new Embedding(4, 2).Apply(indices).Mask, Is.Null);
    }

    [Test]
    public void Embedding_FirstVectors_LieWithinFiveHundredths()
    {
        Keras.SetRandomSeed(3);
        var layer = new Embedding(200, 10);
        layer.Apply(Tensor.From([0]));
        var values = layer.Embeddings.ToArray<float>();

        Assert.That(values.Max(), Is.InRange(0.049f, 0.05f));
        Assert.That(values.Min(), Is.InRange(-0.05f, -0.049f));
    }

    [TestCase(4)]
    [TestCase(-1)]
    public void Embedding_IndexOutOfRange_IsNamedWithTheLimit(int index) =>
        Assert.That(
            () => new Embedding(4, 2).Apply(Tensor.From([1, index], [1, 2])).ToArray<float>(),
            Throws.InstanceOf<IndexOutOfRangeException>().With.Message.Contains($"{index}").And.Message.Contains("4"));

    private static Bidirectional Built(RecurrentLayer inner, string? mode)
    {
        var layer = new Bidirectional(inner, mode) { DType = DType.Float64 };
        layer.ApplyAll(Tensor.Zeros([Batch, Steps, 3], DType.Float64));
        SequenceChecks.Randomize(layer, 50);
        return layer;
    }
}
