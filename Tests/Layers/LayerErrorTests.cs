using System.Text.Json.Nodes;
using GpuKeras.Layers;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers;

/// <summary>The gist of Keras' own errors, and those of arguments that do not go together.</summary>
public class LayerErrorTests
{
    private static TestCaseData[] Arguments =>
    [
        new TestCaseData(
            () => (object)new Dense(-3),
            "Received an invalid value for `units`, expected a positive integer. Received: units=-3").SetArgDisplayNames("units"),
        new TestCaseData(
            () => (object)new Dropout(1.5),
            "Invalid value received for argument `rate`. Expected a float value between 0 and 1. Received: rate=1.5")
                .SetArgDisplayNames("rate"),
        new TestCaseData(
            () => (object)new Conv2D(4, 3, groups: 3),
            "The number of filters must be evenly divisible by the number of groups. Received: groups=3, filters=4.")
                .SetArgDisplayNames("groups"),
        new TestCaseData(
            () => (object)new Conv2D(0, 3),
            "Invalid value for argument `filters`. Expected a strictly positive value. Received filters=0.").SetArgDisplayNames("filters"),
        new TestCaseData(() => (object)new Conv2D(1, 3, padding: "causal"), "Received: causal").SetArgDisplayNames("causal"),
        new TestCaseData(() => (object)new Conv2D(1, 3, padding: "some"), "Received: some").SetArgDisplayNames("padding"),
        new TestCaseData(
            () => (object)new Conv2D(1, 3, strides: 2, dilationRate: 2),
            "`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: strides=(2, 2) and dilation_rate=(2, 2)")
                .SetArgDisplayNames("strides and dilation"),
        new TestCaseData(() => (object)new Conv2D(1, (3, 0)), "Received kernel_size=(3, 0)").SetArgDisplayNames("kernel size"),
        new TestCaseData(() => (object)new Conv1D(1, 3, strides: 0), "Received strides=(0,)").SetArgDisplayNames("strides"),
        new TestCaseData(
            () => (object)new Conv2DTranspose(1, 3, strides: 2, outputPadding: 2),
            "output_padding=(2, 2), strides=(2, 2)").SetArgDisplayNames("output padding"),
        new TestCaseData(
            () => (object)new MaxPooling2D(dataFormat: "channels_first"),
            "only 'channels_last' is supported; got 'channels_first'").SetArgDisplayNames("data format"),
        new TestCaseData(
            () => (object)new UpSampling2D(interpolation: "bilinar"), "did you mean 'bilinear'?").SetArgDisplayNames("interpolation"),
        new TestCaseData(() => (object)new Dense(1, activation: "rellu"), "did you mean 'relu'?").SetArgDisplayNames("activation"),
        new TestCaseData(() => (object)new Permute([1, 3]), "Received dims=(1, 3)").SetArgDisplayNames("dims"),
        new TestCaseData(() => (object)new RepeatVector(0), "Received: n=0").SetArgDisplayNames("n"),
        new TestCaseData(() => (object)new Reshape([-1, -1]), "Received: target_shape=(-1, -1)").SetArgDisplayNames("target shape"),
        new TestCaseData(
            () => (object)new Cropping2D((-1, 0)),
            "`cropping` cannot be negative. Received: cropping=((-1, -1), (0, 0)).").SetArgDisplayNames("cropping"),
        new TestCaseData(() => (object)new ReLU(negativeSlope: -1), "negative_slope=-1").SetArgDisplayNames("negative slope"),
        new TestCaseData(() => (object)new GaussianNoise(2), "stddev=2").SetArgDisplayNames("deviation"),
        new TestCaseData(() => (object)new Dot(0), "Received: axes=[0]").SetArgDisplayNames("axes"),
    ];

    [TestCaseSource(nameof(Arguments))]
    public void Argument_OutOfRange_IsNamedWithItsValue(Func<object> make, string gist) =>
        Assert.That(Assert.Catch<ArgumentException>(() => make())!.Message, Does.Contain(gist));

    [Test]
    public void Conv2D_OnImagesWithoutChannels_SaysTheRank() => Expect(
        new Conv2D(1, 3, name: "c"), [[2, 4, 4]],
        "Input 0 of layer 'c' is incompatible with the layer: expected min_ndim=4, found ndim=3. Full shape received: (2, 4, 4)");

    [Test]
    public void BuiltLayer_OnAnotherLastAxis_SaysItsSize()
    {
        foreach (var layer in new Layer[] { new Dense(3, name: "d"), new Conv1D(2, 1, name: "c") })
        {
            layer.Apply(Tensor.Ones([2, 4, 4]));
            Expect(
                layer, [[2, 4, 5]],
                $"Input 0 of layer '{layer.Name}' is incompatible with the layer: expected axis -1 of input shape to have value 4, " +
                "but received input with shape (2, 4, 5)");
        }
    }

    [Test]
    public void MaxPooling2D_OnVectors_SaysTheRank() => Expect(
        new MaxPooling2D(name: "p"), [[2, 4]],
        "Input 0 of layer 'p' is incompatible with the layer: expected ndim=4, found ndim=2. Full shape received: (2, 4)");

