using System.Text.Json;
using GpuKeras.Layers;
using GpuKeras.Tests.Support;
using GpuKeras.Utilities;
using NUnit.Framework;

namespace GpuKeras.Tests.Utilities;

/// <summary>The helpers of <c>keras.utils</c> and automatic names, against Keras' own results.</summary>
[NonParallelizable]
public sealed class UtilsTests
{
    private static readonly int[][] Sequences = [[1], [2, 3], [4, 5, 6, 7]];

    [Test]
    public void PadSequences_AsKeras()
    {
        var golden = GoldenFiles.Json("text/utils.json").GetProperty("pad_sequences");
        AssertInts(Utils.PadSequences(Sequences), golden.GetProperty("default"));
        AssertInts(Utils.PadSequences(Sequences, padding: "post"), golden.GetProperty("post"));
        AssertInts(Utils.PadSequences(Sequences, maxLen: 3), golden.GetProperty("maxlen3"));
        AssertInts(
            Utils.PadSequences(Sequences, maxLen: 3, padding: "post", truncating: "post", value: -1),
            golden.GetProperty("maxlen3_post_trunc"));
    }

    [Test]
    public void PadSequences_Edges()
    {
        TensorAssert.AreIdentical(Utils.PadSequences<float>([[1.5f], []], value: 2), Tensor.From([1.5f, 2], [2, 1]));
        TensorAssert.AreIdentical(Utils.PadSequences<int>([]), Tensor.From<int>([], [0, 0]));
        TensorAssert.AreIdentical(Utils.PadSequences(Sequences, maxLen: 0), Tensor.From<int>([], [3, 0]));
        Assert.That(() => Utils.PadSequences(Sequences, padding: "before"), Throws.ArgumentException.With.Message.Contains("'before'"));
        Assert.That(() => Utils.PadSequences(Sequences, maxLen: -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void ToCategorical_AsKeras()
    {
        var golden = GoldenFiles.Json("text/utils.json");
        AssertFloats(Utils.ToCategorical(Tensor.From(0, 2, 1, 2)), golden.GetProperty("to_categorical"), 0);
        AssertFloats(Utils.ToCategorical(Tensor.From(0f, 2, 1, 2).Reshape([4, 1])), golden.GetProperty("to_categorical"), 0);
        AssertFloats(
            Utils.ToCategorical(Tensor.From(new[,] { { 0, 2 }, { 1, 2 } }), numClasses: 4), golden.GetProperty("to_categorical_4"), 0);
    }

    [TestCase(3)]
    [TestCase(-1)]
    public void ToCategorical_LabelOutOfRange_NamesIt(int label) => Assert.That(
        () => Utils.ToCategorical(Tensor.From(0, label), numClasses: 3),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains($"got {label}"));

    [Test]
    public void Normalize_AsKeras()
    {
        var golden = GoldenFiles.Json("text/utils.json").GetProperty("normalize");
        AssertFloats(Utils.Normalize(Tensor.From(new[,] { { 1, 2 }, { 3, 4 } })), golden, 1e-6);
    }

    [TestCase(1, new[] { 0.25f, -0.75f, 0, 0 })]
    [TestCase(double.PositiveInfinity, new[] { 1 / 3f, -1, 0, 0 })]
    [TestCase(3, new[] { 0.32932f, -0.98796f, 0, 0 })]
    public void Normalize_OtherNorms_ZerosStay(double order, float[] expected)
    {
        var result = Utils.Normalize(Tensor.From(new float[,] { { 1, -3 }, { 0, 0 } }), order: order);
        Assert.That(result.ToArray<float>(), Is.EqualTo(expected).Within(1e-5f));
    }

    [Test]
    public void Normalize_BadOrder_Refused() =>
        Assert.That(() => Utils.Normalize(Tensor.Ones([2]), order: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void ToSnakeCase_AsKeras()
    {
        string[] classes =
        [
            "Dense", "Conv2D", "BatchNormalization", "LSTM", "GRU", "ReLU", "PReLU", "MyHTTPLayer", "Conv2DTranspose", "LayerNormalization",
            "ELU",
            "GlobalAveragePooling2D", "MultiHeadAttention", "RMSNormalization",
        ];
        var golden = GoldenFiles.Json("text/utils.json").GetProperty("names").EnumerateArray().Select(static name => name.GetString());
        Assert.That(classes.Select(Identifiers.ToSnakeCase), Is.EqualTo(golden));
    }

    [Test]
    public void AutomaticNames_OfLayers_AsKeras()
    {
        var golden = GoldenFiles.Json("text/utils.json").GetProperty("auto_names").EnumerateArray().Select(
            static name => name.GetString()!).ToArray();
        Keras.ClearSession();
        Layer[] layers = [new Dense(1), new Dense(1), new Conv2D(1, 1), new Dense(1), new Sequential(), new Sequential()];
        // The last two are names of symbolic tensors, which have none here.
        Assert.That(layers.Select(static layer => layer.Name), Is.EqualTo(golden[..6]));
    }

    private static void AssertInts(Tensor actual, JsonElement expected) =>
        Assert.That(actual.ToArray<int>(), Is.EqualTo(Numbers(expected).Select(static number => (int)number)));

    private static void AssertFloats(Tensor actual, JsonElement expected, double tolerance)
    {
        Assert.That(actual.Shape.ToArray(), Is.EqualTo(Sizes(expected)));
        Assert.That(actual.ToArray<float>(), Is.EqualTo(Numbers(expected).Select(static number => (float)number)).Within(tolerance));
    }

    private static IEnumerable<double> Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Numbers) : [element.GetDouble()];

    private static IEnumerable<int> Sizes(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? Sizes(element[0]).Prepend(element.GetArrayLength()) : [];
}
