using System.Text.Json.Nodes;
using GpuKeras.Layers;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Architecture;

/// <summary>Functional models made here, written, read, and compared: the same text again, and the same numbers.</summary>
public class FunctionalConfigTests
{
    [SetUp]
    public void SameNumbersEachTime()
    {
        Keras.ClearSession();
        Keras.SetRandomSeed(7);
    }

    [Test]
    public void NestedModels_CountCallsAsKerasDoes()
    {
        var innerInput = Keras.Input([4], name: "in1");
        var inner = new Model(innerInput, new Dense(3, name: "id").Apply(innerInput), "inner");
        var stack = new Sequential([new InputLayer([4]), new Dense(4, name: "sd"), new Dropout(0.5, name: "sdo")], "stack");
        var (a, b) = (Keras.Input([4], name: "a"), Keras.Input([4], name: "b"));
        var (y, z) = (inner.Apply(stack.Apply(a)), inner.Apply(b));
        var model = new Model([a, b], [y, z + 1], "nest");
        var config = Written(model)["config"]!;
        Assert.That(config["output_layers"]!.ToJsonString(), Is.EqualTo("""[["inner",1,0],["add",0,0]]"""));
        Assert.That(Entry(config, "add")["inbound_nodes"]![0]!["args"]![0]!["config"]!["keras_history"]!.ToJsonString(), Is.EqualTo("""["inner",1,0]"""));
        Assert.That(Entry(config, "inner")["inbound_nodes"]!.AsArray(), Has.Count.EqualTo(2));
        AssertRoundTrip(model, Data([2, 4]), Data([2, 4], 1));
    }

    [Test]
    public void Operations_OfTensors_AreKerasOperations()
    {
        var input = Keras.Input([6], name: "x");
        Tensor[] outputs =
        [
            input + 1, 1 - input, input * 0.5, 2 / input, -input, input / 4, input.Pow(3), input.Maximum(0.25), input.Minimum(input * 2),
            input.Abs().Sqrt(), input.Square(), input.Exp(), input.Relu(), input.Relu(maximum: 1), input.LeakyRelu(0.3), input.Elu(0.5), input.Gelu(),
            input.Gelu(approximate: true), input.Sigmoid(), input.Clip(-0.5, 0.5), input.SquaredDifference(input + 2),
            input.Sum(axis: -1, keepDims: true), input.Mean(axis: 1, keepDims: true), input.Max(axis: 1), input.Min([1], keepDims: true),
            input.Softmax(), input.LogSoftmax(), input.LogSumExp(), input.ArgMax(), input.Cast(DType.Int32), Tensor.Concat([input, input * 3], -1),
            input.Reshape([-1, 2, 3]), input.Reshape([-1, 2, 3]).Transpose(0, 2, 1), input.ExpandDims(1), input.ExpandDims(1).Squeeze(1),
            input.Slice(1, 1..4), input.Slice(1, ^2.., 1), input.Slice(1, .., 2), input.Flip(1), Tensor.Where(input > 0, input, 0), (input > 0).LogicalNot(),
            (input > 0).LogicalAnd(input < 1), (input >= 0.1).Any([1]), input.ExpandDims(1).MatMul(input.ExpandDims(1), transposeB: true), input.Round(),
            input.Pad([(0, 0), (1, 2)]), input.CumulativeSum(1), input.ArgMax().OneHot(6), input.StopGradient(), input.FloorModulo(0.75),
            input + Tensor.From<float>(1, 2, 3, 4, 5, 6), input.Gather(Tensor.From(0, 2), axis: 1), input.Variance([1]), input.Threshold(0.1, 7),
            Tensor.Stack([input, input + 1], axis: 1), input.NotEqual(0.0).Cast(DType.Float32), input.Glu(),
        ];
        var model = new Model(input, outputs);
        AssertRoundTrip(model, Data([3, 6]));
        foreach (var entry in Written(model)["config"]!["layers"]!.AsArray().Skip(1))
            Assert.That(
                ((string)entry!["module"]!, (string)entry["registered_name"]!), Is.EqualTo(((string)entry["module"]!, (string)entry["class_name"]!)),
                entry["name"]!.ToJsonString());
    }

    [Test]
    public void Mish_WhichKerasHasInThreeSteps_GivesTheSameNumbers()
    {
        var input = Keras.Input([6]);
        var model = new Model(input, input.Mish());
        var copy = Model.FromJson(model.ToJson());
        var (x, steps) = (Data([3, 6]), 3);
        Assert.That(copy.Predict(x).ToArray<float>(), Is.EqualTo(model.Predict(x).ToArray<float>()).Within(2 * Tolerance.For<float>(steps)));
    }

    [Test]
    public void OperationsThatKerasLacks_AreNamedAtOnce()
    {
        var input = Keras.Input([4]);
        var model = new Model(input, [input.Relu(0.1, 2, 0.5), input.CumulativeSum(1, reverse: true), input.Tile(1, 2)]);
        Assert.That(model.ToJson, Throws.TypeOf<NotSupportedException>().With.Message.Contains("broadcast_to, cumulative_sum, relu"));
    }

