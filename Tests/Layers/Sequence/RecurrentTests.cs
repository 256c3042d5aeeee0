using GpuKeras.Layers;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers.Sequence;

public sealed class RecurrentTests
{
    private const int Batch = 3;
    private const int Steps = 5;
    private const int InputDim = 4;
    private const int Units = 2;

    // The second sample is padded at its end, the third at its start and in the middle.
    private static readonly bool[][] Mask =
        [[true, true, true, true, true], [true, true, true, false, false], [false, true, false, true, true]];

    public static IEnumerable<TestCaseData> Kinds() =>
        Makers().Select(static (maker, i) => new TestCaseData(maker.Make).SetArgDisplayNames(maker.Name));

    [TestCaseSource(nameof(Kinds))]
    public void Call_AllOptions_AgreesWithTheDefinition(Func<Options, RecurrentLayer> make)
    {
        foreach (var backwards in new[] { false, true })
            foreach (var masked in new[] { false, true })
            {
                var layer = Built(make(new(GoBackwards: backwards)));
                var (x, mask) = (SequenceChecks.Random([Batch, Steps, InputDim], 1), masked ? MaskTensor() : null);
                var (outputs, states) = RecurrentReference.Run(layer, x, masked ? Mask : null);

                var results = layer.ApplyAll(x, masks: [mask]);

                SequenceChecks.AreClose(results[0], outputs);
                Assert.That(results.Count, Is.EqualTo(1 + states.Length));
                for (var i = 0; i < states.Length; i++)
                    SequenceChecks.AreClose(results[1 + i], states[i]);
                Assert.That(results[0].Mask, Is.SameAs(mask));
                Assert.That(results[1].Mask, Is.Null);
            }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Call_WithoutReturnSequences_GivesTheLastOutput(Func<Options, RecurrentLayer> make)
    {
        var layer = Built(make(new(ReturnSequences: false, ReturnState: false)));
        var x = SequenceChecks.Random([Batch, Steps, InputDim], 1);
        var last = RecurrentReference.Run(layer, x, Mask).Outputs.Chunk(Units).Where(static (_, i) => i % Steps == Steps - 1);

        var output = layer.Apply(x, mask: MaskTensor());

        Assert.That(output.Shape, Is.EqualTo(new Shape(Batch, Units)));
        Assert.That(output.Mask, Is.Null);
        SequenceChecks.AreClose(output, [.. last.SelectMany(static values => values)]);
    }

    [TestCaseSource(nameof(Kinds))]
    public void Call_InitialStates_AreWhereTheWalkStarts(Func<Options, RecurrentLayer> make)
    {
        var layer = Built(make(new()));
        var x = SequenceChecks.Random([Batch, Steps, InputDim], 1);
        Tensor[] initial = [.. Enumerable.Range(0, layer.StateCount).Select(static i => SequenceChecks.Random([Batch, Units], 70 + i))];
        var (outputs, states) = RecurrentReference.Run(layer, x, Mask, initial);

        var results = layer.ApplyAll(TensorStructure.FromList([x, .. initial]), masks: [MaskTensor()]);

        SequenceChecks.AreClose(results[0], outputs);
        SequenceChecks.AreClose(results[1], states[0]);
    }

    [TestCaseSource(nameof(Kinds))]
    public void Call_MaskedWithZeroOutput_GivesZerosThere(Func<Options, RecurrentLayer> make)
    {
        var layer = Built(make(new()));
        layer.ZeroOutputForMask = true;
        var x = SequenceChecks.Random([Batch, Steps, InputDim], 1);

        SequenceChecks.AreClose(layer.ApplyAll(x, masks: [MaskTensor()])[0], RecurrentReference.Run(layer, x, Mask).Outputs);
    }

    [TestCaseSource(nameof(Kinds))]
    public void Gradient_OfWeightsInputsAndStates_AgreesWithFiniteDifferences(Func<Options, RecurrentLayer> make)
    {
        foreach (var backwards in new[] { false, true })
        {
            var layer = Built(make(new(GoBackwards: backwards)));
            var states = Enumerable.Range(0, layer.StateCount).Select(static i => SequenceChecks.Random([Batch, Units], 70 + i));
            Tensor[] inputs = [SequenceChecks.Random([Batch, Steps, InputDim], 1), .. states];

            SequenceChecks.CheckGradients(layer, inputs, given => layer.ApplyAll(TensorStructure.FromList(given), masks: [MaskTensor()]));
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Gradient_OfAGradient_AgreesWithFiniteDifferences(Func<Options, RecurrentLayer> make)
    {
        foreach (var sequences in new[] { false, true })
        {
            var layer = Built(make(new(ReturnSequences: sequences, ReturnState: sequences)));
            Tensor[] inputs = [SequenceChecks.Random([Batch, Steps, InputDim], 1)];

            SequenceChecks.CheckGradients(layer, inputs, given =>
            {
                using var tape = new GradientTape();
                tape.Watch(given[0]);
                var results = layer.ApplyAll(given[0], masks: [MaskTensor()]);
                return tape.Gradient(results[0].Square().Sum() + results[^1].Sum(), given[0])!;
            });
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Call_Stateful_ContinuesUntilItIsReset(Func<Options, RecurrentLayer> make)
    {
        var layer = Built(make(new(Stateful: true)));
        layer.ResetState();
        var x = SequenceChecks.Random([Batch, Steps, InputDim], 1);
        var whole = RecurrentReference.Run(layer, x).States[0];

        Tensor Half(Range steps)
        {
            using var tape = new GradientTape();
            var states = layer.ApplyAll(x.Slice(1, steps))[1];
            Assert.That(tape.Gradient(states, layer.TrainableVariables), Has.None.Null, "keeping the states does not disturb the tape");
            return states;
        }
        Half(..2);
        SequenceChecks.AreClose(Half(2..), whole);

        layer.ResetState();
        SequenceChecks.AreClose(Half(..), whole);
        Assert.That(layer.Weights, Has.Count.EqualTo(3), "states are no weights");
        Assert.That(
            () => layer.ApplyAll(SequenceChecks.Random([2, Steps, InputDim], 1)),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("expected 3, received 2"));
    }

    [TestCaseSource(nameof(Kinds))]
    public void Build_Weights_HaveKerasNamesAndShapes(Func<Options, RecurrentLayer> make)
    {
        var layer = Built(make(new()));
        var gates = layer is LSTM ? 4 : layer is GRU ? 3 : 1;
        var cell = layer is LSTM ? "lstm_cell" : layer is GRU ? "gru_cell" : "simple_rnn_cell";

        Assert.That(layer.Weights.Select(static weight => weight.Path), Is.EqualTo(new[]
        {
            $"{layer.Name}/{cell}/kernel", $"{layer.Name}/{cell}/recurrent_kernel", $"{layer.Name}/{cell}/bias",
        }));
        Assert.That(layer.Weights.Select(static weight => weight.Shape), Is.EqualTo(new[]
        {
            new Shape(InputDim, gates * Units), new Shape(Units, gates * Units),
            layer is GRU { ResetAfter: true } ? new Shape(2, 3 * Units) : new Shape(gates * Units),
        }));
    }

    [TestCaseSource(nameof(Kinds))]
    public void Call_OnSymbolicTensors_DeclaresShapesWithUnknownSteps(Func<Options, RecurrentLayer> make)
    {
        var symbolic = Keras.Input([Shape.Unknown, InputDim]);

        Assert.That(make(new(ReturnState: false)).Apply(symbolic).Shape, Is.EqualTo(new Shape(Shape.Unknown, Shape.Unknown, Units)));
        Assert.That(
            make(new(ReturnSequences: false, ReturnState: false)).Apply(symbolic).Shape, Is.EqualTo(new Shape(Shape.Unknown, Units)));
        var layer = make(new());
        var all = layer.ApplyAll(symbolic);
        Shape state = [Shape.Unknown, Units];
        Assert.That(
            all.Select(static tensor => tensor.Shape),
            Is.EqualTo((Shape[])[[Shape.Unknown, Shape.Unknown, Units], .. Enumerable.Repeat(state, layer.StateCount)]));
    }

    [TestCaseSource(nameof(Kinds))]
    public void Call_DropoutInTraining_DropsTheSameInputsInAllSteps(Func<Options, RecurrentLayer> make)
    {
        var layer = Built(make(new(Dropout: 0.5)));
        var x = SequenceChecks.Random([Batch, Steps, InputDim], 1);

        var quiet = layer.ApplyAll(x)[0].ToArray<double>();
        Assert.That(quiet, Is.EqualTo(RecurrentReference.Run(layer, x).Outputs).Within(1e-12), "nothing is dropped outside training");
        var first = layer.ApplyAll(x, training: true)[0].ToArray<double>();
        Assert.That(first, Is.Not.EqualTo(quiet));
        Assert.That(layer.ApplyAll(x, training: true)[0].ToArray<double>(), Is.Not.EqualTo(first), "each call drops others");

        // One input of ones at a time: it is dropped in all steps or in none, so that the gradient of its steps vanishes together.
        using var tape = new GradientTape();
        tape.Watch(x);
        var gradient = tape.Gradient(layer.ApplyAll(x, training: true)[0], x)!.ToArray<double>();
        for (var b = 0; b < Batch; b++)
            for (var i = 0; i < InputDim; i++)
            {
                var zeros = Enumerable.Range(0, Steps).Count(t => gradient[(b * Steps + t) * InputDim + i] == 0);
                Assert.That(zeros, Is.EqualTo(0).Or.EqualTo(Steps), $"sample {b}, input {i}");
            }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Call_RecurrentDropoutOfOne_CutsTheRecurrentKernelOff(Func<Options, RecurrentLayer> make)
    {
        var layer = Built(make(new(RecurrentDropout: 1)));
        var x = SequenceChecks.Random([Batch, Steps, InputDim], 1);
        using var tape = new GradientTape();

        var gradient = tape.Gradient(layer.ApplyAll(x, training: true)[0], layer.Weights[1]);

        Assert.That(gradient!.ToArray<double>(), Is.All.EqualTo(0));
    }

    [Test]
    public void LSTM_UnitForgetBias_StartsTheForgetGateWithOnes()
    {
        var layer = new LSTM(2);
        layer.Apply(Tensor.Zeros([1, 1, 1]));
        Assert.That(layer.Weights[2].ToArray<float>(), Is.EqualTo(new float[] { 0, 0, 1, 1, 0, 0, 0, 0 }));

        layer = new LSTM(2, unitForgetBias: false);
        layer.Apply(Tensor.Zeros([1, 1, 1]));
        Assert.That(layer.Weights[2].ToArray<float>(), Is.All.Zero);
    }

    [Test]
    public void Call_WithoutBias_HasTwoWeights()
    {
        var layer = new GRU(Units, useBias: false, returnSequences: true) { DType = DType.Float64 };
        var x = SequenceChecks.Random([Batch, Steps, InputDim], 1);
        layer.Apply(x);
        SequenceChecks.Randomize(layer, 30);

        Assert.That(layer.Weights, Has.Count.EqualTo(2));
        SequenceChecks.AreClose(layer.Apply(x), RecurrentReference.Run(layer, x).Outputs);
    }

    [Test]
    public void Call_BadShapes_AreNamed()
    {
        var layer = new LSTM(2, name: "lstm");
        Assert.That(
            () => layer.Apply(Tensor.Zeros([2, 4])),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("layer 'lstm'")
                .And.Message.Contains("expected ndim=3, found ndim=2"));

        layer.Apply(Tensor.Zeros([2, 3, 4]));
        Assert.That(
            () => layer.Apply(Tensor.Zeros([2, 3, 5])),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("value 4").And.Message.Contains("(2, 3, 5)"));
        Assert.That(
            () => layer.Apply([Tensor.Zeros([2, 3, 4]), Tensor.Zeros([2, 2])]),
            Throws.ArgumentException.With.Message.Contains("2 initial state(s); got 2 tensors"));
        Assert.That(
            () => layer.Apply([Tensor.Zeros([2, 3, 4]), Tensor.Zeros([2, 2]), Tensor.Zeros([2, 3])]),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("[batch, 2]").And.Message.Contains("state 1 [2, 3]"));
        Assert.That(() => new GRU(0), Throws.ArgumentException.With.Message.Contains("units=0"));
        Assert.That(
            () => new LSTM(2, stateful: true).Apply(Keras.Input([3, 4])),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("fixed batch size"));
        Assert.That(layer.ResetState, Throws.InvalidOperationException.With.Message.Contains("stateful: true"));
    }

    private static IEnumerable<(string Name, Func<Options, RecurrentLayer> Make)> Makers() =>
    [
        ("simple_rnn", static o => new SimpleRNN(
            Units, dropout: o.Dropout, recurrentDropout: o.RecurrentDropout, seed: 5, returnSequences: o.ReturnSequences,
            returnState: o.ReturnState, goBackwards: o.GoBackwards, stateful: o.Stateful) { DType = DType.Float64 }),
        ("lstm", static o => new LSTM(
            Units, dropout: o.Dropout, recurrentDropout: o.RecurrentDropout, seed: 5, returnSequences: o.ReturnSequences,
            returnState: o.ReturnState, goBackwards: o.GoBackwards, stateful: o.Stateful) { DType = DType.Float64 }),
        ("gru", static o => new GRU(
            Units, dropout: o.Dropout, recurrentDropout: o.RecurrentDropout, seed: 5, returnSequences: o.ReturnSequences,
            returnState: o.ReturnState, goBackwards: o.GoBackwards, stateful: o.Stateful) { DType = DType.Float64 }),
        ("gru_reset_before", static o => new GRU(
            Units, dropout: o.Dropout, recurrentDropout: o.RecurrentDropout, seed: 5, returnSequences: o.ReturnSequences,
            returnState: o.ReturnState, goBackwards: o.GoBackwards, stateful: o.Stateful, resetAfter: false) { DType = DType.Float64 }),
    ];

    private static RecurrentLayer Built(RecurrentLayer layer)
    {
        layer.ApplyAll(Tensor.Zeros([Batch, Steps, InputDim], DType.Float64));
        SequenceChecks.Randomize(layer, 30);
        return layer;
    }

    private static Tensor MaskTensor() => Tensor.From([.. Mask.SelectMany(static row => row)], [Batch, Steps]);

    public sealed record Options(
        bool ReturnSequences = true,
        bool ReturnState = true,
        bool GoBackwards = false,
        bool Stateful = false,
        double Dropout = 0,
        double RecurrentDropout = 0);
}