    [Test]
    public void Conv2D_OnTooSmallImages_SaysAllSizes() => Expect(
        new Conv2D(3, 5, name: "c"), [[Shape.Unknown, 3, 3, 1]],
        "Computed output size would be zero or negative. Received `inputs shape=(None, 3, 3, 1)`, `kernel shape=(5, 5, 1, 3)`, " +
        "`dilation_rate=(1, 1)`, `strides=(1, 1)`, `padding=valid`.");

    [Test]
    public void Conv2D_OfGroupsThatDoNotDivideTheChannels_SaysBoth() => Expect(
        new Conv2D(4, 1, groups: 4, name: "c"), [[2, 3, 3, 6]],
        "Received groups=4, but the input has 6 channels (full input shape is (2, 3, 3, 6))");

    [Test]
    public void Add_OnOtherShapes_SaysThem() => Expect(
        new Add(name: "a"), [[2, 3], [2, 4]], "layer 'a': Inputs have incompatible shapes. Received shapes (3,) and (4,)");

    [Test]
    public void Add_OnOtherBatches_SaysThem() => Expect(
        new Add(name: "a"), [[2, 3], [5, 3]],
        "Cannot merge tensors with different batch sizes. Received tensors with shapes [(2, 3), (5, 3)]");

    [Test]
    public void Concatenate_OnOtherShapes_SaysThem() => Expect(
        new Concatenate(name: "c"), [[Shape.Unknown, 3, 2], [Shape.Unknown, 4, 2]],
        "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. Received: input_shape=[(None, 3, " +
        "2), (None, 4, 2)]");

    [Test]
    public void Dot_OnOtherSizes_SaysThem() => Expect(
        new Dot(1, name: "d"), [[2, 3], [2, 4]],
        "Incompatible input shapes: axis values 3 (at axis 1) != 4 (at axis 1). Full input shapes: (2, 3), (2, 4)");

    [Test]
    public void Reshape_ToAnotherSize_SaysBoth() => Expect(
        new Reshape([5, 2], name: "r"), [[Shape.Unknown, 3]],
        "The total size of the tensor must be unchanged. Received: input_shape=(3,), target_shape=(5, 2)");

    [Test]
    public void Dense_OnAnUnknownSize_AsksForIt() => Expect(new Dense(2, name: "d"), [[2, Shape.Unknown]], "layer 'd'");

    [Test]
    public void MergeLayer_OnOneTensor_AsksForAList() => Assert.That(
        Assert.Throws<ArgumentException>(
            () => new Add().Apply(Tensor.Ones([2, 3])))!.Message, Does.Contain("should be called on a list of inputs"));

    [Test]
    public void ErrorOfAnOperation_NamesTheInnermostLayer()
    {
        var outer = new Outer();
        outer.Apply(Tensor.Ones([2, 4, 4, 1]));
        var error = Assert.Throws<ShapeException>(() => outer.Apply(Tensor.Ones([2, 2, 4, 1])))!;
        Assert.That(error.Message, Does.StartWith("layer 'inner' (MaxPooling2D), inputs (2, 2, 4, 1): "));
        Assert.That(error.Layer, Is.EqualTo("inner"));
    }

    [Test]
    public void Lambda_RefusesToBeSavedAndLoaded()
    {
        var lambda = new Lambda(static x => x, name: "f");
        Assert.That(Assert.Throws<NotSupportedException>(() => lambda.GetConfig())!.Message, Does.Contain("'f'").And.Contain("Hint"));
        Assert.Throws<NotSupportedException>(() => KerasConfig.Create(typeof(Lambda), []));
    }

    [TestCase("Dense", """{ "units": 3, "quantization_config": { "x": 1 } }""", "quantization_config")]
    [TestCase("BatchNormalization", """{ "renorm": true }""", "renorm")]
    [TestCase("LayerNormalization", """{ "rms_scaling": true }""", "rms_scaling")]
    public void Config_WithAFeatureThatIsMissing_IsRefused(string className, string config, string key)
    {
        var serialized = new JsonObject { ["module"] = "keras.layers", ["class_name"] = className, ["config"] = JsonNode.Parse(config) };
        Assert.That(
            Assert.Throws<NotSupportedException>(
                () => KerasConfig.Deserialize(serialized))!.Message, Does.Contain(className).And.Contain(key));
    }

    // Unknown sizes make a symbolic call, the others one on values.
    private static void Expect(Layer layer, Shape[] shapes, string gist)
    {
        var inputs = shapes.Select(
            static shape => shape.IsKnown ? Tensor.Ones(shape) : Keras.Input(shape[1..], shape[0] < 0 ? null : shape[0])).ToArray();
        var error = Assert.Throws<ShapeException>(() => layer.ApplyAll(inputs.Length == 1 ? inputs[0] : TensorStructure.FromList(inputs)))!;
        Assert.That(error.Message, Does.Contain(gist).And.Contain($"layer '{layer.Name}'"));
    }

    private sealed class Outer : Layer
    {
        private readonly MaxPooling2D inner = new(3, name: "inner");

        protected override Tensor Call(Tensor inputs, bool training) => inner.Apply(inputs);
    }
}