    [Test]
    public void MasksAndArgumentsOfCalls_ComeBack()
    {
        var tokens = Keras.Input([6], dtype: DType.Int32, name: "tokens");
        var embedded = new Embedding(10, 4, maskZero: true).Apply(tokens);
        var explicitMask = new LSTM(3, returnSequences: true).Apply(embedded, mask: tokens.NotEqual(0));
        var both = new Bidirectional(new GRU(2, returnSequences: true)).Apply(explicitMask);
        var attention = new MultiHeadAttention(2, 3).Apply(both, both, useCausalMask: true);
        var sum = new Concatenate().Apply([new Add().Apply([attention, both]), explicitMask]);
        var output = new GlobalAveragePooling1D().Apply(new TimeDistributed(new Dense(2)).Apply(new Dropout(0.1).Apply(sum)));
        var model = new Model(tokens, output);
        var data = Tensor.From([1, 2, 0, 0, 0, 0, 3, 4, 5, 6, 7, 8], [2, 6]);
        AssertRoundTrip(model, data);
        var written = Written(model)["config"]!;
        Assert.That(Entry(written, "lstm")["inbound_nodes"]![0]!["kwargs"]!["mask"]!["config"]!["keras_history"]![0]!.ToJsonString(), Is.EqualTo("\"not_equal\""));
        Assert.That(Entry(written, "multi_head_attention")["inbound_nodes"]![0]!["kwargs"]!.ToJsonString(), Is.EqualTo("""{"use_causal_mask":true}"""));
        // Without the mask, padding would count.
        var unmasked = new Model(tokens, new LSTM(3).Apply(embedded, mask: tokens.GreaterEqual(0)));
        var masked = new Model(tokens, new LSTM(3).Apply(embedded, mask: tokens.NotEqual(0)));
        masked.SetWeights(unmasked.GetWeights());
        Assert.That(masked.Predict(data).ToArray<float>()[..3], Is.Not.EqualTo(unmasked.Predict(data).ToArray<float>()[..3]));
    }

    [Test]
    public void InitialStatesAndNamedStructures_ComeBack()
    {
        var (query, value) = (Keras.Input([6, 4], name: "q"), Keras.Input([5, 4], name: "v"));
        var encoded = new LSTM(4, returnSequences: true, returnState: true, name: "encoder").ApplyAll(value);
        var decoded = new LSTM(4, returnSequences: true, name: "decoder").Apply([query, encoded[1], encoded[2]]);
        var attended = new MultiHeadAttention(2, 3, name: "attention").ApplyAll(decoded, encoded[0], encoded[0], returnAttentionScores: true);
        var model = new Model(new() { ["q"] = query, ["v"] = value }, new() { ["out"] = attended[0], ["scores"] = attended[1] });
        AssertRoundTrip(model, Data([2, 6, 4]), Data([2, 5, 4], 1));
        var written = Written(model)["config"]!;
        Assert.That(written["input_layers"]!.ToJsonString(), Is.EqualTo("""{"q":["q",0,0],"v":["v",0,0]}"""));
        Assert.That(
            Entry(written, "decoder")["build_config"]!.ToJsonString(),
            Is.EqualTo("""{"shapes_dict":{"sequences_shape":[null,6,4],"initial_state_shape":[[null,4],[null,4]]}}"""));
    }

    [Test]
    public void TrainingFalse_IsALayersDefaultInKerasFiles_AndDoesNotFreezeDropout()
    {
        var input = Keras.Input([4]);
        var config = Written(new Model(input, new Dropout(0.5, name: "drop").Apply(input)));
        Entry(config["config"]!, "drop")["inbound_nodes"]![0]!["kwargs"] = new JsonObject { ["training"] = false };
        var model = ModelConfig.Deserialize(config);
        Assert.That(model.Apply(Tensor.Ones([8, 4]), training: true).ToArray<float>(), Has.Some.EqualTo(0));
        Assert.That(KerasJson.ToText(ModelConfig.Serialize(model)), Is.EqualTo(KerasJson.ToText(config)), "what the file said is written again");
    }

    [Test]
    public void LongChainOfLayers_IsReadWithoutDeepRecursion()
    {
        var x = Keras.Input([1]);
        var input = x;
        for (var i = 0; i < 5000; i++)
            x = new Identity(name: $"i{i}").Apply(x);
        var text = new Model(input, x).ToJson();
        Assert.That(Model.FromJson(text).Layers, Has.Count.EqualTo(5001));
    }

    private static void AssertRoundTrip(Model model, params Tensor[] inputs)
    {
        var text = model.ToJson();
        var copy = Model.FromJson(text);
        Assert.That(copy.ToJson(), Is.EqualTo(text));
        Assert.That(copy.Outputs!.Select(static output => (output.Shape, output.DType)), Is.EqualTo(model.Outputs!.Select(static output => (output.Shape, output.DType))));
        copy.SetWeights(model.GetWeights());
        TensorStructure given = inputs.Length == 1 ? inputs[0] : TensorStructure.FromList(inputs);
        var (expected, actual) = (model.Predict(given), copy.Predict(given));
        for (var i = 0; i < expected.Count; i++)
            Assert.That(
                actual[i].ToDoubles(), Is.EqualTo(expected[i].ToDoubles()), $"output {i} of {model.Outputs![i].Shape}");
    }

    private static JsonObject Written(Model model) => KerasJson.Parse(model.ToJson());

    private static JsonObject Entry(JsonNode config, string name) =>
        config["layers"]!.AsArray().Single(entry => (string)entry!["name"]! == name)!.AsObject();

    private static Tensor Data(Shape shape, int seed = 0)
    {
        var random = new Random(seed);
        return Tensor.From(Enumerable.Range(0, (int)shape.Size).Select(_ => (float)(random.NextDouble() * 3 - 1.5)).ToArray(), shape);
    }
}
